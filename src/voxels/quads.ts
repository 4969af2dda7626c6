/** Quads: the faces of voxels with freely moved corners. */

import { VoxelVolumeError } from "../errors.ts";
import type { Vec3 } from "../volume.ts";
import { type VoxelFace, voxelFaces } from "./faces.ts";
import type { CheckedVoxels } from "./voxels.ts";

/** Floats per face: see shaders/blend/sorted-quads.wgsl. */
export const QUAD_FLOATS = 24;

export interface Quads {
  /** In the layout of shaders/blend/sorted-quads.wgsl. */
  readonly quads: Float32Array<ArrayBuffer>;
  /** The number of each quad's voxel. Quads of a voxel are drawn together. */
  readonly voxels: Uint32Array;
}

/** Sorting this many takes the CPU about 0.1 s per view. */
const MOST_FACES = 1 << 17;

/** @throws VoxelVolumeError "invalid-option" for too many faces. */
export function quadsOf(voxels: CheckedVoxels): Quads {
  const { dims, filled, rgb, alpha } = voxels;
  const faces = voxelFaces(dims, filled);
  if (faces.length > MOST_FACES) {
    throw new VoxelVolumeError(
      "invalid-option",
      `voxels: ${faces.length} faces: with freely moved corners at most ${MOST_FACES}`,
    );
  }
  const quads = new Float32Array(faces.length * QUAD_FLOATS);
  const owners = new Uint32Array(faces.length);
  for (const [i, face] of faces.entries()) {
    const voxel = (face.cell[2] * dims[1] + face.cell[1]) * dims[0] + face.cell[0];
    owners[i] = voxel;
    const color = [0, 8, 16].map((shift) => ((rgb[voxel] >>> shift) & 255) / 255);
    const corners = cornersOf(face).map((corner) => [...cornerPosition(voxels, corner), Number(face.inner)]);
    quads.set(
      [...corners.flat(), ...centreOf(voxels, face.cell), 0, ...color, alpha[voxel]],
      i * QUAD_FLOATS,
    );
  }
  return { quads, voxels: owners };
}

/** The corners of a face, in order around it. */
function cornersOf({ cell, axis, high }: VoxelFace): Vec3[] {
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  return [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ].map(([along, up]) => {
    const corner = [...cell];
    corner[axis] += Number(high);
    corner[u] += along;
    corner[v] += up;
    return corner as unknown as Vec3;
  });
}

/** Position of a corner in grid units: over the range of the coordinates there are as many units as voxels. */
function cornerPosition({ dims, corners, low, high }: CheckedVoxels, [x, y, z]: Vec3): number[] {
  const i = (z * (dims[1] + 1) + y) * (dims[0] + 1) + x;
  return dims.map((n, axis) => (((corners?.[axis][i] ?? 0) - low[axis]) / (high[axis] - low[axis])) * n);
}

function centreOf(voxels: CheckedVoxels, [x, y, z]: Vec3): number[] {
  const all = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
    cornerPosition(voxels, [x + (i & 1), y + ((i >> 1) & 1), z + (i >> 2)]),
  );
  return [0, 1, 2].map((axis) => all.reduce((sum, corner) => sum + corner[axis], 0) / 8);
}
