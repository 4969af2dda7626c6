/** A volume that does not fit the GPU, at fewer voxels: resized slice by slice as it goes there, its scalars as stored. */

import { half } from "../../values.ts";
import type { Vec3 } from "../../volume.ts";
import { type AxisSamples, axisSamples } from "./sampling.ts";
import { type Codes, type ValueSource, valueSource } from "./stored-values.ts";

/** Trilinear. Missing neighbours have no say, unless they are the nearer half. `dims` are not larger than the source's. */
export function reducedValues(source: ValueSource, dims: Vec3): ValueSource {
  const codes = reducedCodes(source);
  const [x, y, z] = dims.map((n, axis) => axisSamples(source.dims[axis], n));
  // Slices come in order, so that the last two are enough.
  const recent = new Map<number, ArrayLike<number>>();
  const slice = (at: number): ArrayLike<number> => {
    let scalars = recent.get(at);
    if (!scalars) {
      for (const key of recent.keys()) if (key < at - 1) recent.delete(key);
      scalars = readSlice(source, at);
      recent.set(at, scalars);
    }
    return scalars;
  };
  const slices = (from: number, end: number): Uint8Array => {
    const area = dims[0] * dims[1];
    const out = emptyArray(codes, area * (end - from));
    for (let k = from; k < end; k++) {
      const below = slice(z.base[k]);
      const above = z.part[k] > 0 ? slice(z.base[k] + 1) : below;
      resizeSlice(
        [below, above],
        z.part[k],
        x,
        y,
        source.dims[0],
        out,
        area * (k - from),
        codes.kind !== "float",
      );
    }
    return new Uint8Array(out.buffer);
  };
  return valueSource(dims, codes, source.valueOfScalar, slices);
}

/** The source's, little-endian; floats where whole numbers may be missing, and no half floats. */
function reducedCodes({ codes: { kind, bytes, falling }, present }: ValueSource): Codes {
  const isWhole = kind !== "float" && present.first === 0 && present.last === 256 ** bytes - 1;
  return isWhole
    ? { kind, bytes, bigEndian: false, falling }
    : { kind: "float", bytes: 4, bigEndian: false, falling };
}

function resizeSlice(
  slices: readonly ArrayLike<number>[],
  partZ: number,
  x: AxisSamples,
  y: AxisSamples,
  rowLength: number,
  out: { [i: number]: number },
  first: number,
  whole: boolean,
): void {
  const width = x.base.length;
  for (let j = 0; j < y.base.length; j++) {
    for (let i = 0; i < width; i++) {
      let [total, present] = [0, 0];
      for (let corner = 0; corner < 8; corner++) {
        const [dx, dy, dz] = [corner & 1, (corner >> 1) & 1, corner >> 2];
        const weight =
          (dx ? x.part[i] : 1 - x.part[i]) * (dy ? y.part[j] : 1 - y.part[j]) * (dz ? partZ : 1 - partZ);
        if (weight === 0) continue;
        const scalar = slices[dz][(y.base[j] + dy) * rowLength + x.base[i] + dx];
        if (Number.isNaN(scalar)) continue;
        total += weight * scalar;
        present += weight;
      }
      const scalar = present < 0.5 ? Number.NaN : total / present;
      out[first + j * width + i] = whole ? Math.round(scalar) : scalar;
    }
  }
}

const ARRAYS = {
  unsigned: { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array },
  signed: { 1: Int8Array, 2: Int16Array, 4: Int32Array },
  float: { 1: Float32Array, 2: Float32Array, 4: Float32Array },
} as const;

function emptyArray({ kind, bytes }: Codes, length: number) {
  return new ARRAYS[kind][bytes](length);
}

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
  // There are no floats of one byte.
  float: { 1: READ_SINGLE, 2: READ_HALF, 4: READ_SINGLE },
};

/** The scalars of one slice; NaN where missing. */
function readSlice({ codes, dims, slices, isPresent }: ValueSource, z: number): ArrayLike<number> {
  const { kind, bytes, bigEndian } = codes;
  const data = slices(z, z + 1);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = READERS[kind][bytes];
  return Float64Array.from({ length: dims[0] * dims[1] }, (_, i) => {
    const scalar = read(view, i * bytes, !bigEndian);
    return isPresent(scalar) ? scalar : Number.NaN;
  });
}
