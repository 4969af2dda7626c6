/** What the ways of blending have in common: each draws the voxels of a grid into a target. */

import brickShader from "../../../shaders/lib/brick.wgsl";
import commonShader from "../../../shaders/lib/common.wgsl";
import frameShader from "../../../shaders/lib/frame.wgsl";
import shadeShader from "../../../shaders/lib/shade.wgsl";
import traverseShader from "../../../shaders/lib/traverse.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import type { DrawnCamera } from "../../options/camera.ts";
import type { clipFromBox } from "../../options/projection.ts";
import type { Target } from "../gpu/fullscreen-pass.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { GridReader } from "../grid-reader.ts";

/** Where a grid lies before the camera: see shaders/lib/frame.wgsl. */
export interface GridTransform {
  readonly camera: DrawnCamera;
  readonly origin: readonly number[];
  readonly voxel: readonly number[];
  readonly side: number;
}

export interface Blender {
  /** Compiles for a format of targets: to be awaited before the first drawing. */
  ready(format: GPUTextureFormat): Promise<void>;
  isReady(format: GPUTextureFormat): boolean;
  /** Takes a grid: its bind groups 1 and 2, and the number of its bricks. */
  setGrid(groups: readonly GPUBindGroup[], brickCount: number): void;
  /** Box coordinates to clip space, column-major, for a blender that rasterizes. */
  readonly clipFromBox?: typeof clipFromBox;
  /** Told before each picture, where a blender needs more of the camera than the GPU. */
  setTransform?(transform: GridTransform): void;
  /** Submits one picture with premultiplied alpha; `moved` where the view may have changed. */
  draw(target: Target, moved: boolean, profiler?: Profiler): void;
  /** Gives back what depends on the size of the picture: all of it is made again. */
  release(): void;
  destroy(): void;
}

/** The WGSL of passes that follow rays through a grid. */
export function tracingCode(reader: GridReader): string[] {
  return [
    ...new Set([
      commonShader,
      voxelShader,
      brickShader,
      frameShader,
      shadeShader,
      ...reader.code,
      traverseShader,
    ]),
  ];
}
