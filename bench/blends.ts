/** The blenders that are measured: the renderer's own two, and others for comparison. */

import type { Blender } from "../src/engine/blend/blender.ts";
import { ExactBlender } from "../src/engine/blend/exact.ts";
import { VisibleFaces } from "../src/engine/blend/visible-faces.ts";
import { WeightedBlender } from "../src/engine/blend/weighted.ts";
import type { GpuMemory } from "../src/engine/gpu/memory.ts";
import type { GridReader } from "../src/engine/grid-reader.ts";
import byAnchor from "./reference/by-anchor.wgsl";
import byDepth from "./reference/by-depth.wgsl";
import byVoxel from "./reference/by-voxel.wgsl";
import { publishedBlender } from "./reference/published.ts";

/** Limit of the faces per pixel that is never reached in practice. */
const UNBOUNDED = 24;

/** A value for `RendererOptions.blenders`. docs/transparency.md describes each blender. */
export function references(memory: GpuMemory, reader: GridReader): Record<string, Blender> {
  const unbounded = (weights?: string) =>
    new WeightedBlender(memory, reader, {
      weights,
      faces: new VisibleFaces(memory, reader, { facesPerPixel: UNBOUNDED }),
    });
  return {
    unskipped: new ExactBlender(memory.device, reader, { skip: false }),
    plain: new ExactBlender(memory.device, reader, { skip: false, stop: false }),
    published: publishedBlender(memory, reader),
    unbounded: unbounded(),
    "by-depth": unbounded(byDepth),
    "by-voxel": unbounded(byVoxel),
    "by-anchor": unbounded(byAnchor),
  };
}
