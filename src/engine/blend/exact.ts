/** blend="exact": traces one ray per pixel through the grid. */

import exactShader from "../../../shaders/blend/exact.wgsl";
import frontToBackShader from "../../../shaders/lib/front-to-back.wgsl";
import { FullscreenPass, type Target } from "../gpu/fullscreen-pass.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { GridReader } from "../grid-reader.ts";
import { type Blender, tracingCode } from "./blender.ts";

export class ExactBlender implements Blender {
  readonly #trace: FullscreenPass;
  #groups: readonly GPUBindGroup[] = [];

  /** For comparison: without `skip`, rays do not skip empty space; without `stop`, they never end early. */
  constructor(
    private readonly device: GPUDevice,
    reader: GridReader,
    { skip = true, stop = true } = {},
  ) {
    this.#trace = new FullscreenPass(device, {
      fragment: "exact",
      code: [...tracingCode(reader), frontToBackShader, exactShader],
      constants: { ...reader.constants, SKIP: Number(skip), STOP: Number(stop) },
      groups: [[], ...reader.groups],
    });
  }

  ready(format: GPUTextureFormat): Promise<void> {
    return this.#trace.ready(format);
  }

  isReady(format: GPUTextureFormat): boolean {
    return this.#trace.isReady(format);
  }

  setGrid(groups: readonly GPUBindGroup[]): void {
    this.#groups = [this.#trace.bind([]), ...groups];
  }

  draw(target: Target, _moved: boolean, profiler?: Profiler): void {
    const encoder = this.device.createCommandEncoder({ label: "exact" });
    this.#trace.encode(encoder, target, this.#groups, profiler);
    this.device.queue.submit([encoder.finish()]);
  }

  release(): void {}

  destroy(): void {}
}
