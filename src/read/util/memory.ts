/** Allocates large blocks of memory, which may fail. */
import { VoxelVolumeError } from "../../errors.ts";

/** Default for the most bytes that are kept for later reads, of frames and of downloads each. */
export const KEPT_BYTES = 2 ** 29;

/** Most bytes that browsers can allocate in one piece. */
export const MOST_BYTES = 2 ** 31 - 2 ** 21;

/** Allocates zeros; throws `too-large` if they do not fit into memory. */
export function allocate(path: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    throw tooLarge(path, length, { cause });
  }
}

/** The error for this number of bytes. */
export function tooLarge(path: string, bytes: number, options?: { cause?: unknown }): VoxelVolumeError {
  const message = `${path}: ${bytes.toLocaleString("en")} bytes are more than fit into memory. Use a smaller one, or an uncompressed .nii, of which parts are read.`;
  return new VoxelVolumeError("too-large", message, options);
}

/** A buffer of at most `most` bytes that grows as bytes arrive, not before. */
export class GrowingBytes {
  #out: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** Allocates about `likely` bytes at once. The last growth step ends at `most`, so it copies a quarter of them. */
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

/** Factor of each growth step, and the smallest allocation. */
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
