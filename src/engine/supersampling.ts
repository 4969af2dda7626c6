/** Supersampling: averages several samples per pixel, taken on a regular grid. */

import resolveShader from "../../shaders/blend/resolve.wgsl";
import { FullscreenPass, type Target } from "./gpu/fullscreen-pass.ts";
import type { GpuMemory } from "./gpu/memory.ts";
import type { Profiler } from "./gpu/profiler.ts";

interface Mean {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
  readonly bindings: GPUBindGroup;
}

export class Supersampling {
  /** Format of the targets that samples are drawn into. */
  readonly format: GPUTextureFormat;
  readonly #resolve: FullscreenPass;
  #mean: Mean | undefined;

  constructor(private readonly memory: GpuMemory) {
    const { device } = memory;
    this.format = device.features.has("float32-blendable") ? "rgba32float" : "rgba16float";
    this.#resolve = new FullscreenPass(device, {
      fragment: "resolve",
      code: [resolveShader],
      groups: [["picture"]],
    });
  }

  ready(format: GPUTextureFormat): Promise<void> {
    return this.#resolve.ready(format);
  }

  /** Draws `samples` (a square number) per pixel. `sample` gets the target and the offset from the pixel centres. */
  draw(
    target: Target,
    samples: number,
    sample: (target: Target, offset: readonly [number, number]) => void,
    profiler?: Profiler,
  ): void {
    const side = Math.round(Math.sqrt(samples));
    const { width, height } = target;
    const { view, bindings } = this.#meanOf(width, height);
    for (let i = 0; i < side * side; i++) {
      const offset = [((i % side) + 0.5) / side - 0.5, (Math.floor(i / side) + 0.5) / side - 0.5] as const;
      const loadOp = i === 0 ? "clear" : "load";
      sample({ view, format: this.format, width, height, loadOp, share: 1 / (side * side) }, offset);
    }
    const { device } = this.memory;
    const encoder = device.createCommandEncoder({ label: "resolve" });
    this.#resolve.encode(encoder, target, [bindings], profiler);
    device.queue.submit([encoder.finish()]);
  }

  #meanOf(width: number, height: number): Mean {
    const size = this.#mean?.texture;
    if (this.#mean && size?.width === width && size.height === height) return this.#mean;
    this.release();
    const texture = this.memory.texture({
      label: "mean",
      size: [width, height],
      format: this.format,
      usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.TEXTURE_BINDING,
    });
    const view = texture.createView();
    const mean = { texture, view, bindings: this.#resolve.bind([view]) };
    this.#mean = mean;
    return mean;
  }

  release(): void {
    this.memory.free(this.#mean?.texture);
    this.#mean = undefined;
  }
}
