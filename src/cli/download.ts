/** A URL as input: downloaded once, then kept in the user's cache. */

import { createHash } from "node:crypto";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { VoxelVolumeError } from "../errors.ts";

/** $VOXEL_VOLUME_CACHE, or voxel-volume in the user's cache folder. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return process.env.VOXEL_VOLUME_CACHE || join(base, "voxel-volume");
}

/**
 * Path of the file at `url`, from the cache or freshly downloaded; a .hdr's .img, and the other way round, come along.
 * @param onBytes is told how many bytes have come, and of how many where the server says.
 * @throws VoxelVolumeError "network".
 */
export async function download(
  url: string,
  onBytes: (loaded: number, total?: number) => void,
): Promise<string> {
  if (!URL.canParse(url)) throw new VoxelVolumeError("network", `${url} is not a complete address`);
  const folder = join(cacheFolder(), createHash("sha256").update(url).digest("hex").slice(0, 16));
  await mkdir(folder, { recursive: true });
  const path = await fetchInto(folder, url, onBytes);
  const pair = /\.(hdr|img)$/i.exec(new URL(url).pathname)?.[1].toLowerCase();
  if (pair) {
    const other = new URL(url);
    other.pathname = other.pathname.replace(/\.\w+$/, pair === "hdr" ? ".img" : ".hdr");
    await fetchInto(folder, other.href, onBytes);
  }
  return path;
}

async function fetchInto(
  folder: string,
  url: string,
  onBytes: (loaded: number, total?: number) => void,
): Promise<string> {
  const name =
    new URL(url).pathname
      .split("/")
      .pop()
      ?.replace(/%..|[^\w.-]/g, "_") || "volume";
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const part = `${path}.${process.pid}.part`;
  try {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`${response.status} ${response.statusText}`.trim());
    const total = Number(response.headers.get("content-length")) || undefined;
    let loaded = 0;
    const body = Readable.fromWeb(response.body as ReadableStream);
    body.on("data", (chunk: Uint8Array) => {
      loaded += chunk.length;
      onBytes(loaded, total);
    });
    await pipeline(body, createWriteStream(part));
    // Only a whole file gets the name under which it is looked for.
    await rename(part, path);
    return path;
  } catch (cause) {
    await rm(part, { force: true });
    const { message, cause: beneath } = cause as Error & { cause?: Error };
    throw new VoxelVolumeError("network", `${url} could not be downloaded: ${beneath?.message ?? message}`, {
      cause,
    });
  }
}
