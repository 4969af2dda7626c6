/** FileBytes: the bytes of a TIFF file, whose directories may lie anywhere, so that none is fetched or inflated twice. */

import { VoxelVolumeError } from "../../../errors.ts";
import { mapAtOnce } from "../../../map-at-once.ts";
import { Pace } from "../../../pace.ts";
import type { ByteFile } from "../../util/byte-file.ts";
import { concat, KEPT_BYTES, MOST_BYTES, tooLarge } from "../../util/memory.ts";

/** Read with a directory, in bytes: its values as a rule lie beside it. */
const FIRST_AHEAD = 1 << 14;
/** Between directories up to so many bytes apart, all is read. */
const NEAR = 1 << 20;
/** The most that is read ahead where directories and voxels follow each other, in bytes. */
const MOST_AHEAD = 1 << 22;
/** The most bytes of one request for voxels. */
const MOST_AT_ONCE = 1 << 23;
/** The most bytes between two blocks that are read with one request. */
const GAP = 1 << 14;

export type Range = readonly [start: number, end: number];

/** A part of the file that was read. */
interface Segment {
  readonly start: number;
  readonly bytes: Uint8Array;
}

export class FileBytes {
  /** Bytes read for directories, where these are fetched in parts. */
  fetched = 0;
  /** All bytes, of a file that lies in memory. */
  #whole: Uint8Array | undefined;
  /** All bytes, of a compressed file: they are inflated again where memory was wanted for others. */
  #inflated: WeakRef<Uint8Array> | undefined;
  /** What was read of a file that is read in parts, in the order of their places. */
  #segments: Segment[] = [];
  #ahead = FIRST_AHEAD;

  private constructor(
    readonly file: ByteFile,
    /** Whether what is read of the file is fetched on its own. */
    readonly isInParts: boolean,
    /** Exact, of a compressed file, too. */
    public size: number,
  ) {}

  /** Rejects with `too-large` where a compressed file inflates to more than fits into memory. */
  static async open(file: ByteFile, signal?: AbortSignal): Promise<FileBytes> {
    const bytes = new FileBytes(file, await file.inParts(), await file.size());
    if (file.inflates) bytes.size = (await bytes.#inflate(signal)).length;
    return bytes;
  }

  get path(): string {
    return this.file.path;
  }

  /** Bytes `[start, end)` of a header, all of them; rejects with `corrupt-file` where the file ends before. */
  async header(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (!(start >= 0 && end <= this.size)) throw this.cutOff(end);
    const all = await this.#all(signal);
    if (all) return all.subarray(start, end);
    const known = this.#among(start, end);
    if (known) return known;
    const last = this.#segments.at(-1);
    const lastEnd = last ? last.start + last.bytes.length : 0;
    // Directories among the voxels: the file is read through, in ever larger steps.
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
   * Gives each of the ranges to `use` as it comes, neighbours fetched together. What `use` does with one is awaited before
   * it gets more of the same request.
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

  /** Lets go of what the file itself keeps, if anything does, and of `everything` where no more is to be read. */
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

  /** What was read already; undefined where not all of it was. */
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

/** The blocks of `members`, neighbours together up to a limit. */
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
