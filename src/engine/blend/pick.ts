/** Picker: finds the voxel that is visible at a point of the picture. */

import pickShader from "../../../shaders/blend/pick.wgsl";
import type { Vec3 } from "../../volume.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { GridReader } from "../grid-reader.ts";
import { tracingCode } from "./blender.ts";

export class Picker {
  readonly #kernel: Kernel;
  readonly #picked: GPUBuffer;

  constructor(
    private readonly memory: GpuMemory,
    reader: GridReader,
  ) {
    this.#kernel = new Kernel(memory.device, {
      label: "pick",
      code: [...tracingCode(reader), pickShader],
      constants: reader.constants,
      bindings: ["write"],
      groups: reader.groups,
    });
    this.#picked = memory.buffer("picked", 16);
  }

  ready(): Promise<void> {
    return this.#kernel.ready();
  }

  /** The voxel that contributes most to the colour at the pixel position, or null. Uses the current frame uniforms. */
  async pick(groups: readonly GPUBindGroup[], pixel: readonly [number, number]): Promise<Vec3 | null> {
    const { device } = this.memory;
    await guarded(device, () =>
      this.#kernel.run({ params: { pixel }, resources: [this.#picked], groups, threads: 1 }),
    );
    const [x, y, z, found] = new Uint32Array(await readBuffer(device, this.#picked));
    return found ? [x, y, z] : null;
  }

  destroy(): void {
    this.#kernel.destroy();
    this.memory.free(this.#picked);
  }
}
