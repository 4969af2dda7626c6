/** readBox: puts together the voxels of a box from chunks. */
import { mapAtOnce } from "../../map-at-once.ts";
import { type Box, boxVoxels, DTYPES } from "../../volume.ts";
import { allocate } from "../util/memory.ts";
import type { Scalars } from "./chunk-cache.ts";
import type { ChunkReader } from "./chunk-reader.ts";

/** The part of an array that is one 3-D image. */
export interface View {
  readonly reader: ChunkReader;
  /** The array's axis of x, y and z; undefined for one that it does not have. */
  readonly axes: readonly [x: number | undefined, y: number | undefined, z: number | undefined];
  /** Index along each axis of the array; those of x, y and z are not used. */
  readonly index: readonly number[];
}

export interface BoxOptions {
  readonly signal?: AbortSignal;
  /** Called for each chunk, with the number of bytes of the box that it has filled. */
  readonly onBytes?: (bytes: number) => void;
}

/** Chunks of a box that are fetched at a time: as many as there are requests. */
const AT_ONCE = 16;

/**
 * The scalars of a box of a view, as stored, little-endian, x fastest. Rejects with `network`, `corrupt-file`,
 * `too-large` or the signal's reason.
 */
export async function readBox(view: View, box: Box, { signal, onBytes }: BoxOptions): Promise<Uint8Array> {
  const { info } = view.reader;
  const size = DTYPES[info.dtype];
  const out = scalarsOf(allocate(info.path, size * boxVoxels(box)), size);
  /** A controller for each chunk that is waited for: many listeners of one signal are taken for a leak. */
  const waiting = new Set<AbortController>();
  const abort = (why: unknown) => {
    for (const controller of waiting) controller.abort(why);
  };
  const onAbort = () => abort(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    await mapAtOnce(
      pieces(view, box),
      async (piece) => {
        signal?.throwIfAborted();
        const own = new AbortController();
        waiting.add(own);
        const chunk = await view.reader.get(piece.position, own.signal).finally(() => waiting.delete(own));
        const strides = view.axes.map((axis) => (axis === undefined ? 0 : chunk.stride[axis]));
        const offset = chunk.stride.reduce((sum, stride, axis) => sum + stride * piece.at[axis], 0);
        copy(out, box, piece.box, chunk.data, offset, strides);
        onBytes?.(size * boxVoxels(piece.box));
      },
      AT_ONCE,
    );
  } catch (error) {
    // The box has failed, so the other chunks are not waited for.
    abort(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
  return new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
}

/** The part of a box that is in one chunk. */
interface Piece {
  /** Of the chunk, in the grid of chunks. */
  readonly position: readonly number[];
  /** Index in the chunk of the piece's first voxel, for each axis of the array. */
  readonly at: readonly number[];
  /** In voxels of the view. */
  readonly box: Box;
}

function pieces({ reader, axes, index }: View, { start, end }: Box): Piece[] {
  const lengths = axes.map((axis) => (axis === undefined ? 1 : reader.info.chunks[axis]));
  /** First and last position of chunks along x, y, z. */
  const first = start.map((from, i) => Math.floor(from / lengths[i]));
  const last = end.map((to, i) => Math.ceil(to / lengths[i]));
  const all: Piece[] = [];
  for (let z = first[2]; z < last[2]; z++)
    for (let y = first[1]; y < last[1]; y++)
      for (let x = first[0]; x < last[0]; x++) {
        const chunk = [x, y, z];
        const at = index.map((i, axis) => i % reader.info.chunks[axis]);
        const position = index.map((i, axis) => Math.floor(i / reader.info.chunks[axis]));
        const low = chunk.map((c, i) => Math.max(start[i], c * lengths[i]));
        const high = chunk.map((c, i) => Math.min(end[i], (c + 1) * lengths[i]));
        axes.forEach((axis, i) => {
          if (axis === undefined) return;
          position[axis] = chunk[i];
          at[axis] = low[i] - chunk[i] * lengths[i];
        });
        const box: Box = { start: [low[0], low[1], low[2]], end: [high[0], high[1], high[2]] };
        all.push({ position, at, box });
      }
  return all;
}

/** Copies the voxels of `part` from a chunk, in which neighbours along x, y, z are `strides` apart, to `box`. */
function copy(
  out: Scalars,
  box: Box,
  part: Box,
  data: Scalars,
  offset: number,
  [sx, sy, sz]: readonly number[],
): void {
  const [nx, ny] = [box.end[0] - box.start[0], box.end[1] - box.start[1]];
  const [px, py, pz] = part.end.map((end, i) => end - part.start[i]);
  const first = part.start.map((from, i) => from - box.start[i]);
  for (let z = 0; z < pz; z++)
    for (let y = 0; y < py; y++) {
      const from = offset + z * sz + y * sy;
      const to = ((first[2] + z) * ny + first[1] + y) * nx + first[0];
      // The types are those of one size, which TypeScript does not know.
      if (sx === 1) (out as Uint8Array).set(data.subarray(from, from + px) as Uint8Array, to);
      else for (let x = 0; x < px; x++) out[to + x] = data[from + x * sx];
    }
}

const SCALARS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: BigUint64Array } as const;

function scalarsOf(bytes: Uint8Array<ArrayBuffer>, size: number): Scalars {
  return new SCALARS[size as keyof typeof SCALARS](bytes.buffer);
}
