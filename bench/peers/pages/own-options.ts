/** voxel-volume's options in both scenes: untransformed values, seen from the same side as in all programs. */

import type { OptionTexts } from "../../../src/options/options.ts";
import { CAMERA } from "./measure-program.ts";

export const OWN_OPTIONS: OptionTexts = {
  transform: "none",
  fit: "article",
  azimuth: String(CAMERA.azimuth),
  elevation: String(CAMERA.elevation),
};
