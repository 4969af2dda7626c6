/** Grids that are ready to draw: a volume's stored values, or explicit voxels. */

import type { Vec3 } from "../volume.ts";
import type { Blender } from "./blend/blender.ts";
import type { bindGroup, bindingLayout } from "./gpu/bind-group.ts";
import type { FullscreenPass } from "./gpu/fullscreen-pass.ts";
import type { GpuMemory } from "./gpu/memory.ts";
import type { cachedPipeline } from "./gpu/pipeline-cache.ts";
import type { RayGrid } from "./grid-reader.ts";
import type { BrickDistance } from "./pipeline/brick-distance.ts";

interface GridShape {
  /** Voxels of the whole grid along each axis. The grid fills the box. */
  readonly dims: Vec3;
  /** Voxels along each axis after cropping. */
  readonly cutDims: Vec3;
  /** Axes whose direction is reversed in the box. */
  readonly flip: readonly boolean[];
}

/** A voxel that a ray has found. */
export interface PickedVoxel {
  /** Index in the volume. For a voxel of a coarser level, that of the voxel in its middle. */
  readonly index: Vec3;
  /** Level of the voxel and its index there, if the volume is drawn from several levels. */
  readonly level?: number;
  readonly cell?: Vec3;
}

export interface StoredGrid extends GridShape {
  readonly kind: "stored";
  readonly rays: RayGrid;
}

export interface ExplicitGrid extends GridShape {
  readonly kind: "explicit";
  readonly filledCount: number;
  readonly edgeStyle: EdgeStyle;
  /** Undefined if corners are moved freely: rays cannot find voxels then, so `blender` draws the grid. */
  readonly rays?: RayGrid;
  readonly blender?: Blender;
  destroy(): void;
}

export type Grid = StoredGrid | ExplicitGrid;

/** Style of the lines along faces, and whether faces between two filled voxels are omitted. */
export interface EdgeStyle {
  /** Linear red, green, blue and alpha, 0 to 1. */
  readonly edge: readonly number[];
  /** Width in CSS pixels; 0 for no lines. */
  readonly edgeWidth: number;
  readonly hideInner: boolean;
}

/** Explicit voxels in the form that the engine draws, in place of a Volume. */
export interface ExplicitVoxels {
  readonly kind: "explicit";
  readonly dims: Vec3;
  /** Side lengths of a voxel, or any values that give the same box. */
  readonly spacing: Vec3;
  /** @throws VoxelVolumeError "invalid-option" if the device cannot hold the grid. */
  makeGrid(context: GridContext): ExplicitGrid;
}

/**
 * Parts of the engine that code for explicit grids needs. Passed as arguments, not imported: with imports, esbuild
 * would move them to a separate chunk that every page would have to load.
 */
export interface GridContext {
  readonly memory: GpuMemory;
  /** Buffer with the uniform struct Frame. */
  readonly frame: GPUBuffer;
  /** WGSL of the struct Frame. */
  readonly frameCode: string;
  readonly distance: BrickDistance;
  readonly bindGroup: typeof bindGroup;
  readonly bindingLayout: typeof bindingLayout;
  readonly cachedPipeline: typeof cachedPipeline;
  readonly FullscreenPass: typeof FullscreenPass;
}
