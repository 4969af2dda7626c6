/** Reads NumPy's .npy: arrays of integers and floats in C order, either byte order. */

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

export type NpyArray = InstanceType<(typeof TYPES)[keyof typeof TYPES]>;

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
