/** From C order (the last axis fastest, as NumPy likes it) to x fastest. */

import { Pace } from "../../pace.ts";
import type { Vec3 } from "../../volume.ts";
import { allocate } from "./memory.ts";

/** A side of the squares that are transposed at a time, so that a cache holds them. */
const TILE = 64;
/** Scalars between two looks at the clock. */
const STINT = 1 << 17;

const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

/**
 * Frame `frame` of the array `[x, y, z, frame]` that `bytes` hold in C order, scalars of `size` bytes, as
 * `[x, y, z]` with x fastest. Rejects with the signal's reason when aborted, `too-large` when memory runs out.
 */
export async function fromCOrder(
  path: string,
  bytes: Uint8Array,
  size: number,
  [nx, ny, nz]: Vec3,
  [frame, frames]: readonly [frame: number, frames: number],
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const reordered = allocate(path, nx * ny * nz * size);
  // Not as 64-bit floats, of which some engines change the bits when they are not numbers.
  const Words = WORDS[Math.min(size, 4) as keyof typeof WORDS];
  const words = size / Words.BYTES_PER_ELEMENT;
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const from = new Words(buffer as ArrayBuffer, byteOffset, length / Words.BYTES_PER_ELEMENT);
  const to = new Words(reordered.buffer);
  // Rows are read and written whole: strides of powers of two would have them thrust each other out of the cache.
  const tile = new Words(TILE * TILE * words);
  const pace = new Pace(signal);
  let done = 0;
  for (let y = 0; y < ny; y++) {
    for (let z = 0; z < nz; z += TILE) {
      for (let x = 0; x < nx; x += TILE) {
        const [width, height] = [Math.min(TILE, nx - x), Math.min(TILE, nz - z)];
        for (let i = 0; i < width; i++) {
          let source = ((((x + i) * ny + y) * nz + z) * frames + frame) * words;
          for (let k = 0; k < height; k++, source += frames * words) {
            const target = (k * TILE + i) * words;
            tile[target] = from[source];
            if (words === 2) tile[target + 1] = from[source + 1];
          }
        }
        for (let k = 0; k < height; k++) {
          const target = (((z + k) * ny + y) * nx + x) * words;
          for (let i = 0; i < width * words; i++) to[target + i] = tile[k * TILE * words + i];
        }
        done += width * height;
        if (done < STINT) continue;
        done = 0;
        await pace.rest();
      }
    }
  }
  return reordered;
}
