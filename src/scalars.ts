/** Reads scalars of any dtype and byte order. */

import { DTYPES, type Dtype } from "./volume.ts";

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

const READ: Readonly<Record<Dtype, Read>> = {
  uint8: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  uint16: (view, at, little) => view.getUint16(at, little),
  int16: (view, at, little) => view.getInt16(at, little),
  uint32: (view, at, little) => view.getUint32(at, little),
  int32: (view, at, little) => view.getInt32(at, little),
  uint64: (view, at, little) => Number(view.getBigUint64(at, little)),
  int64: (view, at, little) => Number(view.getBigInt64(at, little)),
  float16: (view, at, little) => half(view.getUint16(at, little)),
  float32: (view, at, little) => view.getFloat32(at, little),
  float64: (view, at, little) => view.getFloat64(at, little),
};

/** IEEE 754 binary16. */
export function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  const magnitude = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return exponent === 0x1f ? Number.NaN : bits & 0x8000 ? -magnitude : magnitude;
}

/** Returns a function that reads the scalar at an index of `bytes`. It throws a RangeError outside of them. */
export function scalarsIn(bytes: Uint8Array, dtype: Dtype, littleEndian: boolean): (index: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READ[dtype];
  const size = DTYPES[dtype];
  return (index) => read(view, index * size, littleEndian);
}
