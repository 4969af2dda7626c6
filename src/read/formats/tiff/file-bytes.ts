/** FileBytes: the bytes of a TIFF file. Directories may be anywhere in it; nothing is fetched or inflated twice. */

import { VoxelVolumeError } from "../../../errors.ts";
import { mapAtOnce } from "../../../map-at-once.ts";
import { Pace } from "../../../pace.ts";
import type { ByteFile } from "../../util/byte-file.ts";
import { concat, KEPT_BYTES, MOST_BYTES, tooLarge } from "../../util/memory.ts";

/** Bytes read with a directory, because its values are usually next to it. */
const FIRST_AHEAD = 1 << 14;
/** If directories are at most this many bytes apart, everything between them is read. */
const NEAR = 1 << 20;
/** Most bytes to read ahead if directories and voxels alternate. */
const MOST_AHEAD = 1 << 22;
/** Most bytes per request for voxels. */
const MOST_AT_ONCE = 1 << 23;
/** Most bytes between two blocks that are read with one request. */
const GAP = 1 << 14;

export type Range = readonly [start: number, end: number];

/** A part of the file that has been read. */
interface Segment {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export class FileBytes {
  /** Bytes fetched for directories, if the file is read in parts. */
  fetched = 0;
  /** All bytes of a file in memory. */
  #whole: Uint8Array | undefined;
  /** All bytes of a compressed file; inflated again if they were garbage collected. */
  #inflated: WeakRef<Uint8Array> | undefined;
  /** Parts that have been read, sorted by offset. */
  #segments: Segment[] = [];
  #ahead = FIRST_AHEAD;

  private constructor(
    readonly file: ByteFile,
    /** Whether parts of the file can be fetched separately. */
    readonly isInParts: boolean,
    /** Exact size, also of a compressed file. */
    public size: number,
  ) {}

