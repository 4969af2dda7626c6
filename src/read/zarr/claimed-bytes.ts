/** What compressed data claim in their headers, before they are decoded. */
import type { Blocking } from "./decoders.ts";

/**
 * The claim in the header; 0 if there is none. Blosc: 32 bits at 4 (README_CHUNK_FORMAT); numcodecs' LZ4: 32 bits at 0;
 * zstd: the content size of the frame (RFC 8878, section 3.1.1.1).
 */
export function claimedBytes(codec: Blocking, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const uint32 = (at: number) => (at + 4 <= bytes.length ? view.getUint32(at, true) : 0);
  if (codec !== "zstd") return uint32(codec === "blosc" ? 4 : 0);
  const descriptor = bytes[4] ?? 0;
  const isSingle = (descriptor >> 5) & 1;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  const kind = descriptor >> 6;
  if (kind === 0) return isSingle ? (bytes[at] ?? 0) : 0;
  if (kind === 1) return at + 2 <= bytes.length ? view.getUint16(at, true) + 256 : 0;
  return uint32(at) + (kind === 3 ? uint32(at + 4) * 2 ** 32 : 0);
}

/**
 * The claim of Blosc's header of its own length, header included: 32 bits at 12 (README_CHUNK_FORMAT). Its decoder reads
 * beyond the end of data that are shorter.
 */
export function bloscLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length < BLOSC_HEADER ? BLOSC_HEADER : view.getUint32(12, true);
}

const BLOSC_HEADER = 16;
