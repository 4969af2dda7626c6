/** Palette: the colours that voxel words refer to, on the GPU. */

import { palette } from "../options/colormaps.ts";
import type { GpuMemory } from "./gpu/memory.ts";

/** The maximum number of colours that a voxel word can refer to. */
const MOST_COLORS = 65536;

export class Palette {
  readonly buffer: GPUBuffer;
  /** Current content of the buffer. */
  #colors: string | Uint32Array = "";

  constructor(private readonly memory: GpuMemory) {
    this.buffer = memory.buffer("palette", 4 * MOST_COLORS);
  }

  /** @param colors the name of a loaded colour map, or colours (rgba8unorm). */
  set(colors: string | Uint32Array<ArrayBuffer>): void {
    if (colors === this.#colors) return;
    const { queue } = this.memory.device;
    queue.writeBuffer(this.buffer, 0, typeof colors === "string" ? palette(colors) : colors);
    this.#colors = colors;
  }
}
