/** How passes read a grid, whatever it is made of. */

import type { Binding } from "./gpu/bind-group.ts";

/** How drawing passes read a grid: WGSL that defines what shaders/lib/stored-grid.wgsl defines. */
export interface GridReader {
  readonly code: readonly string[];
  readonly constants: Readonly<Record<string, number>>;
  /** What groups 1 and 2 bind. */
  readonly groups: readonly [readonly Binding[], readonly Binding[]];
}

/** A grid that rays can be followed through. */
export interface RayGrid {
  readonly reader: GridReader;
  /** Number of its bricks. */
  readonly brickCount: number;
  /** Bind groups 1 and 2, with the uniform struct Frame and 256 colours (rgba8unorm). */
  bind(frame: GPUBuffer, palette: GPUBuffer): readonly GPUBindGroup[];
}

/** Whether passes that were made for the one read grids of the other. */
export function isSameReader(a: GridReader | undefined, b: GridReader): boolean {
  return a?.code === b.code && JSON.stringify(a.constants) === JSON.stringify(b.constants);
}
