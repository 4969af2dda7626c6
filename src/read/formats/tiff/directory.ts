/** Image file directories of TIFF 6.0 (section 2) and BigTIFF: the fields that describe one page. */

import { damaged } from "../../util/damaged.ts";
import type { FileBytes } from "./file-bytes.ts";

/** Field numbers of TIFF 6.0, followed by extensions, each with its source. */
export const TAG = {
  newSubfileType: 254,
  subfileType: 255,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  description: 270,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planar: 284,
  resolutionUnit: 296,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  /** TIFF Tech Note 1. */
  subDirectories: 330,
  extraSamples: 338,
  sampleFormat: 339,
  /** TIFF Tech Note 2. */
  jpegTables: 347,
  /** SGI. */
  imageDepth: 32997,
  tileDepth: 32998,
  /** MetaMorph (UIC2): one element per plane. */
  metaMorphPlanes: 33629,
} as const;

/**
 * Bytes per value of each type: BYTE, ASCII, SHORT, LONG, RATIONAL and so on, up to BigTIFF's LONG8, SLONG8 and IFD8.
 */
const TYPE_SIZES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4 },
  ...{ 16: 8, 17: 8, 18: 8 },
};

/** Most fields in a directory, also in BigTIFF. */
const MOST_ENTRIES = 0xffff;

/** Layout of directories in a file. */
export interface TiffVersion {
  readonly littleEndian: boolean;
  readonly big: boolean;
  /** Offset of the first directory. */
  readonly first: number;
}

interface Field {
  readonly type: number;
  readonly count: number;
  /** Offset of the values in the file. */
  readonly at: number;
}

/** Parses the signature: "II" or "MM", then 42, or 43 for BigTIFF. */
export function tiffVersion(path: string, head: Uint8Array): TiffVersion {
  const littleEndian = head[0] === 0x49;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const big = head.length >= 4 && view.getUint16(2, littleEndian) === 43;
  if (head.length < (big ? 16 : 8)) throw damaged(path, "ends within its header");
  if (!big) return { littleEndian, big, first: view.getUint32(4, littleEndian) };
  if (view.getUint16(4, littleEndian) !== 8) throw damaged(path, "has addresses of an unknown size");
  return { littleEndian, big, first: Number(view.getBigUint64(8, littleEndian)) };
}

/** One directory; values are read on demand. */
export class Directory {
  /** Offset of the next directory; 0 after the last. */
  readonly next: number;
  readonly #fields = new Map<number, Field>();

  private constructor(
    private readonly file: FileBytes,
    private readonly version: TiffVersion,
    readonly at: number,
    bytes: Uint8Array,
  ) {
    const { big, littleEndian } = version;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const offset = (place: number) =>
      big ? Number(view.getBigUint64(place, littleEndian)) : view.getUint32(place, littleEndian);
    const { count, entry, inline } = big ? BIG : CLASSIC;
    const end = bytes.length - inline;
    for (let place = count; place < end; place += entry) {
      const type = view.getUint16(place + 2, littleEndian);
      const number = offset(place + 4);
      const value = place + entry - inline;
      const length = number * (TYPE_SIZES[type] ?? 0);
      const field = { type, count: number, at: length <= inline ? at + value : offset(value) };
      const tag = view.getUint16(place, littleEndian);
      // If a field is repeated, the first counts, as in libtiff.
      if (length > 0 && !this.#fields.has(tag)) this.#fields.set(tag, field);
    }
    this.next = offset(end);
  }

  static async read(
    file: FileBytes,
    version: TiffVersion,
    at: number,
    signal?: AbortSignal,
  ): Promise<Directory> {
    const { count, entry, inline } = version.big ? BIG : CLASSIC;
    const bytes = await file.header(at, at + count, signal);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries = version.big
      ? Number(view.getBigUint64(0, version.littleEndian))
      : view.getUint16(0, version.littleEndian);
    if (entries === 0 || entries > MOST_ENTRIES)
      throw damaged(file.path, `has a page that is described by ${entries} fields`);
    const whole = await file.header(at, at + count + entries * entry + inline, signal);
    return new Directory(file, version, at, whole);
  }

  has(tag: number): boolean {
    return this.#fields.has(tag);
  }

  /** Number of values of a field; 0 if it is missing. */
  count(tag: number): number {
    return this.#fields.get(tag)?.count ?? 0;
  }

  /** First value of a numeric field, or `otherwise` if it is missing. */
  async number(tag: number, otherwise: number): Promise<number> {
    return (await this.numbers(tag, 1))[0] ?? otherwise;
  }

  /** First value of a field of non-negative integers, or `otherwise` if it is missing. */
  async integer(tag: number, otherwise: number): Promise<number> {
    const value = await this.number(tag, otherwise);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw damaged(this.file.path, `has the value ${value} in field ${tag}`);
  }

  /** Values of a numeric field, at most `most`; empty if it is missing. */
  async numbers(tag: number, most = Number.POSITIVE_INFINITY, signal?: AbortSignal): Promise<number[]> {
    const field = this.#fields.get(tag);
    if (!field) return [];
    const size = TYPE_SIZES[field.type];
    const count = Math.min(field.count, most);
    const bytes = await this.file.header(field.at, field.at + count * size, signal);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { littleEndian } = this.version;
    const read = READ[field.type];
    if (!read) throw damaged(this.file.path, `has field ${tag} as text, not as a number`);
    return Array.from({ length: count }, (_, i) => read(view, i * size, littleEndian));
  }

  /** Bytes of a field; empty if it is missing. */
  async bytes(tag: number, signal?: AbortSignal): Promise<Uint8Array> {
    const field = this.#fields.get(tag);
    if (!field) return new Uint8Array(0);
    return this.file.header(field.at, field.at + field.count * TYPE_SIZES[field.type], signal);
  }

  /** Text of a field, up to the first 0. */
  async text(tag: number): Promise<string> {
    const bytes = await this.bytes(tag);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }
}

/** Bytes of the entry count, of an entry, and offset in the entry of inline values. */
const CLASSIC = { count: 2, entry: 12, inline: 4 } as const;
const BIG = { count: 8, entry: 20, inline: 8 } as const;

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

const byte: Read = (view, at) => view.getUint8(at);
const uint32: Read = (view, at, little) => view.getUint32(at, little);
const int32: Read = (view, at, little) => view.getInt32(at, little);
const uint64: Read = (view, at, little) => Number(view.getBigUint64(at, little));
const READ: Readonly<Record<number, Read>> = {
  1: byte,
  3: (view, at, little) => view.getUint16(at, little),
  4: uint32,
  5: (view, at, little) => uint32(view, at, little) / uint32(view, at + 4, little),
  6: (view, at) => view.getInt8(at),
  7: byte,
  8: (view, at, little) => view.getInt16(at, little),
  9: int32,
  10: (view, at, little) => int32(view, at, little) / int32(view, at + 4, little),
  11: (view, at, little) => view.getFloat32(at, little),
  12: (view, at, little) => view.getFloat64(at, little),
  13: uint32,
  16: uint64,
  17: (view, at, little) => Number(view.getBigInt64(at, little)),
  18: uint64,
};
