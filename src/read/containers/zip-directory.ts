/** The directory at the end of a zip archive, also of a ZIP64 one (APPNOTE.TXT, sections 4.3.12 to 4.3.16). */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import type { ByteFile } from "../util/byte-file.ts";

/** A file's record in the directory. */
export interface ZipRecord {
  readonly path: string;
  /** Whether the record is a folder. */
  readonly folder: boolean;
  readonly encrypted: boolean;
  /** Compression: 0 none, 8 deflate. */
  readonly method: number;
  readonly crc32: number;
  /** Sizes in bytes, compressed and not. */
  readonly packedSize: number;
  readonly size: number;
  /** Offset of the local header in the archive, and its approximate length in bytes. */
  readonly start: number;
  readonly headerSize: number;
}

const RECORD = 0x02014b50;
const RECORD_SIZE = 46;
const END = 0x06054b50;
const END_SIZE = 22;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_SIZE = 20;
/** Value of a field that is too small for its number, which is in a 64-bit field elsewhere. */
const ELSEWHERE = 0xffffffff;
const LOCAL_HEADER_SIZE = 30;

/** Bytes that are read first: the end of the file, with most directories. A comment may be longer. */
const TAIL = 1 << 14;
const LONGEST_TAIL = END_SIZE + 0xffff;

/**
 * The files in the archive, in the directory's order; undefined if there is no directory. Rejects with `corrupt-file`
 * if it is cut off. Its offsets count from the beginning of the archive, which may follow a program that unpacks it.
 */
export async function readDirectory(archive: ByteFile): Promise<ZipRecord[] | undefined> {
  const size = await archive.size();
  let view = await tailOf(archive, size, TAIL);
  let end = findEnd(view);
  if (end < 0) {
    view = await tailOf(archive, size, LONGEST_TAIL);
    end = findEnd(view);
    if (end < 0) end = findEnd(view, true);
    if (end < 0) return undefined;
  }
  const tailStart = size - view.byteLength;
  /** Bytes `[from, to)` of the archive. */
  const bytes = async (from: number, to: number) =>
    viewOf(
      from >= tailStart
        ? new Uint8Array(view.buffer, view.byteOffset + from - tailStart, to - from)
        : await archive.read(from, to),
    );
  let place = { length: view.getUint32(end + 12, true), start: view.getUint32(end + 16, true) };
  /** End of the directory, usually. */
  let next = tailStart + end;
  const locator = end - LOCATOR64_SIZE;
  if (locator >= 0 && view.getUint32(locator, true) === LOCATOR64) {
    const { zip64Directory } = await fetched(import("./zip64.ts"));
    const found = await zip64Directory(view, locator, tailStart, bytes);
    if (!found) throw damaged(archive, "its ZIP64 directory is not there");
    ({ place, next } = found);
  }
  const { length, start } = place;
  if (length > next || start + length > size) throw damaged(archive, "its directory is cut off");
  if (length === 0) return [];
  // Bytes before the archive shift its directory; bytes inserted after the directory do not.
  for (const moved of new Set([next - length - start, 0])) {
    const records = parse(await bytes(start + moved, start + moved + length));
    if (records.length > 0)
      return records.map((record) => ({ ...record, start: Math.max(0, record.start + moved) }));
  }
  throw damaged(archive, "its directory is not where it should be");
}

async function tailOf(archive: ByteFile, size: number, length: number): Promise<DataView> {
  return viewOf(await archive.read(Math.max(0, size - length), size));
}

/** Position of the end record in the last bytes, or -1. Its comment ends the file, except for `junk`. */
function findEnd(view: DataView, junk = false): number {
  for (let at = view.byteLength - END_SIZE; at >= 0; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const rest = view.byteLength - at - END_SIZE - view.getUint16(at + 20, true);
    if (junk ? rest >= 0 : rest === 0) return at;
  }
  return -1;
}

function parse(view: DataView): ZipRecord[] {
  const records: ZipRecord[] = [];
  const decoder = new TextDecoder();
  const uint16 = (at: number) => view.getUint16(at, true);
  const uint32 = (at: number) => view.getUint32(at, true);
  for (let at = 0; at + RECORD_SIZE <= view.byteLength && uint32(at) === RECORD; ) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => uint16(at + field));
    const name = at + RECORD_SIZE;
    const next = name + nameLength + extraLength + commentLength;
    if (next > view.byteLength) break;
    const [size, packedSize, start] = wide(
      new DataView(view.buffer, view.byteOffset + name + nameLength, extraLength),
      [24, 20, 42].map((field) => uint32(at + field)),
    );
    // Names are UTF-8, or usually at least ASCII. Some writers on Windows use backslashes.
    const path = decoder
      .decode(new Uint8Array(view.buffer, view.byteOffset + name, nameLength))
      .replaceAll("\\", "/");
    records.push({
      path,
      folder: path.endsWith("/"),
      encrypted: (uint16(at + 8) & 1) === 1,
      method: uint16(at + 10),
      crc32: uint32(at + 16),
      packedSize,
      size,
      start,
      headerSize: LOCAL_HEADER_SIZE + nameLength + extraLength,
    });
    at = next;
  }
  return records;
}

/**
 * `fields`, with those that hold `ELSEWHERE` replaced from the ZIP64 part of the extra field, which has them in this
 * order.
 */
function wide(extra: DataView, fields: number[]): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    const end = Math.min(extra.byteLength, at + 4 + extra.getUint16(at + 2, true));
    let from = at + 4;
    return fields.map((value) => {
      if (value !== ELSEWHERE || from + 8 > end) return value;
      from += 8;
      return uint64(extra, from - 8);
    });
  }
  return fields;
}

function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** The error for an incomplete archive. */
export function damaged({ path }: ByteFile, what: string): VoxelVolumeError {
  const message = `${path} is a damaged or cut-off zip file (${what}). Get it again.`;
  return new VoxelVolumeError("corrupt-file", message);
}
