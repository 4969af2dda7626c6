/** Frames: frames of one volume that are stored undecoded in a file, kept for later reads. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import { DTYPES, MOST_IN_MEMORY, type ReadNote } from "../volume.ts";
import { COMPONENTS, type EntryInfo, type PlainVoxels } from "./formats/format.ts";
import { FrameCache } from "./frame-cache.ts";
import type { ReadOptions } from "./sources/source.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { MOST_BYTES, tooLarge } from "./util/memory.ts";

export interface FrameOptions extends ReadOptions {
  /** Most bytes of frames to keep for later reads. */
  readonly budget: number;
  /** Most bytes of a frame that are read at once. */
  readonly mostInMemory?: number;
}

export interface VolumeReadOptions extends FrameOptions {
  /** Component of colours or complex numbers to read, counted from 0; by default, luminance or magnitude. */
  readonly component?: number;
  /** Channel of an image with several, counted from 0 (the default). */
  readonly channel?: number;
}

/** Reads the frames of a volume, with the components of a voxel together. */
export class Frames {
  /** Frames that were read one by one. */
  readonly #single = new FrameCache();
  /** The bytes of all frames, as stored. */
  #all: Uint8Array | undefined;
  /** Whether reading all frames at once has failed. */
  #allFailed = false;
  #image: ByteFile | undefined;
  readonly #order: string;
  readonly #frameBytes: number;

  constructor(
    private readonly header: EntryInfo,
    private readonly voxels: PlainVoxels,
  ) {
    const [nx, ny, nz] = header.dims;
    const count = header.components ? COMPONENTS[header.components] : 1;
    this.#frameBytes = nx * ny * nz * count * DTYPES[header.dtype];
    this.#order = voxels.order ?? "cxyzt";
  }

  /** Notes on reading the file that holds the voxels. */
  get notes(): readonly ReadNote[] {
    return this.#image?.notes?.() ?? [];
  }

  /** True if all frames are kept, so that the file is no longer needed. */
  get complete(): boolean {
    return this.#all !== undefined || this.#single.size === this.header.frames;
  }

  /** Drops the frames that are kept. */
  forget(): void {
    this.#single.clear();
    this.#all = undefined;
  }

  /**
   * Bytes of a frame, x fastest; undefined if they exceed the limit and `readRows` can read parts of them. Rejects with
   * `corrupt-file` if voxels are missing; with `too-large`, before fetching, if the frame is too large.
   */
  async read(frame: number, options: FrameOptions): Promise<Uint8Array | undefined> {
    const kept = this.#single.get(frame) ?? (this.#all && (await this.#cut(this.#all, frame, options)));
    if (kept) return kept;
    this.#image ??= await this.voxels.file();
    const image = this.#image;
    await this.#checkClaim(image);
    const { path, frames } = this.header;
    const isLarge = this.#frameBytes > (options.mostInMemory ?? MOST_IN_MEMORY);
    if (isLarge && this.#isInSlices && (await image.inParts())) return undefined;
    const all = frames * this.#frameBytes;
    if (!this.#isInFrames) {
      if (all > MOST_BYTES) throw tooLarge(path, all);
      return this.#readWithAll(image, frame, options);
    }
    if (this.#frameBytes > MOST_BYTES) throw tooLarge(path, this.#frameBytes);
    // If the file cannot be read in parts, each frame costs as much as all before it, so the second frame requested is
    // a reason to read all.
    const worthAll = this.#single.size > 0 && !this.#allFailed && !(await image.inParts());
    if (worthAll && all <= options.budget) {
      try {
        return await this.#readWithAll(image, frame, options);
      } catch (error) {
        if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
        // Damage or a lack of memory may not affect a single frame.
        this.#allFailed = true;
      }
    }
    const start = this.voxels.offset + frame * this.#frameBytes;
    const bytes = await this.#bytes(image, start, start + this.#frameBytes, options);
    return this.#single.keep(frame, await this.#inOrder(bytes, 0, 1, options), options.budget);
  }

  /**
   * Bytes from row `y` of slice `z` to row `endY` (exclusive) of slice `endZ - 1`, for a frame that `read` does not
   * return.
   */
  async readRows(
    frame: number,
    [y, endY]: readonly [number, number],
    [z, endZ]: readonly [number, number],
    options: ReadOptions,
  ): Promise<Uint8Array> {
    const [, ny, nz] = this.header.dims;
    const row = this.#frameBytes / nz / ny;
    const first = this.voxels.offset + frame * this.#frameBytes;
    const image = this.#image as ByteFile;
    return this.#bytes(image, first + (z * ny + y) * row, first + ((endZ - 1) * ny + endY) * row, options);
  }

  /** Whether slices along z are contiguous and in order. */
  get #isInSlices(): boolean {
    return /^c?xyzt?$/.test(this.#order);
  }

  /** Whether each frame is contiguous. */
  get #isInFrames(): boolean {
    return this.header.frames === 1 || this.#order.endsWith("t");
  }

  /** Reads all frames and keeps them if there is room; returns one. */
  async #readWithAll(image: ByteFile, frame: number, options: FrameOptions): Promise<Uint8Array> {
    const { offset } = this.voxels;
    const { frames } = this.header;
    const bytes = frames * this.#frameBytes;
    const all = await this.#bytes(image, offset, offset + bytes, options);
    const keepAll = frames > 1 && bytes <= options.budget;
    if (keepAll) {
      this.#all = all;
      this.#single.clear();
    }
    const data = await this.#cut(all, frame, options);
    return keepAll ? data : this.#single.keep(frame, data, options.budget);
  }

  /** Cuts one frame out of the bytes of all. */
  async #cut(stored: Uint8Array, frame: number, options: ReadOptions): Promise<Uint8Array> {
    if (!this.#isInFrames) return this.#inOrder(stored, frame, this.header.frames, options);
    const view = stored.subarray(frame * this.#frameBytes, (frame + 1) * this.#frameBytes);
    return this.#inOrder(view, 0, 1, options);
  }

  /** Frame `t` of `frames` in `bytes`, reordered to x fastest. */
  async #inOrder(bytes: Uint8Array, t: number, frames: number, { signal }: ReadOptions): Promise<Uint8Array> {
    if (this.#isInSlices) {
      // Copied if not aligned, which the GPU requires.
      return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    }
    const { frameInOrder } = await fetched(import("./util/axis-order.ts"));
    return frameInOrder(this.header, this.#order, bytes, { t, frames }, signal);
  }

  async #bytes(image: ByteFile, start: number, end: number, options: ReadOptions): Promise<Uint8Array> {
    const isLast = end === this.voxels.offset + this.header.frames * this.#frameBytes;
    const bytes = await image.read(start, end, { ...options, isLast });
    if (bytes.length < end - start) await this.#reject(image, start + bytes.length, end);
    return bytes;
  }

  /** Rejects a header that claims more bytes than the file can hold, before memory is allocated. */
  async #checkClaim(image: ByteFile): Promise<void> {
    const most = await image.size();
    const claimed = this.voxels.offset + this.header.frames * this.#frameBytes;
    if (!(claimed <= most)) await this.#reject(image, most, claimed);
  }

  /** Rejects with `corrupt-file`, as the file has fewer bytes than the header claims. */
  async #reject(image: ByteFile, there: number, claimed: number): Promise<never> {
    const { missingVoxels } = await fetched(import("./missing-voxels.ts"));
    throw missingVoxels(this.header, image.path, there, claimed);
  }
}
