/** Writers of small Analyze and NIfTI volumes and archives, independent of the readers under test. */
import JSZip from "jszip";

export type Scalar =
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | "float16"
  | "float32"
  | "float64";

export interface VolumeSpec {
  /** Lengths of one to seven axes. */
  dims: number[];
  dtype?: Scalar;
  bigEndian?: boolean;
  spacing?: number[];
  /** Overrides the code of `dtype`. */
  datatype?: number;
  /** Overrides the whole `dim` field. */
  dim?: number[];
  slope?: number;
  intercept?: number;
  offset?: number;
  /** `cal_min` and `cal_max`. */
  cal?: readonly [low: number, high: number];
  /** The value at flat index i. The default makes voxels, frames and byte orders distinguishable. */
  value?: (i: number) => number;
}

export interface AnalyzeSpec extends VolumeSpec {
  /** 1-based voxel of SPM's origin. */
  originator?: number[];
  /** Overrides the size that the header declares. */
  headerSize?: number;
}

export interface NiftiSpec extends VolumeSpec {
  version?: 1 | 2;
  pair?: boolean;
  xyztUnits?: number;
  qfac?: number;
  /** `intent_code`. */
  intent?: number;
  qform?: { code: number; b: number; c: number; d: number; offset: number[] };
  sform?: { code: number; rows: number[] };
}

const BYTES: Record<Scalar, number> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
};

const COMMON_CODES = { uint8: 2, int16: 4, int32: 8, float32: 16, float64: 64 };
export const ANALYZE_CODES: Partial<Record<Scalar, number>> = {
  ...COMMON_CODES,
  int8: 130,
  uint16: 132,
  uint32: 136,
};
export const NIFTI_CODES: Partial<Record<Scalar, number>> = {
  ...COMMON_CODES,
  int8: 256,
  uint16: 512,
  uint32: 768,
  int64: 1024,
  uint64: 1280,
};

/** Bytes of the voxels, x fastest. */
export function voxels({ dims, dtype = "int16", bigEndian = false, value }: VolumeSpec): Uint8Array {
  const count = dims.reduce((product, length) => product * length, 1);
  const bytes = new Uint8Array(count * BYTES[dtype]);
  const view = new DataView(bytes.buffer);
  const little = !bigEndian;
  const sample = value ?? ((i) => (i * 37 + Math.floor(i / 251)) % 127);
  for (let i = 0; i < count; i++) {
    const at = i * BYTES[dtype];
    const v = sample(i);
    if (dtype === "uint8") view.setUint8(at, v);
    else if (dtype === "int8") view.setInt8(at, v);
    else if (dtype === "uint16") view.setUint16(at, v, little);
    else if (dtype === "int16") view.setInt16(at, v, little);
    else if (dtype === "uint32") view.setUint32(at, v, little);
    else if (dtype === "int32") view.setInt32(at, v, little);
    else if (dtype === "uint64") view.setBigUint64(at, BigInt(v), little);
    else if (dtype === "int64") view.setBigInt64(at, BigInt(v), little);
    else if (dtype === "float16") view.setUint16(at, half(v), little);
    else if (dtype === "float32") view.setFloat32(at, v, little);
    else view.setFloat64(at, v, little);
  }
  return bytes;
}

/** The bits of the half-precision float nearest to a value. */
export function half(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude > 65504) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)));
  return sign | (Math.round(magnitude * 2 ** (10 - exponent)) + ((exponent + 14) << 10));
}

function dimField({ dims, dim }: VolumeSpec): number[] {
  return dim ?? [dims.length, ...dims, ...Array(7 - dims.length).fill(1)];
}

/** An Analyze 7.5 header, 348 bytes. */
export function analyzeHeader(spec: AnalyzeSpec): Uint8Array {
  const { dtype = "int16", bigEndian = false, spacing = [1, 1, 1] } = spec;
  const view = new DataView(new ArrayBuffer(348));
  const little = !bigEndian;
  view.setInt32(0, spec.headerSize ?? 348, little);
  dimField(spec).forEach((length, i) => {
    view.setInt16(40 + 2 * i, length, little);
  });
  view.setInt16(70, spec.datatype ?? ANALYZE_CODES[dtype] ?? 0, little);
  view.setInt16(72, BYTES[dtype] * 8, little);
  spacing.forEach((size, i) => {
    view.setFloat32(80 + 4 * i, size, little);
  });
  view.setFloat32(108, spec.offset ?? 0, little);
  view.setFloat32(112, spec.slope ?? 0, little);
  view.setFloat32(124, spec.cal?.[1] ?? 0, little);
  view.setFloat32(128, spec.cal?.[0] ?? 0, little);
  spec.originator?.forEach((at, i) => {
    view.setInt16(253 + 2 * i, at, little);
  });
  return new Uint8Array(view.buffer);
}

