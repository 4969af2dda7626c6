/** Slices of raw values; NaN if missing. */

import type { ScalarImage } from "../volume.ts";
import { valuesIn } from "./raw-values.ts";

/** An axis of a volume: x, y or z. */
export type Axis = 0 | 1 | 2;

/** One plane of voxels. Its rows run along the lower of its two axes. */
export interface Slice {
  readonly width: number;
  readonly height: number;
  /** `width * height` values, lowest row first; NaN if missing. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** The plane of voxels at `index` of `axis`. Rejects with a RangeError outside the volume. */
export async function sliceOf(volume: ScalarImage, axis: Axis, index: number): Promise<Slice> {
  const [across, up] = planeAxes(axis);
  const [width, height] = [volume.dims[across], volume.dims[up]];
  const [start, end] = [[0, 0, 0] as [number, number, number], [...volume.dims] as [number, number, number]];
  [start[axis], end[axis]] = [index, index + 1];
  const read = valuesIn(volume, await volume.read(0, { start, end }));
  return { width, height, values: Float64Array.from({ length: width * height }, (_, i) => read(i)) };
}

/** The axes of a slice: along its rows, and across them. */
export function planeAxes(axis: Axis): readonly [across: Axis, up: Axis] {
  return ([[1, 2] as const, [0, 2] as const, [0, 1] as const] as const)[axis];
}

/** Minimum and maximum of the values that are not missing; undefined if all are missing. */
export function rangeOf(values: Float64Array): [low: number, high: number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
