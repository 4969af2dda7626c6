/** Large pieces of memory, which may not be there. */
import { VoxelVolumeError } from "../../errors.ts";

/** The most bytes that are kept for later reads, of frames and of downloads each, where the caller sets no budget. */
export const KEPT_BYTES = 2 ** 29;

/** The most bytes that browsers hold in one piece. */
export const MOST_BYTES = 2 ** 31 - 2 ** 21;

/** Zeros; rejects with `too-large` what does not fit into memory. */
export function allocate(path: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw tooLarge(path, length, { cause });
  }
}

/** The error for so many bytes. */
export function tooLarge(path: string, bytes: number, options?: { cause?: unknown }): VoxelVolumeError {
  const message = `${path}: ${bytes.toLocaleString("en")} bytes are more than fit into memory. Use a smaller one, or an uncompressed .nii, of which parts are read.`;
  return new VoxelVolumeError("too-large", message, options);
}

/** Bytes that come one after the other, at most `most` of them: memory grows as they come, not before. */
export class GrowingBytes {
  #out: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** `likely` bytes or a few more are allocated at once. Growing then ends at `most`, so that the last step copies a quarter. */
  constructor(
    private readonly path: string,
    private readonly most: number,
    likely: number,
  ) {
    let capacity = most;
    while (capacity > Math.max(likely, SMALLEST)) capacity /= GROWTH;
    this.#out = allocate(path, Math.min(most, Math.ceil(capacity * GROWTH)));
  }

  /** Appends bytes. Throws `too-large` when memory runs out. */
  push(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#out.length) {
      let capacity = this.#out.length;
      while (capacity < length) capacity *= GROWTH;
      const old = this.#out;
      this.#out = allocate(this.path, Math.min(this.most, capacity));
      this.#out.set(old);
    }
    this.#out.set(bytes, this.#length);
    this.#length = length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#out.subarray(0, this.#length);
  }
}

/** Factor of a step of growth, and bytes below which it does not matter. */
const GROWTH = 4;
const SMALLEST = 1 << 16;

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
