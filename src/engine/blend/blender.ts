/** The interface that all blenders implement: each draws the voxels of a grid into a target. */

import brickShader from "../../../shaders/lib/brick.wgsl";
import commonShader from "../../../shaders/lib/common.wgsl";
import frameShader from "../../../shaders/lib/frame.wgsl";
import rayShader from "../../../shaders/lib/ray.wgsl";
import shadeShader from "../../../shaders/lib/shade.wgsl";
import traverseShader from "../../../shaders/lib/traverse.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import type { DrawnCamera } from "../../options/camera.ts";
import type { clipFromBox } from "../../options/projection.ts";
import type { Target } from "../gpu/fullscreen-pass.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { GridReader } from "../grid-reader.ts";

/** Position of the grid relative to the camera: see shaders/lib/frame.wgsl. */
export interface GridTransform {
  readonly camera: DrawnCamera;
  readonly origin: readonly number[];
  readonly voxel: readonly number[];
  readonly side: number;
}

export interface Blender {
  /** Compiles the pipelines for a target format. Must resolve before the first draw(). */
  ready(format: GPUTextureFormat): Promise<void>;
  isReady(format: GPUTextureFormat): boolean;
  /** Sets the grid: its bind groups 1 and 2 and its number of bricks. */
  setGrid(groups: readonly GPUBindGroup[], brickCount: number): void;
  /** Matrix from box coordinates to clip space, column-major, for a blender that rasterizes. */
  readonly clipFromBox?: typeof clipFromBox;
  /** Called before each picture, for blenders that need the camera on the CPU. */
  setTransform?(transform: GridTransform): void;
  /** Submits one picture with premultiplied alpha. `moved`: the view may have changed since the last one. */
  draw(target: Target, moved: boolean, profiler?: Profiler): void;
  /** Frees the buffers that depend on the picture's size; the next draw() recreates them. */
  release(): void;
  destroy(): void;
}

/** WGSL for passes that trace rays through a grid. */
export function tracingCode(reader: GridReader): string[] {
  return [
    ...new Set([
      commonShader,
      voxelShader,
      brickShader,
      frameShader,
      rayShader,
      shadeShader,
      ...reader.code,
      reader.traversal ?? traverseShader,
    ]),
  ];
}
