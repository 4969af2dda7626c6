/** Kernel: a compute pipeline with one entry point, run over a number of threads. */

import commonShader from "../../../shaders/lib/common.wgsl";
import { type Binding, bindGroup, bindingLayout, type Resource } from "./bind-group.ts";
import { gpuError } from "./errors.ts";
import { cachedPipeline } from "./pipeline-cache.ts";
import type { Profiler } from "./profiler.ts";
import { UniformBuffer, UniformLayout, type UniformValue, wgslConstant } from "./uniforms.ts";

/** Threads per workgroup, the same in every shader. */
export const WORKGROUP = wgslConstant(commonShader, "WORKGROUP");
/** WebGPU's guaranteed maxComputeWorkgroupsPerDimension. */
const MAX_GROUPS = 65535;

export interface KernelOptions {
  readonly label: string;
  /** The shader, preceded by the WGSL that it requires. */
  readonly code: readonly string[];
  readonly constants?: Readonly<Record<string, number>>;
  /** Bindings of group 0. If the shader has a uniform struct `Params`, that is binding 0 and these follow it. */
  readonly bindings: readonly Binding[];
  /** Bindings of the groups from 1. */
  readonly groups?: readonly (readonly Binding[])[];
}

/** Inputs of one run. */
export interface KernelRun {
  readonly params?: Readonly<Record<string, UniformValue>>;
  readonly resources: readonly Resource[];
  /** Bind groups from 1 on. */
  readonly groups?: readonly GPUBindGroup[];
  readonly threads: number;
  readonly profiler?: Profiler;
}

export class Kernel {
  readonly #params: UniformBuffer | undefined;
  readonly #layout: GPUBindGroupLayout;
  #pipeline: GPUComputePipeline | undefined;

  constructor(
    private readonly device: GPUDevice,
    private readonly options: KernelOptions,
  ) {
    const { label, code, bindings } = options;
    const text = code.join("\n");
    if (/struct Params\b/.test(text)) {
      this.#params = new UniformBuffer(device, new UniformLayout(text, "Params"), label);
    }
    this.#layout = bindingLayout(device, this.#params ? ["uniform", ...bindings] : bindings);
  }

  /** Compiles, once. Must resolve before the first run. */
  async ready(): Promise<void> {
    const { device } = this;
    const { label, code, constants, bindings, groups = [] } = this.options;
    try {
      this.#pipeline ??= await cachedPipeline(device, [code, constants, bindings, groups], () =>
        device.createComputePipelineAsync({
          label,
          layout: device.createPipelineLayout({
            bindGroupLayouts: [this.#layout, ...groups.map((kinds) => bindingLayout(device, kinds))],
          }),
          compute: {
            module: device.createShaderModule({ label, code: code.join("\n") }),
            constants,
          },
        }),
      );
    } catch (cause) {
      throw await gpuError(device, cause);
    }
  }

  /** Binds resources to group 0, for `encode`. */
  bind(resources: readonly Resource[]): GPUBindGroup {
    const params = this.#params ? [this.#params.buffer] : [];
    return bindGroup(this.device, this.#layout, [...params, ...resources]);
  }

  /** Encodes one run with existing bind groups. */
  encode(
    encoder: GPUCommandEncoder,
    groups: readonly GPUBindGroup[],
    threads: number,
    profiler?: Profiler,
  ): void {
    const { label } = this.options;
    if (!this.#pipeline) throw new Error(`${label} is not compiled`);
    const pass = encoder.beginComputePass({ label, timestampWrites: profiler?.pass(label) });
    pass.setPipeline(this.#pipeline);
    for (const [number, group] of groups.entries()) pass.setBindGroup(number, group);
    const workgroups = Math.ceil(threads / WORKGROUP);
    // Spread over two dimensions if one is too short.
    const rows = Math.max(1, Math.ceil(workgroups / MAX_GROUPS));
    pass.dispatchWorkgroups(Math.ceil(workgroups / rows), rows);
    pass.end();
  }

  /** Submits one run. */
  run({ params, resources, groups = [], threads, profiler }: KernelRun): void {
    if (params) this.#params?.write(params);
    const encoder = this.device.createCommandEncoder({ label: this.options.label });
    this.encode(encoder, [this.bind(resources), ...groups], threads, profiler);
    this.device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.#params?.destroy();
  }
}
