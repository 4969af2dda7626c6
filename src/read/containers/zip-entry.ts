/** One file in a zip archive, of which only the requested bytes are read. */
import { fetched } from "../../errors.ts";
import { HEAD_BYTES } from "../formats/format.ts";
import type { ReadOptions } from "../sources/source.ts";
import { type ByteFile, streamOf } from "../util/byte-file.ts";
import { concat } from "../util/memory.ts";
import { inflated, OVERHEAD, type Packed } from "./gzip.ts";
import { MAX_INFLATION } from "./inflate.ts";
import type { ZipRecord } from "./zip-directory.ts";

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_SIZE = 30;
export const STORED = 0;
const DEFLATED = 8;
/** Usual difference between the length of a local header and that computed from the directory record. */
export const LONGER = 32;
const GZIP_HEADER = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** Most bytes in an uncompressed block of deflate. */
const BLOCK = 0xffff;

/** The part `[start, end)` of the archive that holds the file's beginning, as long as formats need it. */
export function headRange({ path, start, headerSize, packedSize }: ZipRecord): [start: number, end: number] {
  // The file may be gzipped inside the archive.
  const overhead = /\.gz$/i.test(path) ? 2 * OVERHEAD : OVERHEAD;
  return [start, start + headerSize + LONGER + Math.min(packedSize, HEAD_BYTES + overhead)];
}

/**
 * The file that `record` describes; `readHead` returns the bytes of `headRange`. Reading rejects with
 * `unsupported-format` if the file is encrypted or not deflated, with `corrupt-file` if it is damaged.
 */
export function zipEntry(
  archive: ByteFile,
  record: ZipRecord,
  readHead: () => Promise<Uint8Array>,
  { sibling, beside }: Pick<ByteFile, "sibling" | "beside">,
): ByteFile {
  const { path, method, packedSize } = record;
  /** The first `length` bytes of the file's data, or all. */
  const data = async (length: number, options?: ReadOptions) => {
    const head = await readHead();
    const start = await dataStart(archive.path, record, head);
    const end = start + Math.min(length, packedSize);
    const there = record.start + head.length;
    return end <= there
      ? head.subarray(start - record.start, end - record.start)
      : archive.read(start, end, options);
  };
  // Wrap the entry as gzip, so that the platform inflates it and checks its CRC-32 and size.
  const packed: Packed = {
    path,
    archive: archive.path,
    sibling,
    beside,
    stored: async () => packedSize,
    async head(length) {
      const bytes = await data(length);
      const parts = [...gzipParts(record, bytes)];
      // The trailer would be taken for data.
      return concat(bytes.length === packedSize ? parts : parts.slice(0, -1));
    },
    stream: async (options) => streamOf(gzipParts(record, await data(packedSize, options))),
  };
  const most = packedSize * (method === STORED ? 1 : MAX_INFLATION);
  const file = inflated(packed, async () => Math.min(record.size, most));
  return method === STORED ? { ...file, head: data } : file;
}

/**
 * Offset of the file's data in the archive. The local header in `head` may have other fields than the directory record.
 * Rejects with `unsupported-format` or `corrupt-file`.
 */
export async function dataStart(archive: string, record: ZipRecord, head: Uint8Array): Promise<number> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isKnown = record.method === STORED || record.method === DEFLATED;
  if (
    record.encrypted ||
    !isKnown ||
    head.length < LOCAL_HEADER_SIZE ||
    view.getUint32(0, true) !== LOCAL_HEADER
  )
    throw (await fetched(import("./zip-refusal.ts"))).zipRefusal(archive, record, isKnown);
  return record.start + LOCAL_HEADER_SIZE + view.getUint16(26, true) + view.getUint16(28, true);
}

/** A gzip file (RFC 1952) that wraps the data of a zip entry. */
function* gzipParts({ method, crc32, size }: ZipRecord, data: Uint8Array): Generator<Uint8Array, undefined> {
  yield GZIP_HEADER;
  if (method === DEFLATED) yield data;
  else yield* storedBlocks(data);
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32, true);
  trailer.setUint32(4, size, true);
  yield new Uint8Array(trailer.buffer);
}

/** Deflate without compression (RFC 1951, section 3.2.4). */
function* storedBlocks(data: Uint8Array): Generator<Uint8Array, undefined> {
  for (let at = 0; at <= data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    const length = block.length;
    const last = at + BLOCK > data.length ? 1 : 0;
    yield Uint8Array.of(last, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
    yield block;
  }
}
