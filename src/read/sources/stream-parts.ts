/**
 * Parts of an uncompressed file on a server: the first ones from one answer as it comes, without waiting for its end; what
 * lies elsewhere by range requests. So one frame of many is fetched alone, and a file of one frame with one request.
 */
import type { ByteStream } from "../util/byte-file.ts";
import { concat, GrowingBytes } from "../util/memory.ts";
import { partIn, partsAfter, range, SMALL, unlessAnswered, versionOf } from "./ranges.ts";
import { networkError, request, wholeBody } from "./request.ts";
import { inMemory, type Parts, type ReadOptions } from "./source.ts";

/**
 * What an answer for the whole file at `url` gives: parts of it, or all of a small file, and of one of a server that does not
 * offer ranges.
 */
export async function partsOfAnswer(
  url: string,
  response: Response,
  receive: (total: number | undefined) => Promise<Uint8Array<ArrayBuffer>>,
  options: ReadOptions,
): Promise<Parts> {
  const { ok, headers, body } = response;
  // With a content encoding, lengths and ranges count other bytes than those that arrive.
  const size = headers.has("content-encoding") ? 0 : Number(headers.get("content-length"));
  const offersRanges = headers.get("accept-ranges")?.toLowerCase() === "bytes";
  const inParts = ok && body && offersRanges && size > SMALL && response.status !== 206;
  // Other servers' content encodings are hidden from pages.
  const isSure = inParts && (response.type !== "cors" || (await countsPlainBytes(url, size, options)));
  return inParts && isSure
    ? streamParts(url, body as ByteStream, size, versionOf(headers), options.signal)
    : inMemory(await wholeBody(response, receive));
}

/** Bytes that are allocated at once for what a server says to be so long. */
const TRUSTED_BYTES = 2 ** 28;

/** Parts of what `body` brings until `signal` ends it, then of the file at `url` while it has the same version. */
function streamParts(
  url: string,
  body: ByteStream,
  size: number,
  version: string,
  signal: AbortSignal | undefined,
): Parts {
  const reader = body.getReader();
  /** The beginning of the file, kept while no more than headers are read. */
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
    // Its length is no more than what the server says.
    const bytes = new GrowingBytes(url, end - start, TRUSTED_BYTES);
    bytes.push(head.subarray(start));
    const total = end - head.length;
    for (let at = head.length; at < end; ) {
      const chunk = await next(at);
      bytes.push(chunk.subarray(Math.max(0, start - at), Math.max(0, end - at)));
      at += chunk.length;
      onProgress?.({ phase: "download", loaded: Math.min(at, end) - head.length, total });
    }
    // Browsers cache only what is read to its end.
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
 * Whether the server counts `size` bytes as they arrive, which a page cannot see of every server: the length of an answer
 * with a content encoding is another one.
 */
async function countsPlainBytes(url: string, size: number, { signal }: ReadOptions): Promise<boolean> {
  const init: RequestInit = { cache: "no-store", headers: range(0, 1) };
  const counts = await request(url, { signal }, init, async (response, receive) => {
    const part = partIn(response);
    return part?.size === size && part.end === 1 && (await receive(undefined)).length === 1;
  }).catch(unlessAnswered);
  return counts === true;
}
