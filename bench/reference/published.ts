/**
 * publishedBlender: the published method, which draws all six faces of every filled voxel, for comparison with other
 * blends.
 */

import { WeightedBlender } from "../../src/engine/blend/weighted.ts";
import type { GpuMemory } from "../../src/engine/gpu/memory.ts";
import type { GridReader } from "../../src/engine/grid-reader.ts";
import { EveryFace } from "./every-face.ts";
import publishedShader from "./published.wgsl";
import publishedFacesShader from "./published-faces.wgsl";

export function publishedBlender(memory: GpuMemory, reader: GridReader): WeightedBlender {
  const faces = new EveryFace(memory, reader, undefined, 2);
  return new WeightedBlender(memory, reader, {
    faces,
    vertices: publishedFacesShader,
    weights: publishedShader,
  });
}
