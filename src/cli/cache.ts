/**
 * The cache of downloads. Each address has a folder, which has one folder per download; `kept.json` names the current
 * one. Download folders have unpredictable names and become current only when complete.
 */

import { createHash, randomBytes } from "node:crypto";
import { lstatSync, rmSync } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { atExit } from "./cleanup.ts";
import { openReal, realPathIn } from "./real-file.ts";
import { say } from "./say.ts";

/** Headers of a server's answer that are needed to ask whether the file has changed. */
export interface KeptFile {
  readonly url: string;
  readonly name: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Files of one address that were downloaded together. */
export interface Kept {
  /** Path of the folder that holds them. */
  readonly folder: string;
  readonly files: readonly KeptFile[];
  /** When they were downloaded. */
  readonly date: Date;
}

const DESCRIPTION = "kept.json";
const PREFIX = "download-";
const DOWNLOAD = /^download-\w+$/;
/** Folder names of addresses. */
const ENTRY = /^[\da-f]{32}$/;
/** Age in ms after which unfinished or replaced downloads are removed. */
const LEFTOVER_MS = 24 * 3600 * 1000;
/** Permissions of folders: only the user has access. */
const PRIVATE = 0o700;

/** $VOXEL_VOLUME_CACHE, or voxel-volume in the user's cache folder. */
export function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return process.env.VOXEL_VOLUME_CACHE || join(base, "voxel-volume");
}

/** One address's place in the cache. */
export class CacheEntry {
  private constructor(
    /** Path of its folder; undefined if nothing can be cached. */
    private readonly folder: string | undefined,
  ) {}

  /**
   * Creates the cache folders as needed. If the cache is not writable, or belongs to another user, there is no cache.
   */
  static async open(url: string): Promise<CacheEntry> {
    try {
      const downloads = await ownFolder(join(cacheFolder(), "downloads"));
      await removeLeftovers(downloads).catch(() => {});
      const entry = createHash("sha256").update(url).digest("hex").slice(0, 32);
      return new CacheEntry(await ownFolder(join(downloads, entry)));
    } catch (error) {
      sayNotKept(error);
      return new CacheEntry(undefined);
    }
  }

  /** The current download; undefined if there is no complete one. */
  async kept(): Promise<Kept | undefined> {
    if (this.folder === undefined) return undefined;
    const description = await readDescription(this.folder);
    if (!description) return undefined;
    const { path, files } = description;
    const folder = await realpath(join(this.folder, path)).catch(() => undefined);
    if (folder === undefined) return undefined;
    for (const { name } of files) {
      const file = await openReal((await realPathIn(folder, name)) ?? "");
      if (!file) return undefined;
      await file.close();
    }
    return { folder, files, date: (await lstat(folder)).mtime };
  }

  /** Creates an empty folder for a download. It is removed when the process ends, unless it is kept. */
  async begin(): Promise<Download> {
    if (this.folder !== undefined) {
      try {
        return new Download(await mkdtemp(join(this.folder, PREFIX)), this.folder);
      } catch (error) {
        sayNotKept(error);
      }
    }
    return new Download(await mkdtemp(join(tmpdir(), "voxel-volume-")), undefined);
  }
}

/** A download that is not in the cache yet. */
export class Download {
  readonly #forget: () => void;

  constructor(
    /** Path of its folder. */
    readonly folder: string,
    private readonly entry: string | undefined,
  ) {
    this.#forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  }

  /** Makes the files available to later runs. Without a cache, they are removed when the process ends. */
  async keep(files: readonly KeptFile[]): Promise<void> {
    if (this.entry === undefined) return;
    const description = join(this.entry, DESCRIPTION);
    const next = `${description}.${randomBytes(8).toString("hex")}`;
    try {
      await writeFile(next, JSON.stringify({ path: basename(this.folder), files }), { flag: "wx" });
      await rename(next, description);
      this.#forget();
    } catch (error) {
      sayNotKept(error);
    }
  }

  async discard(): Promise<void> {
    this.#forget();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function sayNotKept(error: unknown): void {
  say(`the download is not kept, for the cache cannot be used: ${(error as Error).message}`);
}

/** Creates a folder that only this user can access. */
export async function ownFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: PRIVATE });
  if (!isPrivate(path)) throw new Error(`${path} is open to other users: remove it`);
  return path;
}

/** True if a folder exists that only this user can access. */
export function isPrivate(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return false;
  return !process.getuid || (found.uid === process.getuid() && (found.mode & 0o777) === PRIVATE);
}

/** Removes leftovers of killed runs and replaced downloads; never removes files that are not the cache's. */
async function removeLeftovers(downloads: string): Promise<void> {
  const entries = await readdir(downloads, { withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isDirectory() || !ENTRY.test(entry.name)) continue;
    const folder = join(downloads, entry.name);
    const current = await readDescription(folder);
    for (const name of await readdir(folder)) {
      const isLeftover =
        name !== current?.path && (DOWNLOAD.test(name) || name.startsWith(`${DESCRIPTION}.`));
      const path = join(folder, name);
      if (isLeftover && Date.now() - (await lstat(path)).mtimeMs > LEFTOVER_MS)
        await rm(path, { recursive: true, force: true });
    }
  }
}

/** Reads `kept.json` in the folder of an address; undefined if it is not valid. */
async function readDescription(folder: string): Promise<{ path: string; files: KeptFile[] } | undefined> {
  try {
    const { path, files } = JSON.parse(await readFile(join(folder, DESCRIPTION), "utf8"));
    const isSound = DOWNLOAD.test(path) && files.every(({ name }: KeptFile) => name === basename(name));
    return isSound ? { path, files } : undefined;
  } catch {
    return undefined;
  }
}
