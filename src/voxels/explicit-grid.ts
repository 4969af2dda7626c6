/** The grid of explicit voxels. They have their own colours, edges and coordinates, so they bypass the pipeline. */

import brickShader from "../../shaders/lib/brick.wgsl";
import commonShader from "../../shaders/lib/common.wgsl";
import explicitGridShader from "../../shaders/lib/explicit-grid.wgsl";
import lineShader from "../../shaders/lib/line.wgsl";
import { wgslConstant } from "../engine/gpu/uniforms.ts";
import type { ExplicitGrid, ExplicitVoxels, GridContext } from "../engine/grid.ts";
import type { GridReader, RayGrid } from "../engine/grid-reader.ts";
import { BRICK, bricksOf, count } from "../engine/pipeline/pool-layout.ts";
import { ALPHA_MAX } from "../engine/voxel-word.ts";
import { VoxelVolumeError } from "../errors.ts";
import type { Vec3 } from "../volume.ts";
import { type Quads, quadsOf } from "./quads.ts";
import { SortedQuads } from "./sorted-quads.ts";
import type { CheckedVoxels } from "./voxels.ts";

const READER: GridReader = {
  code: [commonShader, brickShader, lineShader, explicitGridShader],
  constants: {},
  groups: [
    ["uniform", "read"],
    ["uniform", "read"],
  ],
};

/** Table word of a brick with filled voxels. */
const OCCUPIED = wgslConstant(brickShader, "OCCUPIED");

/** @throws VoxelVolumeError "invalid-option" for too many faces with freely moved corners. */
export function explicitVoxels(voxels: CheckedVoxels): ExplicitVoxels {
  const { dims, low, high } = voxels;
  const quads = voxels.corners && quadsOf(voxels);
  return {
    kind: "explicit",
    dims,
    spacing: dims.map((n, axis) => (high[axis] - low[axis]) / n) as unknown as Vec3,
    makeGrid: (context) => makeGrid(voxels, quads, context),
  };
}

function makeGrid(voxels: CheckedVoxels, quads: Quads | undefined, context: GridContext): ExplicitGrid {
  const { dims, filled, edge, edgeWidth, hideInner } = voxels;
  const shared = {
    kind: "explicit",
    dims,
    cutDims: dims,
    flip: [false, false, false],
    filledCount: filled.reduce((sum, one) => sum + one, 0),
    edgeStyle: { edge, edgeWidth, hideInner },
  } as const;
  if (quads) {
    const blender = new SortedQuads(context, quads);
    return { ...shared, blender, destroy: () => blender.destroy() };
  }
  const { rays, destroy } = rayGrid(voxels, context);
  return { ...shared, rays, destroy };
}

/** Creates the buffers that shaders/lib/explicit-grid.wgsl reads. */
function rayGrid(voxels: CheckedVoxels, { memory, distance, bindGroup, bindingLayout }: GridContext) {
  const { dims, rgb } = voxels;
  const n = voxels.filled.length;
  const planes = gridPlanes(voxels);
  const { device } = memory;
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  const most = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / 12);
  if (n > most) {
    throw new VoxelVolumeError(
      "invalid-option",
      `voxels: ${dims.join(" x ")} voxels: this GPU holds at most ${most}`,
    );
  }
  const data = new Uint32Array(2 * n + planes.length);
  data.set(voxelWords(voxels));
  data.set(rgb, n);
  data.set(new Uint32Array(planes.buffer), 2 * n);
  const { grid, words } = brickWords(voxels);
  const cells = device.createBuffer({
    label: "cells",
    size: 16,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(cells, 0, new Uint32Array([...dims, Number(!voxels.planes)]));
  const voxelData = memory.bufferOf("explicit voxels", data);
  const bricks = memory.bufferOf("brick table", words);
  distance.run(grid, bricks);
  const [voxelLayout, frameLayout] = READER.groups.map((kinds) => bindingLayout(device, kinds));
  const voxelGroup = bindGroup(device, voxelLayout, [cells, voxelData]);
  const rays: RayGrid = {
    reader: READER,
    brickCount: words.length,
    bind: (frame) => [voxelGroup, bindGroup(device, frameLayout, [frame, bricks])],
  };
  const destroy = () => {
    memory.free(voxelData, bricks);
    cells.destroy();
  };
  return { rays, destroy };
}

/** See shaders/lib/voxel.wgsl. A filled voxel with transparent faces stays filled, as it may have edges. */
function voxelWords({ filled, alpha }: CheckedVoxels): Uint32Array {
  return Uint32Array.from(filled, (is, i) => (is ? Math.max(1, Math.round(alpha[i] * ALPHA_MAX)) : 0));
}

/** The brick table before distances are added: see shaders/lib/brick.wgsl. */
function brickWords({ dims, filled }: CheckedVoxels) {
  const grid = bricksOf(dims);
  const words = new Uint32Array(count(grid));
  const [nx, ny] = dims;
  for (const [i, is] of filled.entries()) {
    if (!is) continue;
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)].map((n) =>
      Math.floor(n / BRICK),
    );
    words[(z * grid[1] + y) * grid[0] + x] = OCCUPIED;
  }
  return { grid, words };
}

/** The planes of all axes, concatenated, scaled so that there are as many units as voxels. */
function gridPlanes({ dims, planes, low, high }: CheckedVoxels): Float32Array<ArrayBuffer> {
  const all = dims.map((n, axis) =>
    Array.from({ length: n + 1 }, (_, i) =>
      planes ? ((planes[axis][i] - low[axis]) / (high[axis] - low[axis])) * n : i,
    ),
  );
  return Float32Array.from(all.flat());
}
