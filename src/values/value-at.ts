/** Reads the value of one voxel. */

import type { ScalarImage, Vec3 } from "../volume.ts";
import { valuesIn } from "./raw-values.ts";

/** The value of a voxel of a level, NaN if missing. Rejects with a RangeError outside the volume. */
export async function valueAt(volume: ScalarImage, [x, y, z]: Vec3, level = 0): Promise<number> {
  const bytes = await volume.read(level, { start: [x, y, z], end: [x + 1, y + 1, z + 1] });
  return valuesIn(volume, bytes)(0);
}
