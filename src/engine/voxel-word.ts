/** Voxel words on the CPU: see shaders/lib/voxel.wgsl. */

import voxelShader from "../../shaders/lib/voxel.wgsl";
import { wgslConstant } from "./gpu/uniforms.ts";

/** The alpha of an opaque voxel. */
export const ALPHA_MAX = wgslConstant(voxelShader, "ALPHA_MAX");

/** Alpha before opacity, 0 to 1. */
export function alphaOf(word: number): number {
  return (word & ALPHA_MAX) / ALPHA_MAX;
}

/** Index in the palette, 0 for an empty voxel. */
export function colorOf(word: number): number {
  return alphaOf(word) > 0 ? word >>> 16 : 0;
}

/** An opaque voxel of this colour. */
export function opaqueWord(color: number): number {
  return ((color << 16) | ALPHA_MAX) >>> 0;
}
