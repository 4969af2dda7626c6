/** Kernel: one compute entry point with its parameters; runs it over a number of threads. */

import { once } from "./pipeline-cache.ts";
import type { Profiler } from "./profiler.ts";
import { UniformBuffer, UniformLayout, type UniformValue, wgslConstant } from "./uniforms.ts";

/** Threads of a workgroup, in every shader. */
const WORKGROUP = 256;
/** WebGPU's guaranteed maxComputeWorkgroupsPerDimension. */
const MAX_GROUPS = 65535;

export interface KernelOptions {
  readonly label: string;
  /** The shader and what it shares with others, to be joined. */
  readonly code: readonly string[];
  readonly entryPoint?: string;
  readonly constants?: Record<string, number>;
}

/** Bindings: 0 is the uniform struct `Params`, the storage buffers follow in the order given. */
export class Kernel {
  #pipeline: GPUComputePipeline | undefined;
  readonly #params: UniformBuffer;
  /** Elements that a workgroup works on: each thread on `const PER_THREAD` of them, where the shader has that. */
  readonly perGroup: number;

  constructor(
    private readonly device: GPUDevice,
    private readonly options: KernelOptions,
  ) {
    const code = options.code.join("\n");
    this.perGroup = WORKGROUP * (/const PER_THREAD\b/.test(code) ? wgslConstant(code, "PER_THREAD") : 1);
    this.#params = new UniformBuffer(device, new UniformLayout(code, "Params"), options.label);
  }

  /** Submits one run over `count` elements. */
  run(
    params: Readonly<Record<string, UniformValue>>,
    buffers: readonly GPUBuffer[],
    count: number,
    profiler?: Profiler,
  ): void {
    this.#params.write(params);
    // Compiled when first needed: much of what there is never runs.
    this.#pipeline ??= computePipeline(this.device, this.options);
    const pipeline = this.#pipeline;
    const encoder = this.device.createCommandEncoder({ label: this.options.label });
    const pass = encoder.beginComputePass({
      label: this.options.label,
      timestampWrites: profiler?.pass(this.options.label),
    });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup(this.device, pipeline, [this.#params.buffer, ...buffers]));
    dispatch(pass, Math.ceil(count / this.perGroup));
    pass.end();
    this.device.queue.submit([encoder.finish()]);
  }

  destroy(): void {
    this.#params.destroy();
  }
}

/** A compute pipeline of the shader `code`, with its automatic layout. */
export function computePipeline(
  device: GPUDevice,
  { label, code, entryPoint = "main", constants }: KernelOptions,
): GPUComputePipeline {
  return once(device, [code, entryPoint, constants], () => {
    const module = device.createShaderModule({ label, code: code.join("\n") });
    return device.createComputePipeline({
      label,
      layout: "auto",
      compute: { module, entryPoint, constants: { ...constants, WORKGROUP } },
    });
  });
}

/** Binds buffers and texture views to group 0 in the order given; undefined leaves a number out. */
export function bindGroup(
  device: GPUDevice,
  pipeline: GPUComputePipeline | GPURenderPipeline,
  resources: readonly (GPUBuffer | GPUTextureView | undefined)[],
): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: resources.flatMap((resource, binding) =>
      resource ? [{ binding, resource: "size" in resource ? { buffer: resource } : resource }] : [],
    ),
  });
}

/** Workgroups that cover `count` threads. */
export function groupsFor(count: number): number {
  return Math.ceil(count / WORKGROUP);
}

/** Dispatches `groups` workgroups, folded into two dimensions where one is too short. */
export function dispatch(pass: GPUComputePassEncoder, groups: number): void {
  const rows = Math.ceil(groups / MAX_GROUPS);
  pass.dispatchWorkgroups(Math.ceil(groups / Math.max(rows, 1)), rows);
}
