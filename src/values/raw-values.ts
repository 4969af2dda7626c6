/** Raw values on the CPU; NaN if missing. */

import { scalarsIn } from "../scalars.ts";
import type { ScalarImage } from "../volume.ts";

/** Larger values count as missing, as the GPU computes in f32. */
export const MAX_F32 = (2 - 2 ** -23) * 2 ** 127;

/** The conversion from stored scalars to values. */
type Storage = Pick<ScalarImage, "dtype" | "littleEndian" | "slope" | "intercept">;

/** Returns a function that gives the value of the scalar at an index of `bytes`, NaN if missing. */
export function valuesIn(
  { dtype, littleEndian, slope, intercept }: Storage,
  bytes: Uint8Array,
): (index: number) => number {
  const scalarAt = scalarsIn(bytes, dtype, littleEndian);
  return (index) => {
    const value = scalarAt(index) * slope + intercept;
    // Larger values exceed f32, and the GPU treats them as missing.
    return Math.abs(value) <= MAX_F32 ? value : Number.NaN;
  };
}
