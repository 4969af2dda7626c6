/** Reads and writes NumPy's .npy by the specification (numpy.lib.format), independently of the package's code. */

const TYPES = {
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
};

import type { Scalar } from "./make-volume.ts";

export type NpyArray = InstanceType<(typeof TYPES)[keyof typeof TYPES]>;

/** Arrays of integers and floats in C order, either byte order. */
export function parseNpy(bytes: Uint8Array): { descr: string; shape: number[]; data: NpyArray } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x934e554d) throw new Error("not an .npy file");
  const [start, length] = bytes[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const descr = /'descr': *'([^']*)'/.exec(header)?.[1] ?? "";
  const shape = /'shape': *\(([^)]*)\)/.exec(header)?.[1].match(/\d+/g)?.map(Number) ?? [];
  const Type = TYPES[descr.slice(1) as keyof typeof TYPES];
  if (!Type || !/'fortran_order': *False/.test(header)) throw new Error(`cannot read ${header}`);
  const values = new Uint8Array(bytes.subarray(start + length));
  if (descr[0] === ">") {
    for (let i = 0; i < values.length; i += Type.BYTES_PER_ELEMENT) {
      values.subarray(i, i + Type.BYTES_PER_ELEMENT).reverse();
    }
  }
  const data = new Type(values.buffer);
  if (data.length !== shape.reduce((product, n) => product * n, 1))
    throw new Error(`wrong length for ${header}`);
  return { descr, shape, data };
}

export interface NpySpec {
  /** Type code in quotes, or any Python expression. */
  descr: string;
  shape: readonly number[];
  fortran?: boolean;
  version?: 1 | 2 | 3;
  /** Overrides the whole dictionary. */
  header?: string;
}

/** An array whose scalars are `bytes`. */
export function npyFile({ descr, shape, fortran = false, version = 1, header }: NpySpec, bytes: Uint8Array) {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const order = fortran ? "True" : "False";
  const dictionary = header ?? `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': (${tuple}), }`;
  const start = version === 1 ? 10 : 12;
  const length = Math.ceil((start + dictionary.length + 1) / 64) * 64 - start;
  const head = Buffer.alloc(start + length, " ");
  head.write("\x93NUMPY", "latin1");
  head[6] = version;
  head[7] = 0;
  if (version === 1) head.writeUInt16LE(length, 8);
  else head.writeUInt32LE(length, 8);
  head.write(`${dictionary.padEnd(length - 1)}\n`, start, "latin1");
  return new Uint8Array(Buffer.concat([head, bytes]));
}

/** Reorders scalars of `size` bytes from first axis fastest to C order, last axis fastest. */
export function inCOrder(bytes: Uint8Array, size: number, shape: readonly number[]): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length / size; i++) {
    let [rest, at] = [i, 0];
    for (let axis = 0, weight = bytes.length / size; axis < shape.length; axis++) {
      weight /= shape[axis];
      at += (rest % shape[axis]) * weight;
      rest = Math.floor(rest / shape[axis]);
    }
    out.set(bytes.subarray(i * size, (i + 1) * size), at * size);
  }
  return out;
}

/** Supported types of arrays, by kind and size as in the header. */
export const NPY_TYPES: Record<string, Scalar> = {
  u1: "uint8",
  i1: "int8",
  u2: "uint16",
  i2: "int16",
  u4: "uint32",
  i4: "int32",
  u8: "uint64",
  i8: "int64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
};