/** A NIfTI header without its extension flag, 348 or 540 bytes. */
export function niftiHeader(spec: NiftiSpec): Uint8Array {
  const { dtype = "int16", bigEndian = false, spacing = [1, 1, 1], version = 1, pair = false } = spec;
  const little = !bigEndian;
  const one = version === 1;
  const view = new DataView(new ArrayBuffer(one ? 348 : 540));
  const at = one
    ? {
        magic: 344,
        dim: 40,
        datatype: 70,
        pixdim: 76,
        offset: 108,
        slope: 112,
        cal: 124,
        intent: 68,
        codes: 252,
        quatern: 256,
        srow: 280,
      }
    : {
        magic: 4,
        dim: 16,
        datatype: 12,
        pixdim: 104,
        offset: 168,
        slope: 176,
        cal: 192,
        intent: 504,
        codes: 344,
        quatern: 352,
        srow: 400,
      };
  const step = one ? 4 : 8;
  const float = (where: number, v: number) =>
    one ? view.setFloat32(where, v, little) : view.setFloat64(where, v, little);
  const code = (where: number, v: number) =>
    one ? view.setInt16(where, v, little) : view.setInt32(where, v, little);
  view.setInt32(0, one ? 348 : 540, little);
  [..."n", pair ? "i" : "+", String(version)].forEach((letter, i) => {
    view.setUint8(at.magic + i, letter.charCodeAt(0));
  });
  dimField(spec).forEach((length, i) => {
    if (one) view.setInt16(at.dim + 2 * i, length, little);
    else view.setBigInt64(at.dim + 8 * i, BigInt(length), little);
  });
  view.setInt16(at.datatype, spec.datatype ?? NIFTI_CODES[dtype] ?? 0, little);
  view.setInt16(at.datatype + 2, BYTES[dtype] * 8, little);
  [spec.qfac ?? 1, ...spacing].forEach((size, i) => {
    float(at.pixdim + step * i, size);
  });
  const offset = spec.offset ?? (pair ? 0 : one ? 352 : 544);
  if (one) view.setFloat32(at.offset, offset, little);
  else view.setBigInt64(at.offset, BigInt(offset), little);
  float(at.slope, spec.slope ?? 0);
  float(at.slope + step, spec.intercept ?? 0);
  float(at.cal, spec.cal?.[1] ?? 0);
  float(at.cal + step, spec.cal?.[0] ?? 0);
  code(at.intent, spec.intent ?? 0);
  if (one) view.setUint8(123, spec.xyztUnits ?? 2);
  else view.setInt32(500, spec.xyztUnits ?? 2, little);
  const { qform, sform } = spec;
  if (qform) {
    code(at.codes, qform.code);
    [qform.b, qform.c, qform.d, ...qform.offset].forEach((v, i) => {
      float(at.quatern + step * i, v);
    });
  }
  if (sform) {
    code(at.codes + (one ? 2 : 4), sform.code);
    sform.rows.forEach((v, i) => {
      float(at.srow + step * i, v);
    });
  }
  return new Uint8Array(view.buffer);
}

/** A single-file NIfTI: header, extension flag or padding up to the offset, voxels. */
export function niftiFile(spec: NiftiSpec): Uint8Array {
  const header = niftiHeader(spec);
  const offset = Math.max(spec.offset ?? 0, header.length + 4);
  return concat(header, new Uint8Array(offset - header.length), voxels(spec));
}

export function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A zip archive of these files, by path. */
export async function zip(
  files: Record<string, Uint8Array>,
  { compression = "DEFLATE" as "DEFLATE" | "STORE", comment = "" } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const archive = new JSZip();
  for (const [path, bytes] of Object.entries(files)) archive.file(path, bytes);
  const bytes = await archive.generateAsync({ type: "uint8array", compression, comment });
  return bytes.slice();
}

/** The same, with all sizes and offsets in 64-bit fields (APPNOTE.TXT, 4.3.14, 4.3.15 and 4.5.3). */
export async function zip64(files: Record<string, Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await zip(files);
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  const start = view.getUint32(end + 16, true);
  const records: Uint8Array[] = [];
  for (let at = start; at < end; ) {
    const [name, extra] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)];
    const next = at + 46 + name + extra + view.getUint16(at + 32, true);
    const wide = new DataView(new ArrayBuffer(28));
    wide.setUint16(0, 1, true);
    wide.setUint16(2, 24, true);
    [24, 20, 42].forEach((field, i) => {
      wide.setUint32(4 + 8 * i, view.getUint32(at + field, true), true);
      view.setUint32(at + field, 0xffffffff, true);
    });
    view.setUint16(at + 30, extra + 28, true);
    records.push(bytes.subarray(at, at + 46 + name), new Uint8Array(wide.buffer));
    records.push(bytes.subarray(at + 46 + name, next));
    at = next;
  }
  const directory = concat(...records);
  const tail = new DataView(new ArrayBuffer(56 + 20));
  tail.setUint32(0, 0x06064b50, true);
  tail.setUint32(4, 44, true);
  tail.setUint32(40, directory.length, true);
  tail.setUint32(48, start, true);
  tail.setUint32(56, 0x07064b50, true);
  tail.setUint32(64, start + directory.length, true);
  tail.setUint32(72, 1, true);
  bytes.fill(0xff, end + 8, end + 20);
  const last = bytes.subarray(end);
  return concat(bytes.subarray(0, start), directory, new Uint8Array(tail.buffer), last);
}
