/** Slices of raw values. What is missing is NaN. */

import type { ScalarImage } from "../volume.ts";
import { valuesIn } from "./raw-values.ts";

/** An axis of a volume: x, y or z. */
export type Axis = 0 | 1 | 2;

/** One plane of voxels, with the lower of its two axes along the rows. */
export interface Slice {
  readonly width: number;
  readonly height: number;
  /** `width * height` values, the lowest row first; NaN where missing. */
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

/** The axes of a slice: along its rows, and from row to row. */
export function planeAxes(axis: Axis): readonly [across: Axis, up: Axis] {
  return ([[1, 2] as const, [0, 2] as const, [0, 1] as const] as const)[axis];
}

/** Lowest and highest of the values that are not missing; undefined where there is none. */
export function rangeOf(values: Float64Array): [low: number, high: number] | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : undefined;
}
