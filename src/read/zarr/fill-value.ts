/** fillOf: the value of voxels in chunks that are absent. */
import { DTYPES, type Dtype } from "../../volume.ts";
import { damaged } from "../util/damaged.ts";

/** Values of floats that JSON has no numbers for, as both versions of Zarr write them. */
const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/**
 * The stored bits of a fill value, as an unsigned integer of the type's size; 0 if there is none. Throws `corrupt-file`
 * for a value that the type does not have.
 */
export function fillOf(name: string, value: unknown, dtype: Dtype): number | bigint {
  const size = DTYPES[dtype];
  const bits = new DataView(new ArrayBuffer(8));
  const unsigned = () =>
    size === 8
      ? bits.getBigUint64(0, true)
      : Number(bits.getBigUint64(0, true) & (2n ** BigInt(8 * size) - 1n));
  if (value === null || value === undefined || value === false || value === "") return unsigned();
  const isFloat = dtype.startsWith("float");
  // v3 may give the bits of a float.
  if (isFloat && typeof value === "string" && /^0x[\da-f]{1,16}$/i.test(value)) {
    bits.setBigUint64(0, BigInt(value), true);
    return unsigned();
  }
  const number = typeof value === "string" ? (SPECIAL[value] ?? Number.NaN) : Number(value);
  const isKnown = isFloat ? value === "NaN" || !Number.isNaN(number) : Number.isInteger(number);
  if (!isKnown) throw damaged(name, `claims the fill value ${JSON.stringify(value)?.slice(0, 60)}`);
  if (dtype === "float64") bits.setFloat64(0, number, true);
  else if (dtype === "float32") bits.setFloat32(0, number, true);
  else if (dtype === "float16") bits.setUint16(0, halfBits(number), true);
  else bits.setBigInt64(0, integer(number, dtype), true);
  return unsigned();
}

/** The integer; the greatest of 64 bits for one that JSON's numbers, which are floats, round up beyond it. */
function integer(number: number, dtype: Dtype): bigint {
  const greatest = { uint64: 2n ** 64n, int64: 2n ** 63n }[dtype as string];
  return BigInt(number) === greatest ? greatest - 1n : BigInt(number);
}

/** The nearest number of 16 bits. */
function halfBits(number: number): number {
  if (Number.isNaN(number)) return 0x7e00;
  const sign = number < 0 || Object.is(number, -0) ? 0x8000 : 0;
  const size = Math.abs(number);
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | Math.round(size * 2 ** 24);
  const exponent = Math.floor(Math.log2(size));
  // Rounding up carries over into the exponent.
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}
