/**
 * Reads parts of a file from a server that supports range requests (RFC 9110, section 14). Only ranges of the form
 * `bytes=a-b` are requested, because others need a preflight across origins.
 */
import { VoxelVolumeError } from "../../errors.ts";
import { concat } from "../util/memory.ts";
import { download, HttpError, request, wholeBody } from "./request.ts";
import { inMemory, type Parts, type ReadOptions } from "./source.ts";

/** Bytes of the first request, which shows whether the server supports ranges, and the file's size. */
const FIRST = 1 << 10;
/** Files up to this size, in bytes, are read completely. */
export const SMALL = 1 << 18;

/** Description of a part, from an answer's headers. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Text that changes when the file changes, if the server sends one and the page may read it. */
  readonly version: string;
}

/**
 * Opens the file at `url` with a request for its beginning. If the whole file arrives, or the answer does not identify
 * its part, the whole file is read. Reading parts rejects with `network`, also if the file has changed.
 */
export async function openRanges(url: string, options: ReadOptions = {}): Promise<Parts> {
  // "no-cache" revalidates cached answers, because the other parts come from the server.
  const init: RequestInit = { cache: "no-cache", headers: range(0, FIRST) };
  type Answer = { whole: Uint8Array } | { part: Part; bytes: Uint8Array } | undefined;
  const first = await request<Answer>(url, options, init, async (response, receive) => {
    // 416 is the answer for an empty file.
    if (response.status !== 206 && response.status !== 416) {
      return { whole: await wholeBody(response, receive) };
    }
    const part = partIn(response);
    if (part?.start !== 0) return undefined;
    const bytes = await receive(part.size > SMALL && part.end < part.size ? undefined : part.size);
    // A content encoding may be hidden from the page, but then the length differs.
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

/** The file whose beginning `first` has arrived, with the bytes `head`. */
export function partsAfter(url: string, first: Part, head: Uint8Array): Parts {
  const { size, version } = first;
  const checkSame = (same: boolean) => {
    if (!same) throw new Error("the file has changed on the server meanwhile; load it again");
  };
  /** The whole file, and the signal that aborts its download. */
  let whole: { parts: Promise<Parts>; signal: AbortSignal | undefined } | undefined;
  /** Fallback for servers that support ranges at first and later do not. */
  const readWhole = (options: ReadOptions) =>
    request(url, options, { cache: "no-store" }, async (response, receive) => {
      const bytes = await wholeBody(response, receive);
      checkSame(bytes.length === size);
      return inMemory(bytes);
    });
  /** Undefined if the answer does not match the request. */
  const readPart = (start: number, end: number, options: ReadOptions) => {
    // Browsers serialise requests for the same cached file.
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
          // Retry if the download was aborted by another reader, which had started it.
          if (!signal?.aborted || signal === options.signal) throw error;
          options.signal?.throwIfAborted();
        }
      }
    },
  };
}

/** Undefined for a failure without a status: a part of a file that the server encodes as a whole cannot be decoded. */
export function unlessAnswered(error: unknown): undefined {
  const isNetwork = error instanceof VoxelVolumeError && error.code === "network";
  if (!isNetwork || error.cause instanceof HttpError) throw error;
}

export function range(start: number, end: number): HeadersInit {
  return { Range: `bytes=${start}-${end - 1}` };
}

/** The range of a 206 answer; undefined if it is missing or hidden from other origins. */
export function partIn({ status, headers }: Response): Part | undefined {
  const [, first, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? [];
  // With a content encoding, the range counts encoded bytes.
  if (status !== 206 || size === undefined || headers.has("content-encoding")) return undefined;
  return { start: Number(first), end: Number(last) + 1, size: Number(size), version: versionOf(headers) };
}

/** Text that changes when the file changes, if the server sends one and the page may read it. */
export function versionOf(headers: Headers): string {
  return `${headers.get("etag")} ${headers.get("last-modified")}`;
}
