/**
 * Parts of a file on a server, where it answers range requests (RFC 9110, section 14). Only ranges of the form
 * `bytes=a-b` are asked for: no others may cross origins without a preflight.
 */
import { VoxelVolumeError } from "../../errors.ts";
import { concat } from "../util/memory.ts";
import { download, HttpError, request, wholeBody } from "./request.ts";
import { inMemory, type Parts, type ReadOptions } from "./source.ts";

/** First request, in bytes: it shows whether the server answers ranges, and how long the file is. */
const FIRST = 1 << 10;
/** Length up to which a file is read as a whole, in bytes. */
export const SMALL = 1 << 18;

/** What an answer with a part of a file says of it. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Changes with the file, where the server tells and the page may know. */
  readonly version: string;
}

/**
 * Opens the file at `url` with a request for its beginning. Where all of it comes, or parts cannot be told, the
 * whole file is read. What reads parts rejects with `network`, also when the file has changed meanwhile.
 */
export async function openRanges(url: string, options: ReadOptions = {}): Promise<Parts> {
  // The cache may answer only with what the server confirms: the other parts come from there.
  const init: RequestInit = { cache: "no-cache", headers: range(0, FIRST) };
  type Answer = { whole: Uint8Array } | { part: Part; bytes: Uint8Array } | undefined;
  const first = await request<Answer>(url, options, init, async (response, receive) => {
    // 416: an empty file has no beginning.
    if (response.status !== 206 && response.status !== 416) {
      return { whole: await wholeBody(response, receive) };
    }
    const part = partIn(response);
    if (part?.start !== 0) return undefined;
    const bytes = await receive(part.size > SMALL && part.end < part.size ? undefined : part.size);
    // Where the page may not know of a content encoding, what comes is of another length.
    return bytes.length === part.end ? { part, bytes } : undefined;
  }).catch(unlessAnswered);
  if (!first) return inMemory(await download(url, options));
  if ("whole" in first) return inMemory(first.whole);
  const { part, bytes } = first;
  const parts = partsAfter(url, part, bytes);
  if (part.size > SMALL || part.end === part.size) return parts;
  const rest = await parts.read(part.end, part.size, {
    signal: options.signal,
    onProgress: ({ phase, loaded }) =>
      options.onProgress?.({ phase, loaded: part.end + loaded, total: part.size }),
  });
  return inMemory(concat([bytes, rest]));
}

/** All of the file whose part `first`, its beginning, is there: the bytes `head`. */
export function partsAfter(url: string, first: Part, head: Uint8Array): Parts {
  const { size, version } = first;
  const checkSame = (same: boolean) => {
    if (!same) throw new Error("the file has changed on the server meanwhile; load it again");
  };
  /** The whole file, and the signal that ends its download. */
  let whole: { parts: Promise<Parts>; signal: AbortSignal | undefined } | undefined;
  /** For servers that give parts at first and then do otherwise. */
  const readWhole = (options: ReadOptions) =>
    request(url, options, { cache: "no-store" }, async (response, receive) => {
      const bytes = await wholeBody(response, receive);
      checkSame(bytes.length === size);
      return inMemory(bytes);
    });
  /** Undefined if the answer does not belong to this request. */
  const readPart = (start: number, end: number, options: ReadOptions) => {
    // Browsers let requests for one cached file wait for each other.
    const init: RequestInit = { cache: "no-store", headers: range(start, end) };
    return request(url, options, init, async (response, receive) => {
      const part = partIn(response);
      if (!part) return response.ok || response.status === 416 ? undefined : wholeBody(response, receive);
      checkSame(part.size === size && part.version === version);
      if (part.start !== start || part.end !== end) return undefined;
      const bytes = await receive(end - start);
      if (bytes.length !== end - start) throw new Error("the connection ended early");
      return bytes;
    });
  };
  return {
    size,
    async read(start, end, options = {}) {
      // An empty range cannot be requested.
      if (end <= head.length || start === end) return head.slice(start, end);
      const part = whole ? undefined : await readPart(start, end, options);
      if (part) return part;
      for (;;) {
        whole ??= { parts: readWhole(options), signal: options.signal };
        const { parts, signal } = whole;
        try {
          return (await parts).read(start, end);
        } catch (error) {
          if (whole?.parts === parts) whole = undefined;
          // Another reader has given up, for whom the download was begun.
          if (!signal?.aborted || signal === options.signal) throw error;
          options.signal?.throwIfAborted();
        }
      }
    },
  };
}

/** Undefined for a failure without a status: a part of what a server has encoded as a whole cannot be decoded. */
export function unlessAnswered(error: unknown): undefined {
  const isNetwork = error instanceof VoxelVolumeError && error.code === "network";
  if (!isNetwork || error.cause instanceof HttpError) throw error;
}

export function range(start: number, end: number): HeadersInit {
  return { Range: `bytes=${start}-${end - 1}` };
}

/** What part a 206 answer is of what; undefined where it does not say, or not to pages of other origins. */
export function partIn({ status, headers }: Response): Part | undefined {
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  // With a content encoding, the range counts other bytes than those that arrive.
  if (status !== 206 || size === undefined || headers.has("content-encoding")) return undefined;
  return { start: Number(first), end: Number(last) + 1, size: Number(size), version: versionOf(headers) };
}

/** A text that changes with the file, where the server tells and the page may know. */
export function versionOf(headers: Headers): string {
  return `${headers.get("etag")} ${headers.get("last-modified")}`;
}
