/** Pages: the pages of a TIFF file that have the same layout, found along the chain of directories. */

import { Pace } from "../../../pace.ts";
import { damaged } from "../../util/damaged.ts";
import { Directory, TAG, type TiffVersion } from "./directory.ts";
import type { FileBytes } from "./file-bytes.ts";

/** Bits of NewSubfileType: reduced page, mask. */
const REDUCED = 1;
const MASK = 4;
/** SubfileType, before TIFF 6.0: reduced page. */
const OLD_REDUCED = 2;

export class Pages {
  /** Number of pages with another size or type, which are left out. */
  leftOut = 0;
  /** Whether the end of the chain has been reached. */
  isComplete = false;
  readonly #found: Directory[] = [];
  /** Layout that all pages share. */
  #look = "";
  readonly #seen = new Set<number>();
  #next: number;

  private constructor(
    private readonly file: FileBytes,
    private readonly version: TiffVersion,
  ) {
    this.#next = version.first;
  }

  /** Starts with the first page that is not marked as reduced or as a mask; if all are, with the first. */
  static async open(file: FileBytes, version: TiffVersion, signal?: AbortSignal): Promise<Pages> {
    const pages = new Pages(file, version);
    const pace = new Pace(signal);
    for (let first = await pages.#step(signal); first; first = await pages.#step(signal)) {
      if ((await markOf(first)) === 0) {
        await pages.#begin(first);
        return pages;
      }
      pages.leftOut++;
      await pace.rest();
    }
    const marked = new Pages(file, version);
    const first = await marked.#step(signal);
    if (!first) throw damaged(file.path, "has no page");
    await marked.#begin(first);
    return marked;
  }

  get count(): number {
    return this.#found.length;
  }

  get first(): Directory {
    return this.#found[0];
  }

  /** Offset of the directory after the last one found; 0 for none. */
  get next(): number {
    return this.#next;
  }

  /** Finds the next page; false at the end. Rejects with `corrupt-file` if the chain loops. */
  async findNext(signal?: AbortSignal): Promise<boolean> {
    const pace = new Pace(signal);
    for (let directory = await this.#step(signal); directory; directory = await this.#step(signal)) {
      if ((await lookOf(directory)) === this.#look) {
        this.#found.push(directory);
        return true;
      }
      this.leftOut++;
      await pace.rest();
    }
    this.isComplete = true;
    return false;
  }

  /** A page by its number; undefined if there are not that many. */
  async at(page: number, signal?: AbortSignal): Promise<Directory | undefined> {
    while (page >= this.#found.length && (await this.findNext(signal)));
    return this.#found[page];
  }

  async #begin(first: Directory): Promise<void> {
    this.#look = await lookOf(first);
    this.#found.push(first);
  }

  async #step(signal?: AbortSignal): Promise<Directory | undefined> {
    const at = this.#next;
    if (at === 0) return undefined;
    if (this.#seen.has(at)) throw damaged(this.file.path, "has a chain of pages that leads back to itself");
    this.#seen.add(at);
    const directory = await Directory.read(this.file, this.version, at, signal);
    this.#next = directory.next;
    return directory;
  }
}

/** The mark that excludes a page from the slices; 0 for none. */
async function markOf(directory: Directory): Promise<number> {
  const type = await directory.integer(TAG.newSubfileType, 0);
  const isOldReduced = (await directory.integer(TAG.subfileType, 0)) === OLD_REDUCED;
  return type & (REDUCED | MASK) || (isOldReduced ? REDUCED : 0);
}

const { width, height, bitsPerSample, samplesPerPixel, sampleFormat, photometric } = TAG;
const LOOK = [width, height, bitsPerSample, samplesPerPixel, sampleFormat, photometric] as const;

/** Text that is the same for all pages of one volume. */
async function lookOf(directory: Directory): Promise<string> {
  const look = [await markOf(directory)];
  for (const tag of LOOK) look.push(await directory.integer(tag, 1));
  return look.join();
}
