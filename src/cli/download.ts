/** Downloads a URL that is given as input, and keeps it in the user's cache until the server reports a change. */

import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { VoxelVolumeError } from "../errors.ts";
import { reasonOf } from "../read/sources/describe-failure.ts";
import { CacheEntry, type Download, type KeptFile } from "./cache.ts";
import { Progress } from "./progress.ts";
import { say } from "./say.ts";
import { TimedRequest } from "./timed-request.ts";

export interface DownloadOptions {
  /** True to download again what is in the cache. */
  readonly refresh?: boolean;
  /** Most bytes of a file. */
  readonly maxBytes?: number;
  /** Seconds of silence, before or during an answer, after which a request is given up. */
  readonly timeout?: number;
}

/** A downloaded file. */
export interface Downloaded {
  /** Path of the file; files downloaded with it are beside it. */
  readonly path: string;
  /** True if it was downloaded in this run: then `keep` or `discard` has to be called. */
  readonly isNew: boolean;
  /** Keeps it for later runs. */
  keep(): Promise<void>;
  /** Removes it. */
  discard(): Promise<void>;
}

export const MAX_BYTES = 4e9;
export const TIMEOUT_SECONDS = 30;
const NOT_MODIFIED = 304;
/** Most characters of a file name. */
const LONGEST_NAME = 100;

/**
 * The file at `url`, from the cache or downloaded, together with the other file of a .hdr and .img pair.
 * @throws VoxelVolumeError "network", "too-large".
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Downloaded> {
  if (!URL.canParse(url)) throw new VoxelVolumeError("network", `${url} is not a complete address`);
  const urls = [url, ...imageOrHeader(url)];
  const entry = await CacheEntry.open(url);
  const kept = options.refresh ? undefined : await entry.kept();
  const changed = kept && (await firstChanged(kept.files, kept.date, options));
  if (kept && !changed) {
    const path = join(kept.folder, kept.files[0].name);
    return { path, isNew: false, keep: async () => {}, discard: async () => {} };
  }
  const into = await entry.begin();
  try {
    const files: KeptFile[] = [];
    // An answer that has begun is read first, before its server gives it up.
    if (changed) files.push(await fetchInto(into, changed, options));
    for (const url of urls) {
      if (url !== changed?.url)
        files.push(await fetchInto(into, new TimedRequest(url, timeoutOf(options)), options));
    }
    files.sort((a, b) => urls.indexOf(a.url) - urls.indexOf(b.url));
    const path = join(into.folder, files[0].name);
    return { path, isNew: true, keep: () => into.keep(files), discard: () => into.discard() };
  } catch (error) {
    await into.discard();
    throw error;
  }
}

/** The other file of a pair, if the address is that of one. */
function imageOrHeader(url: string): string[] {
  const other = new URL(url);
  const pair = /\.(hdr|img)$/i.exec(other.pathname)?.[1].toLowerCase();
  if (!pair) return [];
  other.pathname = other.pathname.replace(/\.\w+$/, pair === "hdr" ? ".img" : ".hdr");
  return [other.href];
}

/**
 * The request for the first cached file that has changed on the server, with its answer; undefined if none has. If the
 * server does not answer, none is assumed to have, with a message.
 */
async function firstChanged(
  files: readonly KeptFile[],
  date: Date,
  options: DownloadOptions,
): Promise<TimedRequest | undefined> {
  for (const { url, etag, lastModified } of files) {
    const request = new TimedRequest(url, timeoutOf(options));
    try {
      const { status } = await request.open({
        ...(etag && { "If-None-Match": etag }),
        ...(lastModified && { "If-Modified-Since": lastModified }),
      });
      if (status >= 500) throw new Error(`status ${status}`);
      if (status !== NOT_MODIFIED) return request;
      request.close();
    } catch (error) {
      request.close();
      const day = date.toISOString().slice(0, 10);
      say(`using what was downloaded on ${day}: ${new URL(url).host} does not answer (${reasonFor(error)})`);
      return undefined;
    }
  }
  return undefined;
}

function timeoutOf({ timeout = TIMEOUT_SECONDS }: DownloadOptions): number {
  return timeout;
}

/** Downloads one file into a folder that does not contain it yet. */
async function fetchInto(
  { folder }: Download,
  request: TimedRequest,
  { maxBytes = MAX_BYTES }: DownloadOptions,
): Promise<KeptFile> {
  const { url } = request;
  const name = nameOf(url);
  const progress = new Progress();
  const check = (bytes: number) => {
    if (bytes <= maxBytes) return;
    const more = `--max-download ${Math.ceil(bytes / 1e9) + 1}GB allows more`;
    throw new VoxelVolumeError("too-large", `${url} has more than ${maxBytes / 1e6} MB: ${more}`);
  };
  try {
    const response = await request.open();
    const { headers, body } = response;
    if (!response.ok || !body) throw new Error(`${response.status} ${response.statusText}`.trim());
    const total = Number(headers.get("content-length")) || undefined;
    check(total ?? 0);
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      let loaded = 0;
      for await (const chunk of chunks) {
        request.heard();
        loaded += chunk.length;
        check(loaded);
        progress.bytes("downloading", loaded, total);
        yield chunk;
      }
    };
    const file = createWriteStream(join(folder, name), { flags: "wx", mode: 0o600 });
    await pipeline(Readable.fromWeb(body as ReadableStream), counted, file);
    const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
    return { url, name, ...(etag && { etag }), ...(lastModified && { lastModified }) };
  } catch (cause) {
    if (cause instanceof VoxelVolumeError && cause.code === "too-large") throw cause;
    const code = (cause as NodeJS.ErrnoException).code === "ENOSPC" ? "too-large" : "network";
    throw new VoxelVolumeError(code, `${url} could not be downloaded: ${reasonFor(cause)}`, { cause });
  } finally {
    request.close();
    progress.end();
  }
}

/** File name for an address, without characters that are special to file systems or shells. */
function nameOf(url: string): string {
  const last = new URL(url).pathname.split("/").pop() ?? "";
  // Keep the end of a long name, which has the extension.
  return (
    last
      .replace(/%..|[^\w.-]/g, "_")
      .replace(/^[.-]+/, "_")
      .slice(-LONGEST_NAME) || "volume"
  );
}

/** Reason of a failure. Messages of our own are complete. */
function reasonFor(error: unknown): string {
  return error instanceof VoxelVolumeError ? error.message : reasonOf(error);
}
