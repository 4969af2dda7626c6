/** Raw values on the CPU: of one voxel and of a slice. What is missing (see decode.wgsl) is NaN. */

import { DTYPES, type Dtype, type ScalarImage } from "../volume.ts";

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

/** The value of voxel `index` (x fastest), NaN where missing. @throws RangeError outside the volume. */
export function valueAt(volume: ScalarImage, index: number): number {
  return valueReader(volume)(index);
}

/** Reads values by voxel index: quicker for many than `valueAt`. */
export function valueReader({
  data,
  dtype,
  littleEndian,
  slope,
  intercept,
}: ScalarImage): (index: number) => number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = READ[dtype];
  const size = DTYPES[dtype];
  return (index) => {
    const value = read(view, index * size, littleEndian) * slope + intercept;
    // The GPU's f32 cannot hold more, and takes it for missing.
    return Math.abs(value) <= MAX_F32 ? value : Number.NaN;
  };
}

/** The plane of voxels at `index` of `axis`. @throws RangeError outside the volume. */
export function sliceOf(volume: ScalarImage, axis: Axis, index: number): Slice {
  const [nx, ny] = volume.dims;
  const strides = [1, nx, nx * ny];
  const [across, up] = planeAxes(axis);
  const [width, height] = [volume.dims[across], volume.dims[up]];
  if (!(index >= 0 && index < volume.dims[axis])) throw new RangeError(`slice ${index}`);
  const read = valueReader(volume);
  const values = new Float64Array(width * height);
  let out = 0;
  for (let v = 0; v < height; v++) {
    let at = index * strides[axis] + v * strides[up];
    for (let u = 0; u < width; u++, at += strides[across]) values[out++] = read(at);
  }
  return { width, height, values };
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
