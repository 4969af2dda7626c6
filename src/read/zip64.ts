/**
 * A check before jszip 3.10 reads a ZIP64 archive: it walks the "extensible data" at the end of the directory
 * by lengths that it takes for signed, and a negative one keeps it walking for ever. Nobody writes such data.
 */
import { VoxelVolumeError } from "../errors.ts";

const END = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;
/** Bytes that a ZIP64 end-of-directory record without extensible data counts (APPNOTE 4.3.14). */
const ZIP64_END_SIZE = 44;

/** Rejects an archive with ZIP64 extensible data, found as jszip finds it, with `unsupported-format`. */
export function checkZip64(path: string, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const uint32 = (at: number) => (at >= 0 && at + 4 <= bytes.length ? view.getUint32(at, true) : 0);
  const last = (signature: number) => {
    for (let at = bytes.length - 4; at >= 0; at--)
      if (bytes[at] === 0x50 && uint32(at) === signature) return at;
    return -1;
  };
  const end = last(END);
  const saturated = [4, 8].some(
    (at) => (uint32(end + at) & 0xffff) === 0xffff || uint32(end + at) >>> 16 === 0xffff,
  );
  if (end < 0 || !(saturated || uint32(end + 12) === 0xffffffff || uint32(end + 16) === 0xffffffff)) return;
  const locator = last(ZIP64_LOCATOR);
  if (locator < 0) return;
  const named = uint32(locator + 8);
  const record = uint32(named) === ZIP64_END ? named : last(ZIP64_END);
  if (record < 0 || uint32(record + 4) === ZIP64_END_SIZE) return;
  const message = `${path} has ZIP64 extensions that are not supported. Zip it again with the usual settings.`;
  throw new VoxelVolumeError("unsupported-format", message);
}
