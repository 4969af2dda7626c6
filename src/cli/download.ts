/** A URL as input: downloaded, and kept in the user's cache for as long as the server says that it has not changed. */

import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { VoxelVolumeError } from "../errors.ts";
import { CacheEntry, type Download, type KeptFile } from "./cache.ts";
import { PatientRequest } from "./patient-request.ts";
import { Progress } from "./progress.ts";
import { say } from "./say.ts";

export interface DownloadOptions {
  /** Whether to download what is kept anew. */
  readonly refresh?: boolean;
  /** The most bytes of a file. */
  readonly maxBytes?: number;
  /** Seconds without an answer, or without a byte of it, after which a server is given up. */
  readonly timeout?: number;
}

/** A file on disk that a URL stands for. */
export interface Downloaded {
  /** Path of the file; what was downloaded with it lies beside it. */
  readonly path: string;
  /** Whether it was downloaded just now: then it has to be kept or discarded. */
  readonly isNew: boolean;
  /** Keeps it for later runs. */
  keep(): Promise<void>;
  /** Removes it. */
  discard(): Promise<void>;
}

export const MAX_BYTES = 4e9;
export const TIMEOUT_SECONDS = 30;
const NOT_MODIFIED = 304;
/** Characters of a file name. */
const LONGEST_NAME = 100;

/**
 * The file at `url`, from the cache or freshly downloaded; a .hdr's .img, and the other way round, come along.
 * @throws VoxelVolumeError "network", "too-large".
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Downloaded> {
  if (!URL.canParse(url)) throw new VoxelVolumeError("network", `${url} is not a complete address`);
  const urls = [url, ...imageOrHeader(url)];
  const entry = await CacheEntry.open(url);
  const kept = options.refresh ? undefined : await entry.kept();
  if (kept && (await isCurrent(kept.files, kept.date, options))) {
    const path = join(kept.folder, kept.files[0].name);
    return { path, isNew: false, keep: async () => {}, discard: async () => {} };
  }
  const into = await entry.begin();
  try {
    const files: KeptFile[] = [];
    for (const url of urls) files.push(await fetchInto(into, url, options));
    const path = join(into.folder, files[0].name);
    return { path, isNew: true, keep: () => into.keep(files), discard: () => into.discard() };
  } catch (error) {
    await into.discard();
    throw error;
  }
}

/** The other file of a pair, as far as the address tells one. */
function imageOrHeader(url: string): string[] {
  const other = new URL(url);
  const pair = /\.(hdr|img)$/i.exec(other.pathname)?.[1].toLowerCase();
  if (!pair) return [];
  other.pathname = other.pathname.replace(/\.\w+$/, pair === "hdr" ? ".img" : ".hdr");
  return [other.href];
}

/** Whether what was kept is what the server has; where it does not answer, that is supposed, and said. */
async function isCurrent(files: readonly KeptFile[], date: Date, options: DownloadOptions): Promise<boolean> {
  for (const { url, etag, lastModified } of files) {
    const request = new PatientRequest(url, options.timeout ?? TIMEOUT_SECONDS);
    try {
      const { status } = await request.open({
        ...(etag && { "If-None-Match": etag }),
        ...(lastModified && { "If-Modified-Since": lastModified }),
      });
      if (status >= 500) throw new Error(`status ${status}`);
      if (status !== NOT_MODIFIED) return false;
    } catch (error) {
      const day = date.toISOString().slice(0, 10);
      say(`using what was downloaded on ${day}: ${new URL(url).host} does not answer (${reason(error)})`);
      return true;
    } finally {
      request.close();
    }
  }
  return true;
}

/** Downloads one file into a folder, in which it must not be there yet. */
async function fetchInto(
  { folder }: Download,
  url: string,
  { maxBytes = MAX_BYTES, timeout = TIMEOUT_SECONDS }: DownloadOptions,
): Promise<KeptFile> {
  const name = nameOf(url);
  const request = new PatientRequest(url, timeout);
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
    throw new VoxelVolumeError(code, `${url} could not be downloaded: ${reason(cause)}`, { cause });
  } finally {
    request.close();
    progress.end();
  }
}

/** File name of an address, without what file systems or shells might take for more than a name. */
function nameOf(url: string): string {
  const last = new URL(url).pathname.split("/").pop() ?? "";
  // The end has the extension.
  return (
    last
      .replace(/%..|[^\w.-]/g, "_")
      .replace(/^[.-]+/, "_")
      .slice(-LONGEST_NAME) || "volume"
  );
}

/** What went wrong: `fetch` says it beneath its own error. */
function reason(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error };
  return cause?.message || message;
}
