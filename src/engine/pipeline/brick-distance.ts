/**
 * BrickDistance: writes to each empty brick of a table its distance to the nearest occupied one, so that rays can skip
 * it.
 */

import brickShader from "../../../shaders/lib/brick.wgsl";
import commonShader from "../../../shaders/lib/common.wgsl";
import brickDistanceShader from "../../../shaders/pipeline/brick-distance.wgsl";
import type { Vec3 } from "../../volume.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { count } from "./pool-layout.ts";

export class BrickDistance {
  readonly #kernel: Kernel;

  constructor(private readonly memory: GpuMemory) {
    this.#kernel = new Kernel(memory.device, {
      label: "brick-distance",
      code: [commonShader, brickShader, brickDistanceShader],
      bindings: ["write", "read", "write"],
    });
  }

  ready(): Promise<void> {
    return this.#kernel.ready();
  }

  /** Completes, in place, the words of a table of `grid` bricks. */
  run(grid: Vec3, bricks: GPUBuffer, profiler?: Profiler): void {
    const threads = count(grid);
    const [a, b] = ["distance", "distance"].map((label) => this.memory.buffer(label, threads * 4));
    for (const axis of [0, 1, 2]) {
      const resources = axis === 1 ? [bricks, a, b] : [bricks, b, a];
      this.#kernel.run({ params: { grid, axis }, resources, threads, profiler });
    }
    this.memory.free(a, b);
  }

  destroy(): void {
    this.#kernel.destroy();
  }
}
