/** Frames: the frames of one volume, read from its file and kept for when they are asked for again. */
import { VoxelVolumeError } from "../errors.ts";
import { DTYPES } from "../volume.ts";
import type { FrameOptions } from "./formats/format.ts";
import type { VolumeHeader } from "./formats/volume-header.ts";
import type { ReadOptions } from "./sources/source.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { fromCOrder } from "./util/c-order.ts";

export class Frames {
  /** Frames read one by one, the one last read last. */
  readonly #single = new Map<number, Uint8Array>();
  /** The bytes of all frames, as stored. */
  #all: Uint8Array | undefined;
  /** Whether all frames could not be read at once. */
  #allFailed = false;
  #image: ByteFile | undefined;
  readonly #frameBytes: number;

  /** `file` gives the file with the voxels, when they are wanted. */
  constructor(
    private readonly header: VolumeHeader,
    private readonly file: () => Promise<ByteFile>,
  ) {
    const [nx, ny, nz] = header.dims;
    this.#frameBytes = nx * ny * nz * DTYPES[header.dtype];
  }

  /** Whether every frame is kept, so that the file is no longer needed. */
  get complete(): boolean {
    return this.#all !== undefined || this.#single.size === this.header.frames;
  }

  forget(): void {
    this.#single.clear();
    this.#all = undefined;
  }

  /** The bytes of a frame, x fastest. Rejects with `corrupt-file` when voxels are missing. */
  async read(frame: number, options: FrameOptions): Promise<Uint8Array> {
    const kept = this.#single.get(frame) ?? (this.#all && (await this.#cut(this.#all, frame, options)));
    if (kept) return kept;
    this.#image ??= await this.file();
    const image = this.#image;
    await this.#checkClaim(image);
    if (this.header.cOrder) return this.#readWithAll(image, frame, options);
    // Without parts, each frame costs as much as all before it: the second one asked for is reason to have them all.
    const worthAll = this.#single.size > 0 && !this.#allFailed && !(await image.inParts());
    if (worthAll && this.#fits(options)) {
      try {
        return await this.#readWithAll(image, frame, options);
      } catch (error) {
        if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
        // Damage, or a lack of memory, may not matter for one frame alone.
        this.#allFailed = true;
      }
    }
    const start = this.header.offset + frame * this.#frameBytes;
    return this.#keep(frame, await this.#bytes(image, start, start + this.#frameBytes, options), options);
  }

  /** Reads all frames for the sake of one, and keeps them where there is room. */
  async #readWithAll(image: ByteFile, frame: number, options: FrameOptions): Promise<Uint8Array> {
    const { offset, frames } = this.header;
    const all = await this.#bytes(image, offset, offset + frames * this.#frameBytes, options);
    const keepAll = frames > 1 && this.#fits(options);
    if (keepAll) {
      this.#all = all;
      this.#single.clear();
    }
    const data = await this.#cut(all, frame, options);
    return keepAll ? data : this.#keep(frame, data, options);
  }

  #fits({ budget }: FrameOptions): boolean {
    return this.header.frames * this.#frameBytes <= budget;
  }

  /** Keeps a frame, and lets go of those that were read first where the budget is used up. */
  #keep(frame: number, data: Uint8Array, { budget }: FrameOptions): Uint8Array {
    const most = Math.floor(budget / this.#frameBytes);
    if (most === 0) return data;
    this.#single.set(frame, data);
    for (const first of this.#single.keys()) {
      if (this.#single.size <= most) break;
      this.#single.delete(first);
    }
    return data;
  }

  /** One frame of the bytes of all. */
  async #cut(stored: Uint8Array, frame: number, { signal }: ReadOptions): Promise<Uint8Array> {
    const { path, dims, dtype, frames, cOrder } = this.header;
    // In C order, the frames lie between each other.
    if (cOrder) return fromCOrder(path, stored, DTYPES[dtype], dims, [frame, frames], signal);
    const view = stored.subarray(frame * this.#frameBytes, (frame + 1) * this.#frameBytes);
    // The GPU takes only what is aligned.
    return view.byteOffset % 8 === 0 ? view : view.slice();
  }

  async #bytes(image: ByteFile, start: number, end: number, options: ReadOptions): Promise<Uint8Array> {
    const bytes = await image.read(start, end, options);
    if (bytes.length < end - start) throw this.#missing(image, start + bytes.length, end);
    return bytes;
  }

  /** Rejects a header that claims more bytes than the file can hold, before any are allocated for them. */
  async #checkClaim(image: ByteFile): Promise<void> {
    const most = await image.size();
    const claimed = this.header.offset + this.header.frames * this.#frameBytes;
    if (!(claimed <= most)) throw this.#missing(image, most, claimed);
  }

  #missing(image: ByteFile, there: number, wanted: number): VoxelVolumeError {
    const { path, dims, frames, dtype } = this.header;
    const [has, claims] = [there, wanted].map((bytes) => bytes.toLocaleString("en"));
    const message = `${path}: the header claims ${claims} bytes (${dims.join(" x ")} x ${frames} ${dtype}), but ${image.path} holds no more than ${has}. The file is cut off, or its header is wrong.`;
    return new VoxelVolumeError("corrupt-file", message);
  }
}
