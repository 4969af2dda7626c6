/** Palette: the colours that voxel words name, on the GPU. */

import { palette } from "../options/colormaps.ts";
import type { GpuMemory } from "./gpu/memory.ts";

/** As many as a voxel word can name. */
const MOST_COLORS = 65536;

export class Palette {
  readonly buffer: GPUBuffer;
  /** What the buffer holds. */
  #colors: string | Uint32Array = "";

  constructor(private readonly memory: GpuMemory) {
    this.buffer = memory.buffer("palette", 4 * MOST_COLORS);
  }

  /** @param colors a colour map that has been fetched, or colours (rgba8unorm). */
  set(colors: string | Uint32Array<ArrayBuffer>): void {
    if (colors === this.#colors) return;
    const { queue } = this.memory.device;
    queue.writeBuffer(this.buffer, 0, typeof colors === "string" ? palette(colors) : colors);
    this.#colors = colors;
  }
}
