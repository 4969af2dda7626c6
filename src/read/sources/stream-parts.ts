/**
 * Reads parts of an uncompressed file from a server: the first parts from a single answer as it arrives, without
 * waiting for its end; other parts with range requests. So one of many frames is fetched alone, and a file with one
 * frame with one request.
 */
import type { ByteStream } from "../util/byte-file.ts";
import { concat, GrowingBytes } from "../util/memory.ts";
import { partIn, partsAfter, range, SMALL, unlessAnswered, versionOf } from "./ranges.ts";
import { networkError, request, wholeBody } from "./request.ts";
import { inMemory, type Parts, type ReadOptions } from "./source.ts";

/**
 * The file at `url`, from the answer to a request for all of it: in parts, or completely if it is small or the server
 * does not support ranges.
 */
export async function partsOfAnswer(
  url: string,
  response: Response,
  receive: (total: number | undefined) => Promise<Uint8Array<ArrayBuffer>>,
  options: ReadOptions,
): Promise<Parts> {
  const { ok, headers, body } = response;
  // With a content encoding, lengths and ranges count encoded bytes.
  const size = headers.has("content-encoding") ? 0 : Number(headers.get("content-length"));
  const offersRanges = headers.get("accept-ranges")?.toLowerCase() === "bytes";
  const inParts = ok && body && offersRanges && size > SMALL && response.status !== 206;
  // The content encodings of other origins are hidden from pages.
  const isSure = inParts && (response.type !== "cors" || (await countsPlainBytes(url, size, options)));
  return inParts && isSure
    ? streamParts(url, body as ByteStream, size, versionOf(headers), options.signal)
    : inMemory(await wholeBody(response, receive));
}

/** Most bytes that are allocated at once on the server's word. */
const TRUSTED_BYTES = 2 ** 28;

/**
 * Parts from `body` as it arrives until `signal` aborts it, then from range requests to `url` while its version is the
 * same.
 */
function streamParts(
  url: string,
  body: ByteStream,
  size: number,
  version: string,
  signal: AbortSignal | undefined,
): Parts {
  const reader = body.getReader();
  /** The beginning of the file, kept while only headers are read. */
  let head = new Uint8Array(0);
  let usable = true;
  const ranges = partsAfter(url, { start: 0, end: 0, size, version }, head);
  const next = async (loaded: number) => {
    const { done, value } = await reader.read().catch(async (cause) => {
      signal?.throwIfAborted();
      throw await networkError(url, cause, loaded);
    });
    if (done) throw await networkError(url, new Error("the connection ended early"), loaded);
    return value;
  };
  const readHead = async (end: number, { onProgress }: ReadOptions) => {
    for (let loaded = 0; head.length < end; ) {
      const chunk = await next(head.length);
      head = concat([head, chunk]);
      loaded += chunk.length;
      onProgress?.({ phase: "download", loaded, total: undefined });
    }
  };
  const readOn = async (start: number, end: number, { onProgress }: ReadOptions) => {
    // The size is only what the server claims.
    const bytes = new GrowingBytes(url, end - start, TRUSTED_BYTES);
    bytes.push(head.subarray(start));
    const total = end - head.length;
    for (let at = head.length; at < end; ) {
      const chunk = await next(at);
      bytes.push(chunk.subarray(Math.max(0, start - at), Math.max(0, end - at)));
      at += chunk.length;
      onProgress?.({ phase: "download", loaded: Math.min(at, end) - head.length, total });
    }
    // Browsers cache only answers that are read to their end.
    if (end === size) await reader.read().catch(() => {});
    return bytes.bytes;
  };
  return {
    size,
    async read(start, end, options = {}) {
      if (end <= head.length) return head.slice(start, end);
      usable &&= !signal?.aborted && start <= head.length + SMALL;
      if (usable && end <= SMALL) {
        await readHead(end, options);
        return head.slice(start, end);
      }
      try {
        if (!usable) return await ranges.read(start, end, options);
        usable = false;
        return await readOn(start, end, options);
      } finally {
        reader.cancel().catch(() => {});
      }
    },
  };
}

/**
 * Whether the server counts `size` bytes as they arrive, without a content encoding. A page cannot see that header on
 * every server, but an encoded answer has another length.
 */
async function countsPlainBytes(url: string, size: number, { signal }: ReadOptions): Promise<boolean> {
  const init: RequestInit = { cache: "no-store", headers: range(0, 1) };
  const counts = await request(url, { signal }, init, async (response, receive) => {
    const part = partIn(response);
    return part?.size === size && part.end === 1 && (await receive(undefined)).length === 1;
  }).catch(unlessAnswered);
  return counts === true;
}
