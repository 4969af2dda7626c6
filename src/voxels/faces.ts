/** The faces of voxels, and which of them lie between two filled voxels. */

import type { Vec3 } from "../volume.ts";

export interface VoxelFace {
  /** The cell of its voxel, from 0. */
  readonly cell: Vec3;
  readonly axis: 0 | 1 | 2;
  /** Whether it is the side on the high end of the axis. */
  readonly high: boolean;
  /** Whether the voxel beside it is filled, too; matplotlib omits these faces. */
  readonly inner: boolean;
}

/** All six faces of each filled voxel, x fastest. */
export function voxelFaces(dims: Vec3, filled: ArrayLike<number>): VoxelFace[] {
  const [nx, ny] = dims;
  const strides = [1, nx, nx * ny];
  const faces: VoxelFace[] = [];
  for (let i = 0; i < filled.length; i++) {
    if (!filled[i]) continue;
    const cell = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)] as const;
    for (const axis of [0, 1, 2] as const) {
      for (const high of [false, true]) {
        const atBorder = cell[axis] === (high ? dims[axis] - 1 : 0);
        const beside = i + (high ? strides[axis] : -strides[axis]);
        faces.push({ cell, axis, high, inner: !atBorder && filled[beside] !== 0 });
      }
    }
  }
  return faces;
}
