/** Raw values on the CPU: of one voxel and of a slice. What is missing (see decode.wgsl) is NaN. */

import { scalarsIn } from "../scalars.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";

/** Larger values count as missing: the GPU computes in f32. */
export const MAX_F32 = (2 - 2 ** -23) * 2 ** 127;

/** An axis of a volume: x, y or z. */
export type Axis = 0 | 1 | 2;

/** One plane of voxels, with the lower of its two axes along the rows. */
export interface Slice {
  readonly width: number;
  readonly height: number;
  /** `width * height` values, the lowest row first; NaN where missing. */
  readonly values: Float64Array<ArrayBuffer>;
}

/** How stored scalars become values. */
export type Storage = Pick<ScalarImage, "dtype" | "littleEndian" | "slope" | "intercept">;

/** The value of a voxel, NaN where missing. Rejects with a RangeError outside the volume. */
export async function valueAt(volume: ScalarImage, [x, y, z]: Vec3): Promise<number> {
  const bytes = await volume.read(0, { start: [x, y, z], end: [x + 1, y + 1, z + 1] });
  return valuesIn(volume, bytes)(0);
}

/** Gives the value of the scalar at an index among `bytes`, NaN where missing. */
export function valuesIn(
  { dtype, littleEndian, slope, intercept }: Storage,
  bytes: Uint8Array,
): (index: number) => number {
  const scalarAt = scalarsIn(bytes, dtype, littleEndian);
  return (index) => {
    const value = scalarAt(index) * slope + intercept;
    // The GPU's f32 cannot hold more, and takes it for missing.
    return Math.abs(value) <= MAX_F32 ? value : Number.NaN;
  };
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
