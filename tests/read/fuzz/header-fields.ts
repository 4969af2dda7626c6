/** The numeric fields of Analyze and NIfTI headers, so that each is mutated often enough. */

import type { Random } from "./random.ts";

type Type = "uint8" | "int16" | "int32" | "int64" | "float32" | "float64";
type Fields = readonly (readonly [at: number, type: Type, count: number])[];

/** Fields by header size, from nifti1.h; Analyze's (dbh.h) are at the same offsets or in between. */
const FIELDS: Readonly<Record<number, Fields>> = {
  348: [
    [40, "int16", 8], // dim
    [68, "int16", 2], // intent_code, datatype
    [76, "float32", 8], // pixdim
    [108, "float32", 3], // vox_offset, scl_slope, scl_inter
    [123, "uint8", 1], // xyzt_units
    [124, "float32", 2], // cal_max, cal_min
    [252, "int16", 2], // qform_code, sform_code
    [253, "int16", 3], // Analyze's originator
    [256, "float32", 6], // quatern, qoffset
    [280, "float32", 12], // srow
  ],
  540: [
    [12, "int16", 1], // datatype
    [16, "int64", 8], // dim
    [104, "float64", 8], // pixdim
    [168, "int64", 1], // vox_offset
    [176, "float64", 4], // scl_slope, scl_inter, cal_max, cal_min
    [344, "int32", 2], // qform_code, sform_code
    [352, "float64", 6], // quatern, qoffset
    [400, "float64", 12], // srow
    [500, "int32", 2], // xyzt_units, intent_code
  ],
};

const WHOLE = [0, 1, 2, 3, 4, 5, 7, 8, 16, 127, 255, 32767, 65535, 2 ** 31 - 1, 2 ** 53, -1, -2, -32768];
const EXTREME = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  1e308,
  -1e308,
  3e38,
  1e-320,
  1e-45,
];
const FRACTIONS = [0, -0, 0.5, -1, 1e-10, 352.5, 1e6, 2 ** 31, ...EXTREME];

/** Sets one or a few numbers of a header to unlikely values; returns other data unchanged. */
export function setFields(bytes: Uint8Array, random: Random): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) return bytes;
  const little = view.getInt32(0, true) in FIELDS;
  const fields = FIELDS[view.getInt32(0, little)];
  if (!fields || bytes.length < view.getInt32(0, little)) return bytes;
  // Choose all numbers with equal probability.
  const numbers = fields.flatMap(([at, type, count]) =>
    Array.from({ length: count }, (_, index) => [at, type, index] as const),
  );
  for (let left = 1 + random.int(5); left > 0; left--) {
    const [start, type, index] = random.pick(numbers);
    if (type === "uint8") view.setUint8(start, random.int(256));
    else if (type === "int16") view.setInt16(start + 2 * index, random.pick(WHOLE), little);
    else if (type === "int32") view.setInt32(start + 4 * index, random.pick(WHOLE), little);
    else if (type === "int64") view.setBigInt64(start + 8 * index, BigInt(random.pick(WHOLE)), little);
    else if (type === "float32") view.setFloat32(start + 4 * index, random.pick(FRACTIONS), little);
    else view.setFloat64(start + 8 * index, random.pick(FRACTIONS), little);
  }
  return bytes;
}
