/** PageLook: finds which pages the rays of a picture need, and how much light reaches each. */

import commonShader from "../../../shaders/lib/common.wgsl";
import listedPagesShader from "../../../shaders/lib/listed-pages.wgsl";
import visiblePagesShader from "../../../shaders/pipeline/visible-pages.wgsl";
import weighPagesShader from "../../../shaders/pipeline/weigh-pages.wgsl";
import { tracingCode } from "../blend/blender.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import { Kernel, WORKGROUP } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import { wgslConstant } from "../gpu/uniforms.ts";
import type { GridReader } from "../grid-reader.ts";

const TILE = wgslConstant(visiblePagesShader, "TILE");
/** Most pages that a look lists. More do not fit any pool of a useful size. */
const MOST_LISTED = 1 << 15;
/** Bytes of a listed page, and of the count before them. */
const PAGE_BYTES = 8;
const COUNT_BYTES = 4;

/** A page that rays need. */
export interface SeenPage {
  readonly page: number;
  /** Light that reaches it, summed over rays. */
  readonly light: number;
}

/** A size of a picture, in pixels, and the pixels that are looked at: one of `stride` x `stride`. */
export interface LookOptions {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  /** Which pixel of them, 0 to stride * stride - 1. */
  readonly number: number;
}

export class PageLook {
  readonly #visible: Kernel;
  readonly #weigh: Kernel;
  readonly #marks: GPUBuffer;
  readonly #listed: GPUBuffer;

  /** @param reader of the grid, with a traversal that calls `note`. @param pages their number. */
  constructor(
    private readonly memory: GpuMemory,
    reader: GridReader,
    pages: number,
  ) {
    const { device } = memory;
    const { constants, groups } = reader;
    this.#visible = new Kernel(device, {
      label: "visible-pages",
      code: [...tracingCode(reader), listedPagesShader, visiblePagesShader],
      constants,
      bindings: ["write", "write"],
      groups,
    });
    this.#weigh = new Kernel(device, {
      label: "weigh-pages",
      code: [commonShader, listedPagesShader, weighPagesShader],
      bindings: ["write", "write"],
    });
    this.#marks = memory.buffer("page marks", 4 * pages);
    this.#listed = memory.buffer("listed pages", COUNT_BYTES + PAGE_BYTES * Math.min(MOST_LISTED, pages));
  }

  async ready(): Promise<void> {
    await Promise.all([this.#visible.ready(), this.#weigh.ready()]);
  }

  /**
   * Looks with the current frame uniforms: submits its work before it returns.
   * @returns the pages, or undefined if there are more than can be listed.
   */
  async run(
    groups: readonly GPUBindGroup[],
    { width, height, stride, number }: LookOptions,
  ): Promise<SeenPage[] | undefined> {
    const { device } = this.memory;
    const tiles = [width, height].map((side) => Math.ceil(Math.ceil(side / stride) / TILE));
    const most = (this.#listed.size - COUNT_BYTES) / PAGE_BYTES;
    await guarded(device, () => {
      const encoder = device.createCommandEncoder();
      encoder.clearBuffer(this.#listed, 0, COUNT_BYTES);
      device.queue.submit([encoder.finish()]);
      this.#visible.run({
        params: { stride, pixel: [number % stride, Math.floor(number / stride) % stride] },
        resources: [this.#marks, this.#listed],
        groups,
        threads: tiles[0] * tiles[1] * WORKGROUP,
      });
      this.#weigh.run({ resources: [this.#marks, this.#listed], threads: most });
    });
    const words = new Uint32Array(await readBuffer(device, this.#listed));
    if (words[0] > most) {
      // Pages that were not listed have kept their marks.
      const encoder = device.createCommandEncoder();
      encoder.clearBuffer(this.#marks);
      device.queue.submit([encoder.finish()]);
      return undefined;
    }
    return Array.from({ length: words[0] }, (_, i) => ({ page: words[1 + 2 * i], light: words[2 + 2 * i] }));
  }

  destroy(): void {
    this.#visible.destroy();
    this.#weigh.destroy();
    this.memory.free(this.#marks, this.#listed);
  }
}
