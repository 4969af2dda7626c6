/** smallestType: how few bytes a volume's scalars need without a loss. */

import { scalarsIn } from "../scalars.ts";
import { eachSlab } from "../values/slabs.ts";
import { DTYPES, type Dtype, type Volume } from "../volume.ts";

/** Types of whole numbers up to 4 bytes, smallest first, with their ranges. */
const INTEGERS: readonly (readonly [dtype: Dtype, low: number, high: number])[] = [
  ["uint8", 0, 255],
  ["int8", -128, 127],
  ["uint16", 0, 65_535],
  ["int16", -32_768, 32_767],
  ["uint32", 0, 2 ** 32 - 1],
  ["int32", -(2 ** 31), 2 ** 31 - 1],
];

/** The smallest of NIfTI's types that holds every scalar of a volume exactly. Rejects as `Volume.read`. */
export async function smallestType(volume: Volume): Promise<Dtype> {
  const { dtype, littleEndian } = volume;
  const size = DTYPES[dtype];
  if (size === 1) return dtype;
  let [isWhole, isSingle, low, high] = [true, true, Infinity, -Infinity];
  await eachSlab(volume, (bytes) => {
    const scalarAt = scalarsIn(bytes, dtype, littleEndian);
    for (let i = 0; i < bytes.length / size; i++) {
      const scalar = scalarAt(i);
      // NaN and infinities are no integers.
      if (isWhole && !Number.isInteger(scalar)) isWhole = false;
      if (isSingle && Math.fround(scalar) !== scalar && !Number.isNaN(scalar)) isSingle = false;
      if (!isWhole && (!isSingle || size < 8)) return;
      if (scalar < low) low = scalar;
      if (scalar > high) high = scalar;
    }
  });
  const integer = isWhole && INTEGERS.find(([, least, most]) => low >= least && high <= most)?.[0];
  if (integer && DTYPES[integer] < size) return integer;
  // NIfTI has no half floats.
  if (dtype === "float16") return "float32";
  return dtype === "float64" && isSingle ? "float32" : dtype;
}
