/** deflatedPart: the deflated part of a file, as a file. */
import { LIKELY_INFLATION } from "../../containers/gzip.ts";
import { inflateStream, MAX_INFLATION, take } from "../../containers/inflate.ts";
import type { ByteFile, ByteStream } from "../../util/byte-file.ts";
import { concat } from "../../util/memory.ts";

/** Inflates the bytes of `file` from `start` on (RFC 1951, without header and checksum). */
export function deflatedPart(file: ByteFile, start: number): ByteFile {
  const { path, sibling, beside } = file;
  const size = async () => Math.max(0, (await file.size()) - start) * MAX_INFLATION;
  const likely = async () => LIKELY_INFLATION * Math.max(0, (await file.size()) - start);
  const stream: ByteFile["stream"] = async (options) =>
    untilFailure(inflateStream(without(await file.stream(options), start), "deflate-raw"));
  const read: ByteFile["read"] = async (from, to, options) =>
    take(path, await stream(options), [from, Math.min(to, await size())], await likely(), options ?? {});
  return {
    path,
    size,
    head: (length) => read(0, length),
    read,
    stream,
    inParts: async () => false,
    sibling,
    beside,
  };
}

/** Most bytes that may follow the data: a padding byte, and a checksum and a length as in gzip. */
const MOST_TRAILING = 16;

/**
 * Removes the first bytes of a stream and passes its last bytes one by one, so that trailing bytes do not affect those
 * before them.
 */
function without(stream: ByteStream, count: number): ByteStream {
  let left = count;
  let tail = new Uint8Array(0);
  return stream.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        const skipped = Math.min(left, chunk.length);
        left -= skipped;
        const bytes = concat([tail, chunk.subarray(skipped)]);
        const end = Math.max(0, bytes.length - MOST_TRAILING);
        if (end > 0) controller.enqueue(bytes.subarray(0, end));
        tail = bytes.slice(end);
      },
      flush(controller) {
        for (const byte of tail) controller.enqueue(Uint8Array.of(byte));
      },
    }),
  );
}

/**
 * Ends a stream at an error. The platform rejects bytes after the deflated data, and then loses its pending output. If
 * damage shortens the output, the missing bytes are detected later.
 */
function untilFailure(stream: ByteStream): ByteStream {
  const reader = stream.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done || !value) controller.close();
      else controller.enqueue(value);
    },
    cancel: (why) => reader.cancel(why),
  });
}
