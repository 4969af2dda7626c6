/**
 * Parts of an uncompressed file on a server: the first ones from one answer as it comes, without waiting for its end; what
 * lies elsewhere by range requests. So one frame of many is fetched alone, and a file of one frame with one request.
 */
import type { ByteStream } from "../util/byte-file.ts";
import { allocate, concat } from "../util/memory.ts";
import { countsPlainBytes, partsAfter, SMALL, versionOf } from "./ranges.ts";
import { networkError, request, wholeBody } from "./request.ts";
import { inMemory, type Parts, type ReadOptions } from "./source.ts";

/** Opens the file at `url`; a small one, and one of a server that does not offer ranges, is read whole. */
export async function openStream(url: string, options: ReadOptions = {}): Promise<Parts> {
  // The cache may answer only with what the server confirms: other parts come from there.
  return request<Parts>(url, options, { cache: "no-cache" }, async (response, receive) => {
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
  });
}

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
    const { done, value } = await reader.read().catch((cause) => {
      signal?.throwIfAborted();
      throw networkError(url, cause, loaded);
    });
    if (done) throw networkError(url, new Error("the connection ended early"), loaded);
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
    const bytes = allocate(url, end - start);
    bytes.set(head.subarray(start));
    const total = end - head.length;
    for (let at = head.length; at < end; ) {
      const chunk = await next(at);
      bytes.set(chunk.subarray(Math.max(0, start - at), end - at), Math.max(0, at - start));
      at += chunk.length;
      onProgress?.({ phase: "download", loaded: Math.min(at, end) - head.length, total });
    }
    // Browsers cache only what is read to its end.
    if (end === size) await reader.read();
    return bytes;
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
