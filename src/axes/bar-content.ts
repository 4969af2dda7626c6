/** barContent: what the colour bar of a picture shows. */

import { fetched } from "../errors.ts";
import { palette } from "../options/colormaps.ts";
import { isListed } from "../options/kinds.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import { inEnglish, type Say } from "../texts.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage } from "../volume.ts";
import { type ColorBar, colorBar, type Legend, legend } from "./color-bar.ts";

/** The colour bar of values, or the legend of labels, as they are drawn; undefined if all values are the same. */
export async function barContent(
  scale: ValueScale,
  settings: DrawnSettings,
  profile: ValueProfile,
  { unit }: Pick<ScalarImage, "unit">,
  say: Say = inEnglish,
): Promise<ColorBar | Legend | undefined> {
  if (isListed(settings.kind)) {
    const { labelsOf } = await fetched(import("../options/labels.ts"));
    return legend(labelsOf(profile, settings), settings.kind === "mask", unit, say);
  }
  return scale.window[0] < scale.window[1] ? colorBar(scale, palette(settings.colormap), unit) : undefined;
}