  /** Rejects with `too-large` if a compressed file inflates to more than fits into memory. */
  static async open(file: ByteFile, signal?: AbortSignal): Promise<FileBytes> {
    const bytes = new FileBytes(file, await file.inParts(), await file.size());
    if (file.inflates) bytes.size = (await bytes.#inflate(signal)).length;
    return bytes;
  }

  get path(): string {
    return this.file.path;
  }

  /** Bytes `[start, end)` of a header; rejects with `corrupt-file` if the file ends before. */
  async header(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (!(start >= 0 && end <= this.size)) throw this.cutOff(end);
    const all = await this.#all(signal);
    if (all) return all.subarray(start, end);
    const known = this.#among(start, end);
    if (known) return known;
    const last = this.#segments.at(-1);
    const lastEnd = last ? last.start + last.bytes.length : 0;
    // Directories alternate with voxels: read the file sequentially, in growing steps.
    const follows = start >= lastEnd && start - lastEnd <= NEAR && this.fetched < KEPT_BYTES;
    const from = follows ? lastEnd : start;
    const to = Math.min(this.size, Math.max(end, start + (follows ? this.#ahead : FIRST_AHEAD)));
    if (follows) this.#ahead = Math.min(2 * this.#ahead, MOST_AHEAD);
    const bytes = await this.#fetch(from, to);
    this.fetched += bytes.length;
    this.#keep({ start: from, bytes });
    return bytes.subarray(start - from, end - from);
  }

  /**
   * Passes the bytes of each range to `use` as they arrive; neighbouring ranges are fetched together. `use` is awaited
   * before it receives more of the same request.
   */
  async blocks(
    ranges: readonly Range[],
    use: (block: number, bytes: Uint8Array) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<void> {
    const all = await this.#all(signal);
    const pace = new Pace(signal);
    const give = async (block: number, bytes: Uint8Array) => {
      await use(block, bytes);
      await pace.rest();
    };
    for (const [start, end] of ranges) if (!(start >= 0 && end <= this.size)) throw this.cutOff(end);
    if (all) {
      for (const [block, [start, end]] of ranges.entries()) await give(block, all.subarray(start, end));
      return;
    }
    const missing: number[] = [];
    for (const [block, [start, end]] of ranges.entries()) {
      const known = this.#among(start, end);
      if (known) await give(block, known);
      else missing.push(block);
    }
    await mapAtOnce(groups(ranges, missing), async ({ start, end, members }) => {
      const bytes = await this.#fetch(start, end);
      for (const block of members)
        await give(block, bytes.subarray(ranges[block][0] - start, ranges[block][1] - start));
    });
  }

  /** Releases the file's bytes; with `everything`, also the parts that were read, for when no more will be read. */
  forget(everything: boolean): void {
    this.#whole = undefined;
    if (everything) this.#segments = [];
  }

  cutOff(end: number): VoxelVolumeError {
    const [wanted, there] = [end, this.size].map((bytes) => bytes.toLocaleString("en"));
    return new VoxelVolumeError(
      "corrupt-file",
      `${this.path} is damaged or cut off: its directories lead to byte ${wanted}, ${there} are there. Get the file again.`,
    );
  }

  /** All bytes, unless they are fetched in parts. */
  async #all(signal?: AbortSignal): Promise<Uint8Array | undefined> {
    if (this.isInParts) return undefined;
    if (this.file.inflates) return this.#inflate(signal);
    this.#whole ??= await this.#fetch(0, this.size);
    return this.#whole;
  }

  async #fetch(start: number, end: number): Promise<Uint8Array> {
    const bytes = await this.file.read(start, end);
    if (bytes.length < end - start) throw this.cutOff(end);
    return bytes;
  }

  /** Bytes from the parts that have been read; undefined if they are not complete. */
  #among(start: number, end: number): Uint8Array | undefined {
    let [low, high] = [0, this.#segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#segments[middle].start <= start) low = middle + 1;
      else high = middle;
    }
    const segment = this.#segments[low - 1];
    return segment && end <= segment.start + segment.bytes.length
      ? segment.bytes.subarray(start - segment.start, end - segment.start)
      : undefined;
  }

  #keep(segment: Segment): void {
    const after = this.#segments.findIndex(({ start }) => start > segment.start);
    if (after < 0) this.#segments.push(segment);
    else this.#segments.splice(after, 0, segment);
  }

  async #inflate(signal?: AbortSignal): Promise<Uint8Array> {
    const kept = this.#inflated?.deref();
    if (kept) return kept;
    const reader = (await this.file.stream({ signal })).getReader();
    const chunks: Uint8Array[] = [];
    const pace = new Pace(signal);
    try {
      for (let length = 0; ; ) {
        const { done, value } = await reader.read();
        if (done) break;
        length += value.length;
        if (length > MOST_BYTES) throw tooLarge(this.path, length);
        chunks.push(value);
        await pace.rest();
      }
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof VoxelVolumeError) throw cause;
      const message = `${this.path}: its compressed data break off or are damaged. Get the file again.`;
      throw new VoxelVolumeError("corrupt-file", message, { cause });
    } finally {
      reader.cancel().catch(() => {});
    }
    const bytes = concat(chunks);
    this.#inflated = new WeakRef(bytes);
    return bytes;
  }
}

interface Group {
  readonly start: number;
  end: number;
  readonly members: number[];
}

/** Groups neighbouring blocks of `members`, up to a size limit. */
function groups(ranges: readonly Range[], members: readonly number[]): Group[] {
  const found: Group[] = [];
  for (const block of [...members].sort((a, b) => ranges[a][0] - ranges[b][0])) {
    const [start, end] = ranges[block];
    const last = found.at(-1);
    if (last && start <= last.end + GAP && end - last.start <= MOST_AT_ONCE) {
      last.end = Math.max(last.end, end);
      last.members.push(block);
    } else found.push({ start, end, members: [block] });
  }
  return found;
}
