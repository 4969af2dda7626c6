/** Reorders arrays with any order of axes to x fastest. */

import { Pace } from "../../pace.ts";
import { DTYPES, type Vec3 } from "../../volume.ts";
import { COMPONENTS, type EntryInfo } from "../formats/format.ts";
import { interleaved } from "./components.ts";
import { allocate } from "./memory.ts";

/** Side of the square tiles that are transposed; a tile fits into a cache. */
const TILE = 64;
/** Scalars to copy between two checks of the clock. */
const STINT = 1 << 17;

const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

/** Lengths of the axes x, y, z, t (frames) and c (components). */
type AxisLengths = Readonly<Record<string, number>>;

/** Stride of each axis in scalars; `order` names the axes, fastest first. */
function stridesOf(order: string, lengths: AxisLengths): Record<string, number> {
  const strides: Record<string, number> = {};
  let stride = 1;
  for (const axis of order) {
    strides[axis] = stride;
    stride *= lengths[axis];
  }
  return strides;
}

/** Position of one image among other scalars: its first scalar, and the strides along x, y and z. */
export interface Place {
  readonly first: number;
  readonly strides: Vec3;
}

/**
 * Copies the image at `place`, with scalars of `size` bytes, to x fastest. Rejects with the signal's reason when
 * aborted, with `too-large` if memory runs out.
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
  // Not as 64-bit floats: some engines change the bits of NaNs.
  const Words = WORDS[Math.min(size, 4) as keyof typeof WORDS];
  const words = size / Words.BYTES_PER_ELEMENT;
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const from = new Words(buffer as ArrayBuffer, byteOffset, Math.floor(length / Words.BYTES_PER_ELEMENT));
  const to = new Words(reordered.buffer);
  // Of y and z, the axis that is faster in memory, and the slower one.
  const [fast, slow] = strides[2] < strides[1] ? ([2, 1] as const) : ([1, 2] as const);
  const target = [1, dims[0], dims[0] * dims[1]];
  // A tile is read and written in whole rows, because with strides of powers of two, rows would evict each other from
  // the cache.
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
 * Frame `t` of `frames` in `bytes`, x fastest, with the components of a voxel together; `order` as in `PlainVoxels`.
 * Rejects like `imageAt`.
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
