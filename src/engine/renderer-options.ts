/** Options of the renderer and of its frames. */

import type { Volume } from "../volume.ts";
import type { MoreBlenders } from "./blend/blender-set.ts";
import type { Profiler } from "./gpu/profiler.ts";
import type { ExplicitVoxels } from "./grid.ts";

/** What can be drawn. */
export type Scene = Volume | ExplicitVoxels;

export interface RendererOptions {
  /** Format of the textures that frames are drawn into. */
  readonly format: GPUTextureFormat;
  /** Bytes of GPU memory that the renderer may plan to use; see GpuMemory. */
  readonly budget?: number;
  /** Additional blenders for comparison, keyed by the value of `blend` that selects them. */
  readonly blenders?: MoreBlenders;
}

/** Options of a frame. */
export interface FrameOptions {
  /** Samples per pixel, a square number. */
  readonly samples?: number;
  /** Device pixels per CSS pixel, the unit of edge widths. */
  readonly scale?: number;
  /** Size of the detail to show of a volume that is read in parts, in pixels; 1 by default. */
  readonly detail?: number;
  readonly profiler?: Profiler;
}
