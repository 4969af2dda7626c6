/** Grids of voxels ready to be drawn, and how rays look at them; sources of such grids besides the scalar pipeline. */

import regularShader from "../../shaders/lib/regular.wgsl";
import regularColorShader from "../../shaders/lib/regular-color.wgsl";
import type { Vec3 } from "../volume.ts";
import type { Blender, ScreenPass } from "./blend/blender.ts";
import type { Distance } from "./distance.ts";
import type { storageBuffer } from "./gpu/buffers.ts";
import type { bindGroup } from "./gpu/kernel.ts";
import type { once } from "./gpu/pipeline-cache.ts";

/** Voxels ready to be drawn. Who made the buffers owns them. */
export interface VoxelGrid {
  /** Shape of the whole grid, which fills the box. */
  readonly gridDims: Vec3;
  /** Shape of what the crop leaves of it, and its low corner there. */
  readonly dims: Vec3;
  readonly first: Vec3;
  /** A word a voxel, x fastest: see shaders/voxel.wgsl. */
  readonly voxels: GPUBuffer;
  /** How many voxels are filled. */
  readonly filledCount: number;
  /** Lines along the faces, and whether faces between two filled voxels are left out; plain faces without. */
  readonly look?: Look;
}

export interface Look {
  /** Straight red, green, blue and alpha from 0 to 1. */
  readonly edge: readonly number[];
  /** In CSS pixels; 0 for none. */
  readonly edgeWidth: number;
  readonly hideInner: boolean;
}

/** The WGSL by which passes know a grid: see shaders/regular.wgsl and shaders/regular_color.wgsl. */
export interface GridCode {
  readonly places: string;
  readonly colors: string;
}

/** Of the scalar pipeline's grid. */
export const REGULAR: GridCode = { places: regularShader, colors: regularColorShader };

/**
 * The engine's means, handed to what brings its own grid: that is fetched apart, and importing them from there would
 * split the code that every page loads.
 */
export interface Means {
  readonly device: GPUDevice;
  /** The uniform struct View, and its WGSL. */
  readonly view: GPUBuffer;
  readonly viewCode: string;
  readonly distance: Distance;
  readonly storageBuffer: typeof storageBuffer;
  readonly bindGroup: typeof bindGroup;
  readonly once: typeof once;
  readonly ScreenPass: typeof ScreenPass;
}

/** Something to draw that brings its own grid, in place of a Volume for the scalar pipeline. */
export interface GridSource {
  readonly dims: Vec3;
  /** Sides of a voxel, or what comes to the same box. */
  readonly spacing: Vec3;
  /** For rays to look at the grid with, or what draws it where they cannot. */
  readonly drawing: { readonly code: GridCode } | { blender(means: Means): Blender };
  /** @throws VoxelVolumeError "invalid-option" where the device cannot hold the grid. */
  makeGrid(means: Means): VoxelGrid;
}
