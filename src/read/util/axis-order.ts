/** From any order of axes in memory to x fastest. */

import { Pace } from "../../pace.ts";
import { DTYPES, type Vec3 } from "../../volume.ts";
import { COMPONENTS, type EntryInfo } from "../formats/format.ts";
import { interleaved } from "./components.ts";
import { allocate } from "./memory.ts";

/** A side of the squares that are transposed at a time, so that a cache holds them. */
const TILE = 64;
/** Scalars between two looks at the clock. */
const STINT = 1 << 17;

const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

/** Lengths of the axes x, y, z, t (frames) and c (components). */
type AxisLengths = Readonly<Record<string, number>>;

/** By how many scalars a step along each axis moves on; `order` names the axes, the fastest first. */
function stridesOf(order: string, lengths: AxisLengths): Record<string, number> {
  const strides: Record<string, number> = {};
  let stride = 1;
  for (const axis of order) {
    strides[axis] = stride;
    stride *= lengths[axis];
  }
  return strides;
}

/** Where the scalars of one image are among others: the first, and the strides along x, y and z. */
export interface Place {
  readonly first: number;
  readonly strides: Vec3;
}

/**
 * The image at `place` among the scalars of `size` bytes in `bytes`, x fastest. Rejects with the signal's reason when
 * aborted, `too-large` when memory runs out.
 */
async function imageAt(
  path: string,
  bytes: Uint8Array,
  size: number,
  dims: Vec3,
  { first, strides }: Place,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const reordered = allocate(path, dims[0] * dims[1] * dims[2] * size);
  // Not as 64-bit floats, of which some engines change the bits when they are not numbers.
  const Words = WORDS[Math.min(size, 4) as keyof typeof WORDS];
  const words = size / Words.BYTES_PER_ELEMENT;
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const from = new Words(buffer as ArrayBuffer, byteOffset, Math.floor(length / Words.BYTES_PER_ELEMENT));
  const to = new Words(reordered.buffer);
  // The axis that is fastest in memory, apart from x, and the other one.
  const [fast, slow] = strides[2] < strides[1] ? ([2, 1] as const) : ([1, 2] as const);
  const target = [1, dims[0], dims[0] * dims[1]];
  // Rows are read and written whole: strides of powers of two would have them thrust each other out of the cache.
  const tile = new Words(TILE * TILE * words);
  const pace = new Pace(signal);
  let done = 0;
  for (let s = 0; s < dims[slow]; s++) {
    for (let f = 0; f < dims[fast]; f += TILE) {
      for (let x = 0; x < dims[0]; x += TILE) {
        const [width, height] = [Math.min(TILE, dims[0] - x), Math.min(TILE, dims[fast] - f)];
        for (let i = 0; i < width; i++) {
          let source = (first + (x + i) * strides[0] + s * strides[slow] + f * strides[fast]) * words;
          for (let k = 0; k < height; k++, source += strides[fast] * words) {
            const at = (k * TILE + i) * words;
            tile[at] = from[source];
            if (words === 2) tile[at + 1] = from[source + 1];
          }
        }
        for (let k = 0; k < height; k++) {
          const row = (s * target[slow] + (f + k) * target[fast] + x) * words;
          for (let i = 0; i < width * words; i++) to[row + i] = tile[k * TILE * words + i];
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

/**
 * Frame `t` of `frames` in `bytes`, x fastest, the components of a voxel together; `order` as in `PlainVoxels`. Rejects as
 * `imageAt`.
 */
export async function frameInOrder(
  { path, dims, dtype, components }: EntryInfo,
  order: string,
  bytes: Uint8Array,
  { t, frames }: { readonly t: number; readonly frames: number },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const size = DTYPES[dtype];
  const c = components ? COMPONENTS[components] : 1;
  const strides = stridesOf(order, { x: dims[0], y: dims[1], z: dims[2], t: frames, c });
  const place: Place = {
    first: t * (strides.t ?? 0),
    strides: [strides.x ?? 0, strides.y ?? 0, strides.z ?? 0],
  };
  if (!components) return imageAt(path, bytes, size, dims, place, signal);
  const images: Uint8Array[] = [];
  for (let i = 0; i < c; i++) {
    const first = place.first + i * strides.c;
    images.push(await imageAt(path, bytes, size, dims, { ...place, first }, signal));
  }
  return interleaved(images, size);
}
