/** NumPy's .npy format, version 1.0 (numpy.lib.format): the header of an array in C order. */

import { DTYPES, type Dtype } from "../volume.ts";

/** The bytes before the array's data, padded to a multiple of 64. */
export function npyHeader(
  dtype: Dtype,
  littleEndian: boolean,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  const size = DTYPES[dtype];
  const order = size === 1 ? "|" : littleEndian ? "<" : ">";
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${order}${dtype[0]}${size}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(length).fill(0x20);
  header.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, (length - 10) & 0xff, (length - 10) >> 8]);
  header.set(new TextEncoder().encode(text), 10);
  header[length - 1] = 0x0a;
  return header;
}
