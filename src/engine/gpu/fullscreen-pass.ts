/** FullscreenPass: runs a fragment shader on every pixel of a target and adds the result to it. */

import fullscreenShader from "../../../shaders/lib/fullscreen.wgsl";
import { type Binding, bindGroup, bindingLayout, type Resource } from "./bind-group.ts";
import { gpuError } from "./errors.ts";
import { cachedPipeline } from "./pipeline-cache.ts";
import type { Profiler } from "./profiler.ts";

/** The texture to draw into. The picture, times `share`, is added to its content. */
export interface Target {
  readonly view: GPUTextureView;
  readonly format: GPUTextureFormat;
  readonly width: number;
  readonly height: number;
  readonly loadOp: GPULoadOp;
  /** Weight of this picture in the mean of several samples: 1 / number of samples. */
  readonly share: number;
}

export interface FullscreenOptions {
  /** Name of the entry point in `code`. */
  readonly fragment: string;
  readonly code: readonly string[];
  readonly constants?: Readonly<Record<string, number>>;
  /** Bindings of the groups from 0. */
  readonly groups: readonly (readonly Binding[])[];
}

/** Keeps one pipeline per target format. */
export class FullscreenPass {
  readonly #pipelines = new Map<GPUTextureFormat, GPURenderPipeline>();

  constructor(
    private readonly device: GPUDevice,
    private readonly options: FullscreenOptions,
  ) {}

  isReady(format: GPUTextureFormat): boolean {
    return this.#pipelines.has(format);
  }

  /** Compiles for a format, once. Must resolve before the first encode(). */
  async ready(format: GPUTextureFormat): Promise<void> {
    if (this.isReady(format)) return;
    const { device } = this;
    const { fragment, code, constants, groups } = this.options;
    try {
      const pipeline = await cachedPipeline(device, [code, fragment, constants, groups, format], () =>
        this.#compile(format),
      );
      this.#pipelines.set(format, pipeline);
    } catch (cause) {
      throw await gpuError(device, cause);
    }
  }

  #compile(format: GPUTextureFormat): Promise<GPURenderPipeline> {
    const { device } = this;
    const { fragment, code, constants, groups } = this.options;
    const module = device.createShaderModule({
      label: fragment,
      code: [...code, fullscreenShader].join("\n"),
    });
    const add: GPUBlendComponent = { srcFactor: "constant", dstFactor: "one" };
    return device.createRenderPipelineAsync({
      label: fragment,
      layout: device.createPipelineLayout({
        bindGroupLayouts: groups.map((kinds) => bindingLayout(device, kinds)),
      }),
      vertex: { module, entryPoint: "fullscreen" },
      fragment: {
        module,
        entryPoint: fragment,
        constants,
        targets: [{ format, blend: { color: add, alpha: add } }],
      },
    });
  }

  /** Binds resources to group 0. */
  bind(resources: readonly Resource[]): GPUBindGroup {
    return bindGroup(this.device, bindingLayout(this.device, this.options.groups[0]), resources);
  }

  /** Encodes the pass, limited to a band of rows if one is given. */
  encode(
    encoder: GPUCommandEncoder,
    { view, format, width, loadOp, share }: Target,
    groups: readonly GPUBindGroup[],
    profiler?: Profiler,
    band?: { first: number; rows: number },
  ): void {
    const { fragment } = this.options;
    const pipeline = this.#pipelines.get(format);
    if (!pipeline) throw new Error(`${fragment} is not compiled for ${format}`);
    const pass = encoder.beginRenderPass({
      label: fragment,
      colorAttachments: [
        {
          view,
          loadOp: band && band.first > 0 ? "load" : loadOp,
          clearValue: [0, 0, 0, 0],
          storeOp: "store",
        },
      ],
      timestampWrites: profiler?.pass(fragment),
    });
    pass.setPipeline(pipeline);
    if (band) pass.setScissorRect(0, band.first, width, band.rows);
    pass.setBlendConstant([share, share, share, share]);
    for (const [number, group] of groups.entries()) pass.setBindGroup(number, group);
    pass.draw(3);
    pass.end();
  }
}
