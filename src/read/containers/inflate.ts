/** Inflating gzip streams by the platform: a part of one, or only its beginning from the beginning of a file. */
import { VoxelVolumeError } from "../../errors.ts";
import { Pace } from "../../pace.ts";
import { type ReadOptions, reason } from "../sources/source.ts";
import type { ByteStream } from "../util/byte-file.ts";
import { allocate } from "../util/memory.ts";

/** Deflate codes at best 258 bytes in 2 bits, so that n bytes never inflate to more than n times this. */
export const MAX_INFLATION = 1032;

/** The bytes of a gzip stream, or of a zlib stream (RFC 1950), which the platform calls "deflate". */
export const gunzip = (packed: ByteStream, format: CompressionFormat = "gzip"): ByteStream =>
  packed.pipeThrough(new DecompressionStream(format) as TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>);

/**
 * Bytes `[start, end)` of a stream, fewer where it ends before. It stops once a byte after `end` comes, and
 * not at `end` itself, so that the checksum at the end of a stream has its say.
 */
export async function take(
  path: string,
  stream: ByteStream,
  start: number,
  end: number,
  { signal, onProgress }: ReadOptions,
): Promise<Uint8Array> {
  const out = allocate(path, end - start);
  const reader = stream.getReader();
  const pace = new Pace(signal);
  let at = 0;
  const damage = (cause: unknown) => {
    const message = `${path}: its compressed data break off or are damaged after ${at.toLocaleString("en")} bytes (${reason(cause)}). Get the file again.`;
    throw new VoxelVolumeError("corrupt-file", message, { cause });
  };
  try {
    while (at <= end) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read().catch(damage);
      if (done) break;
      const wanted = value.subarray(Math.max(0, start - at), Math.max(0, end - at));
      out.set(wanted, Math.max(0, at - start));
      at += value.length;
      onProgress?.({ phase: "inflate", loaded: Math.min(at, end), total: end });
      // Streams may run on microtasks alone.
      await pace.rest();
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return out.subarray(0, Math.max(0, at - start));
}

/** What the first bytes of a compressed file inflate to, `most` bytes of it; nothing where they are damaged. */
export async function inflateHead(
  packed: Uint8Array<ArrayBuffer>,
  most: number,
  format: CompressionFormat = "gzip",
): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream(format);
  const writer = writable.getWriter();
  // What comes out comes before the failure at the end, where `packed` breaks off.
  for (const step of [writer.write(packed), writer.close()]) step.catch(() => {});
  const reader = readable.getReader();
  const head = new Uint8Array(most);
  let length = 0;
  try {
    while (length < most) {
      const { done, value } = await reader.read();
      if (done) break;
      head.set(value.subarray(0, most - length), length);
      length += Math.min(value.length, most - length);
    }
  } catch {
    // As expected: see above.
  }
  reader.cancel().catch(() => {});
  return head.subarray(0, length);
}
