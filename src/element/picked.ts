/** What is to be seen at a point, once its voxel is known. */

import { positionOf } from "../options/describe.ts";
import type { Label } from "../options/labels.ts";
import { valueAt } from "../values/raw-values.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";

export { describeVoxel } from "../options/describe.ts";

export interface Picked {
  /** Of the voxel, in the volume. */
  readonly index: Vec3;
  /** Its centre in the volume's world, in mm. */
  readonly mm: Vec3;
  /** Its value, as in the file with slope and intercept; NaN where it is missing. */
  readonly value: number;
  /** The label of this value, where the values are labels. */
  readonly label?: Label;
}

export function pickedAt(volume: ScalarImage, index: Vec3, labels: readonly Label[] = []): Picked {
  const [nx, ny] = volume.dims;
  const value = valueAt(volume, (index[2] * ny + index[1]) * nx + index[0]);
  const label = labels.find((label) => label.value === value);
  return { index, mm: positionOf(volume, index) as unknown as Vec3, value, ...(label && { label }) };
}
