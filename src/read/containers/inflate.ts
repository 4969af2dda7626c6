/** Inflates gzip streams: a part, or only the beginning from the file's first bytes. */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { Pace } from "../../pace.ts";
import { reason } from "../sources/source.ts";
import type { ByteStream, PartOptions } from "../util/byte-file.ts";
import { GrowingBytes } from "../util/memory.ts";

/** Deflate's maximum compression: 258 bytes in 2 bits, so n bytes never inflate to more than n times this. */
export const MAX_INFLATION = 1032;

type Bytes = Uint8Array<ArrayBuffer>;

/** Inflates a gzip stream of one member, a zlib stream ("deflate", RFC 1950), or one without header ("deflate-raw", RFC 1951). */
export const inflateStream = (packed: ByteStream, format: CompressionFormat = "gzip"): ByteStream =>
  packed.pipeThrough(new DecompressionStream(format) as TransformStream<Uint8Array, Bytes>);

/** Bytes to inflate after the requested part, to reach the checksum at the end of the stream. */
const CHECKED_BYTES = 2 ** 23;

/**
 * Bytes `[start, end)` of a stream, fewer if it ends before. `likely` bytes are allocated at once, and more as they
 * arrive. Reading stops after `end`; with `isLast` it continues for a while, because the checksum is verified at the
 * end of the stream.
 */
export async function take(
  path: string,
  stream: ByteStream,
  [start, end]: readonly [number, number],
  likely: number,
  { signal, onProgress, isLast }: PartOptions,
): Promise<Uint8Array> {
  const out = new GrowingBytes(path, end - start, likely);
  const reader = stream.getReader();
  const pace = new Pace(signal);
  let at = 0;
  const damage = (cause: unknown) => {
    if (cause instanceof VoxelVolumeError) throw cause;
    const message = `${path}: its compressed data break off or are damaged after ${at.toLocaleString("en")} bytes (${reason(cause)}). Get the file again.`;
    throw new VoxelVolumeError("corrupt-file", message, { cause });
  };
  try {
    while (at <= end + (isLast ? CHECKED_BYTES : 0)) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read().catch(damage);
      if (done) break;
      out.push(value.subarray(Math.max(0, start - at), Math.max(0, end - at)));
      at += value.length;
      onProgress?.({ phase: "inflate", loaded: Math.min(at, end), total: end });
      // Streams may run on microtasks alone.
      await pace.rest();
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return out.bytes;
}

let atOnce: typeof import("./inflate-head.ts") | undefined;

/** Makes `inflateHead` avoid streams for gzip from now on, because many streams take seconds. */
export async function expectManyHeads(): Promise<void> {
  atOnce ??= await fetched(import("./inflate-head.ts"));
}

/** Whether `inflateHead` detects a wrong checksum, if that is within the bytes that it inflates. */
export function headsAreChecked(format: CompressionFormat = "gzip"): boolean {
  return format === "gzip" && atOnce !== undefined;
}

/** Inflates the first bytes of a compressed file to `most` bytes; fewer if they are damaged. */
export async function inflateHead(
  packed: Bytes,
  most: number,
  format: CompressionFormat = "gzip",
): Promise<Uint8Array> {
  if (atOnce && format === "gzip") return atOnce.inflateHeadAtOnce(packed, most);
  const { readable, writable } = new DecompressionStream(format);
  const writer = writable.getWriter();
  // Output arrives before the expected error at the truncated end.
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
    // The input is truncated: an error at its end is expected.
  }
  reader.cancel().catch(() => {});
  return head.subarray(0, length);
}
