/** Downsamples a volume that does not fit the GPU, slice by slice during the upload. Scalars keep their stored form. */

import { half } from "../../scalars.ts";
import type { Codes } from "../../values/codes.ts";
import { type ValueSource, valueSource } from "../../values/stored-values.ts";
import type { Vec3 } from "../../volume.ts";
import { type AxisSamples, axisSamples } from "./sampling.ts";

/** The scalars of one slice; NaN where missing. */
interface Slice {
  readonly scalars: ArrayLike<number>;
  readonly isWhole: boolean;
}

/** Trilinear. Missing neighbours are ignored, unless they are the nearer half. `dims` must not exceed the source's. */
export function reducedValues(source: ValueSource, dims: Vec3): ValueSource {
  const codes = reducedCodes(source);
  const [x, y, z] = dims.map((n, axis) => axisSamples(source.dims[axis], n));
  // Slices are read in order, so caching the last two is enough.
  const recent = new Map<number, Slice>();
  const slice = async (at: number): Promise<Slice> => {
    let read = recent.get(at);
    if (!read) {
      for (const key of recent.keys()) if (key < at - 1) recent.delete(key);
      read = await readSlice(source, at);
      recent.set(at, read);
    }
    return read;
  };
  const slices = async (from: number, end: number): Promise<Uint8Array> => {
    const area = dims[0] * dims[1];
    const out = new ARRAYS[codes.kind][codes.bytes](area * (end - from));
    for (let k = from; k < end; k++) {
      const below = await slice(z.base[k]);
      const above = z.part[k] > 0 ? await slice(z.base[k] + 1) : below;
      const resize = below.isWhole && above.isWhole ? resizeWhole : resizeHoled;
      const resized = resize(below.scalars, above.scalars, z.part[k], x, y, source.dims[0]);
      if (codes.kind !== "float") for (let i = 0; i < area; i++) resized[i] = Math.round(resized[i]);
      out.set(resized, area * (k - from));
    }
    return new Uint8Array(out.buffer);
  };
  return valueSource(dims, codes, source, slices);
}

/** Interpolates between two slices without missing scalars, row by row for speed. */
function resizeWhole(
  below: ArrayLike<number>,
  above: ArrayLike<number>,
  partZ: number,
  x: AxisSamples,
  y: AxisSamples,
  rowLength: number,
): Float64Array {
  const width = x.base.length;
  const out = new Float64Array(width * y.base.length);
  const row = new Float64Array(rowLength + 1);
  for (let j = 0; j < y.base.length; j++) {
    const first = y.base[j] * rowLength;
    const partY = y.part[j];
    const next = partY > 0 ? first + rowLength : first;
    for (let i = 0; i < rowLength; i++) {
      const low = below[first + i] + partY * (below[next + i] - below[first + i]);
      const high = above[first + i] + partY * (above[next + i] - above[first + i]);
      row[i] = low + partZ * (high - low);
    }
    row[rowLength] = row[rowLength - 1];
    for (let i = 0; i < width; i++) {
      const base = x.base[i];
      out[j * width + i] = row[base] + x.part[i] * (row[base + 1] - row[base]);
    }
  }
  return out;
}

/** Same, if some scalars are missing: NaN if the nearer half of the neighbours is missing. */
function resizeHoled(
  below: ArrayLike<number>,
  above: ArrayLike<number>,
  partZ: number,
  x: AxisSamples,
  y: AxisSamples,
  rowLength: number,
): Float64Array {
  const width = x.base.length;
  const out = new Float64Array(width * y.base.length);
  for (let j = 0; j < y.base.length; j++) {
    for (let i = 0; i < width; i++) {
      let [total, present] = [0, 0];
      for (let corner = 0; corner < 8; corner++) {
        const [dx, dy, dz] = [corner & 1, (corner >> 1) & 1, corner >> 2];
        const weight =
          (dx ? x.part[i] : 1 - x.part[i]) * (dy ? y.part[j] : 1 - y.part[j]) * (dz ? partZ : 1 - partZ);
        const scalar = (dz ? above : below)[(y.base[j] + dy) * rowLength + x.base[i] + dx];
        if (weight === 0 || Number.isNaN(scalar)) continue;
        total += weight * scalar;
        present += weight;
      }
      out[j * width + i] = present < 0.5 ? Number.NaN : total / present;
    }
  }
  return out;
}

/** The source's codes as little-endian. Becomes floats if whole numbers can be missing; half floats become single. */
function reducedCodes({ codes: { kind, bytes, falling }, present }: ValueSource): Codes {
  const isWhole = kind !== "float" && present.first === 0 && present.last === 256 ** bytes - 1;
  return isWhole
    ? { kind, bytes, bigEndian: false, falling }
    : { kind: "float", bytes: 4, bigEndian: false, falling };
}

const ARRAYS = {
  unsigned: { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array },
  signed: { 1: Int8Array, 2: Int16Array, 4: Int32Array },
  float: { 1: Float32Array, 2: Float32Array, 4: Float32Array },
} as const;

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

const READ_HALF: Read = (view, at, little) => half(view.getUint16(at, little));
const READ_SINGLE: Read = (view, at, little) => view.getFloat32(at, little);
const READERS: Record<Codes["kind"], Record<Codes["bytes"], Read>> = {
  unsigned: {
    1: (view, at) => view.getUint8(at),
    2: (view, at, little) => view.getUint16(at, little),
    4: (view, at, little) => view.getUint32(at, little),
  },
  signed: {
    1: (view, at) => view.getInt8(at),
    2: (view, at, little) => view.getInt16(at, little),
    4: (view, at, little) => view.getInt32(at, little),
  },
  // No float has one byte.
  float: { 1: READ_SINGLE, 2: READ_HALF, 4: READ_SINGLE },
};

async function readSlice(
  { codes, dims, slices, present, isPresent }: ValueSource,
  z: number,
): Promise<Slice> {
  const { kind, bytes, bigEndian } = codes;
  const data = await slices(z, z + 1);
  const isWhole = kind !== "float" && present.first === 0 && present.last === 256 ** bytes - 1;
  if (isWhole && !bigEndian) return { scalars: new ARRAYS[kind][bytes](data.slice().buffer), isWhole };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = READERS[kind][bytes];
  const scalars = new Float64Array(dims[0] * dims[1]);
  let missing = 0;
  for (let i = 0; i < scalars.length; i++) {
    const scalar = read(view, i * bytes, !bigEndian);
    scalars[i] = isPresent(scalar) ? scalar : Number.NaN;
    if (Number.isNaN(scalars[i])) missing++;
  }
  return { scalars, isWhole: missing === 0 };
}
