/** The interface through which passes read a grid, independent of how it is stored. */

import type { Binding } from "./gpu/bind-group.ts";

/** How drawing passes read a grid: WGSL with the same definitions as shaders/lib/stored-grid.wgsl. */
export interface GridReader {
  readonly code: readonly string[];
  /** WGSL in place of shaders/lib/traverse.wgsl. Such a grid has no faces: both blends trace rays. */
  readonly traversal?: string;
  readonly constants: Readonly<Record<string, number>>;
  /** Bindings of groups 1 and 2. */
  readonly groups: readonly [readonly Binding[], readonly Binding[]];
}

/** A grid that rays can be traced through. */
export interface RayGrid {
  readonly reader: GridReader;
  /** Number of bricks. */
  readonly brickCount: number;
  /** Creates bind groups 1 and 2, which include the uniform struct Frame and 256 colours (rgba8unorm). */
  bind(frame: GPUBuffer, palette: GPUBuffer): readonly GPUBindGroup[];
}

/** True if passes created for one reader can read grids of the other. */
export function isSameReader(a: GridReader | undefined, b: GridReader): boolean {
  return a?.code === b.code && JSON.stringify(a.constants) === JSON.stringify(b.constants);
}
