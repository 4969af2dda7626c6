/** Layout of a field in a 3-D texture: in one piece, or in several if the field is longer than a texture can be. */

import brickShader from "../../../shaders/lib/brick.wgsl";
import type { Vec3 } from "../../volume.ts";
import { wgslConstant } from "../gpu/uniforms.ts";

/** Voxels per brick along each axis. */
export const BRICK = wgslConstant(brickShader, "BRICK");
/** Maximum texels of a texture along each axis: WebGPU's default limit, and what the brick table can address. */
const MAX_SIDE = 2048;

export interface PoolLayout {
  /** Texels of the texture along each axis. */
  readonly size: Vec3;
  /** Voxels per piece, and pieces, along each axis. */
  readonly piece: Vec3;
  readonly pieces: Vec3;
  /** The axis along which pieces are stacked, and the number of texels that a piece occupies along it. */
  readonly stack: 0 | 1 | 2;
  readonly thickness: number;
}

/** A box of voxels and its destination. */
export interface Part {
  readonly from: Vec3;
  readonly size: Vec3;
  readonly to: Vec3;
}

export function bricksOf(dims: Vec3): Vec3 {
  return dims.map((n) => Math.ceil(n / BRICK)) as unknown as Vec3;
}

export const count = (dims: Vec3) => dims[0] * dims[1] * dims[2];

/** The layout of a field of these dims; undefined if no texture can hold it. */
export function poolLayout(dims: Vec3): PoolLayout | undefined {
  const pieces = dims.map((n) => Math.ceil(n / MAX_SIDE)) as unknown as Vec3;
  if (count(pieces) === 1) return { size: dims, piece: dims, pieces, stack: 2, thickness: dims[2] };
  // Whole bricks, divided as evenly as possible.
  const piece = dims.map((n, axis) => BRICK * Math.ceil(n / pieces[axis] / BRICK)) as unknown as Vec3;
  const stack = piece.indexOf(Math.min(...piece)) as 0 | 1 | 2;
  const thickness = piece[stack];
  const size = piece.map((n, axis) => (axis === stack ? n * count(pieces) : Math.min(n, dims[axis])));
  return size[stack] <= MAX_SIDE
    ? { size: size as unknown as Vec3, piece, pieces, stack, thickness }
    : undefined;
}

/** The parts of slices `z` to `end` (exclusive) of a field, each within one piece. */
export function* partsOf(dims: Vec3, layout: PoolLayout, z: number, end: number): Generator<Part> {
  const { piece, pieces, stack, thickness } = layout;
  for (let i = 0; i < count(pieces); i++) {
    const which = [
      i % pieces[0],
      Math.floor(i / pieces[0]) % pieces[1],
      Math.floor(i / pieces[0] / pieces[1]),
    ];
    const low = which.map((n, axis) => n * piece[axis]);
    const high = low.map((n, axis) => Math.min(n + piece[axis], dims[axis]));
    const from = [low[0], low[1], Math.max(low[2], z)] as const;
    const size = [high[0] - low[0], high[1] - low[1], Math.min(high[2], end) - from[2]] as const;
    if (size.some((n) => n <= 0)) continue;
    const to = [0, 0, from[2] - low[2]];
    to[stack] += i * thickness;
    yield { from, size, to: to as unknown as Vec3 };
  }
}

/** `dims`, or the largest grid of about the same proportions that has at most `maxVoxels` and fits a texture. */
export function fitted(dims: Vec3, maxVoxels: number): Vec3 {
  const fits = (grid: Vec3) => count(grid) <= maxVoxels && poolLayout(grid) !== undefined;
  let grid = dims;
  // Thin axes keep their size; the others shrink by the same factor.
  for (let scale = 1; !fits(grid) && count(grid) > 1; scale *= 0.999) {
    grid = dims.map((n) => Math.max(1, Math.round(n * scale))) as unknown as Vec3;
  }
  return grid;
}
