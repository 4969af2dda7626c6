/** Grids that are ready to be drawn: of a volume's stored values, or of explicit voxels. */

import type { Vec3 } from "../volume.ts";
import type { Blender } from "./blend/blender.ts";
import type { bindGroup, bindingLayout } from "./gpu/bind-group.ts";
import type { FullscreenPass } from "./gpu/fullscreen-pass.ts";
import type { GpuMemory } from "./gpu/memory.ts";
import type { cachedPipeline } from "./gpu/pipeline-cache.ts";
import type { RayGrid } from "./grid-reader.ts";
import type { BrickDistance } from "./pipeline/brick-distance.ts";

interface GridShape {
  /** Voxels of the whole grid, which fills the box. */
  readonly dims: Vec3;
  /** Voxels of what the crop leaves. */
  readonly cutDims: Vec3;
  /** Axes that run backwards through the box. */
  readonly flip: readonly boolean[];
}

export interface StoredGrid extends GridShape {
  readonly kind: "stored";
  readonly rays: RayGrid;
}

export interface ExplicitGrid extends GridShape {
  readonly kind: "explicit";
  readonly filledCount: number;
  readonly edgeStyle: EdgeStyle;
  /** Undefined where corners are moved freely, so that rays cannot find voxels: then `blender` draws it. */
  readonly rays?: RayGrid;
  readonly blender?: Blender;
  destroy(): void;
}

export type Grid = StoredGrid | ExplicitGrid;

/** Lines along the faces, and whether faces between two filled voxels are left out. */
export interface EdgeStyle {
  /** Straight red, green, blue and alpha from 0 to 1. */
  readonly edge: readonly number[];
  /** In CSS pixels; 0 for none. */
  readonly edgeWidth: number;
  readonly hideInner: boolean;
}

/** Explicit voxels as the engine takes them, in place of a Volume. */
export interface ExplicitVoxels {
  readonly kind: "explicit";
  readonly dims: Vec3;
  /** Sides of a voxel, or what comes to the same box. */
  readonly spacing: Vec3;
  /** @throws VoxelVolumeError "invalid-option" where the device cannot hold the grid. */
  makeGrid(context: GridContext): ExplicitGrid;
}

/**
 * Parts of the engine for code that makes explicit grids. Passed, not imported, so that esbuild does not move them to a
 * chunk that every page would have to fetch apart.
 */
export interface GridContext {
  readonly memory: GpuMemory;
  /** The uniform struct Frame, and its WGSL. */
  readonly frame: GPUBuffer;
  readonly frameCode: string;
  readonly distance: BrickDistance;
  readonly bindGroup: typeof bindGroup;
  readonly bindingLayout: typeof bindingLayout;
  readonly cachedPipeline: typeof cachedPipeline;
  readonly FullscreenPass: typeof FullscreenPass;
}
