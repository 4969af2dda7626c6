/** blend="weighted": accumulate faces in any order, composite. */

import compositeShader from "../../../shaders/blend/composite.wgsl";
import common from "../../../shaders/lib/common.wgsl";
import viewShader from "../../../shaders/lib/frame.wgsl";
import frontToBackShader from "../../../shaders/lib/front-to-back.wgsl";
import traverseShader from "../../../shaders/lib/traverse.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import { bindGroup } from "../gpu/kernel.ts";
import { once } from "../gpu/pipeline-cache.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { REGULAR, type VoxelGrid } from "../grid.ts";
import { type Blender, type DrawBuffers, ScreenPass, type Target } from "./blender.ts";

/** Two triangles over the four vertices of a face. */
const QUAD_INDICES = new Uint16Array([0, 1, 2, 2, 1, 3]);
/** What drawIndexedIndirect is to be told of a face. */
export const FACE_INDICES = QUAD_INDICES.length;

/** Which faces are drawn, and with what weights. */
export interface FaceSource {
  /** WGSL with the entry points `face_vertex` (an instance a face, four vertices) and `accumulate`. */
  readonly code: readonly string[];
  /** Arguments of drawIndexedIndirect. */
  readonly arguments: GPUBuffer;
  /** Takes over a grid, and tells what the shader binds. */
  setGrid(grid: VoxelGrid, buffers: DrawBuffers): readonly (GPUBuffer | undefined)[];
  /** Finds the faces for a picture of `width` x `height` pixels. */
  encode(encoder: GPUCommandEncoder, width: number, height: number, profiler?: Profiler): void;
  destroy(): void;
}

export class Weighted implements Blender {
  readonly #composite: ScreenPass;
  readonly #indices: GPUBuffer;
  readonly #formats: [color: GPUTextureFormat, shine: GPUTextureFormat];
  #targets: GPUTexture[] = [];
  #views: GPUTextureView[] = [];
  #grid: VoxelGrid | undefined;
  #faces: { pipeline: GPURenderPipeline; bindings: GPUBindGroup } | undefined;
  /** Of the composite, for the format of target that they were made for. */
  readonly #sums = new Map<GPUTextureFormat, GPUBindGroup>();

  constructor(
    private readonly device: GPUDevice,
    private readonly buffers: DrawBuffers,
    private readonly source: FaceSource,
    { places, colors } = REGULAR,
  ) {
    // Half floats hold the sums too (weights are at most 1), but keep only 11 bits of each.
    this.#formats = device.features.has("float32-blendable")
      ? ["rgba32float", "r32float"]
      : ["rgba16float", "r16float"];
    const traced = [common, voxelShader, viewShader, places, colors, traverseShader, frontToBackShader];
    this.#composite = new ScreenPass(device, "composite", [...traced, compositeShader]);
    const { INDEX, COPY_DST } = GPUBufferUsage;
    this.#indices = device.createBuffer({ size: QUAD_INDICES.byteLength, usage: INDEX | COPY_DST });
    device.queue.writeBuffer(this.#indices, 0, QUAD_INDICES);
  }

  setGrid(grid: VoxelGrid): void {
    this.#grid = grid;
    this.#sums.clear();
    const { device, source } = this;
    const formats = this.#formats;
    const pipeline = once(device, [source.code, formats], () => accumulation(device, source, formats));
    this.#faces = { pipeline, bindings: bindGroup(device, pipeline, source.setGrid(grid, this.buffers)) };
  }

  encode(encoder: GPUCommandEncoder, target: Target, moved: boolean, profiler?: Profiler): void {
    if (!this.#faces) throw new Error("no grid yet");
    if (moved) this.source.encode(encoder, target.width, target.height, profiler);
    this.#setSize(target.width, target.height);
    const accumulate = encoder.beginRenderPass({
      label: "accumulate",
      colorAttachments: [
        { view: this.#views[0], clearValue: [0, 0, 0, 0], loadOp: "clear", storeOp: "store" },
        { view: this.#views[1], clearValue: [1, 1, 1, 1], loadOp: "clear", storeOp: "store" },
      ],
      timestampWrites: profiler?.pass("accumulate"),
    });
    accumulate.setPipeline(this.#faces.pipeline);
    accumulate.setBindGroup(0, this.#faces.bindings);
    accumulate.setIndexBuffer(this.#indices, "uint16");
    accumulate.drawIndexedIndirect(this.source.arguments, 0);
    accumulate.end();
    this.#composite.encode(encoder, target, this.#sumsFor(target.format), profiler);
  }

  #setSize(width: number, height: number): void {
    if (this.#targets[0]?.width === width && this.#targets[0]?.height === height) return;
    for (const target of this.#targets) target.destroy();
    const { RENDER_ATTACHMENT, TEXTURE_BINDING } = GPUTextureUsage;
    this.#targets = this.#formats.map((format) =>
      this.device.createTexture({
        label: "sums",
        size: [width, height],
        format,
        usage: RENDER_ATTACHMENT | TEXTURE_BINDING,
      }),
    );
    this.#views = this.#targets.map((target) => target.createView());
    this.#sums.clear();
  }

  #sumsFor(format: GPUTextureFormat): GPUBindGroup {
    let sums = this.#sums.get(format);
    if (!sums) {
      const pipeline = this.#composite.pipeline(format);
      const { view, palette } = this.buffers;
      const { voxels } = this.#grid as VoxelGrid;
      sums = bindGroup(this.device, pipeline, [view, voxels, palette, this.source.arguments, ...this.#views]);
      this.#sums.set(format, sums);
    }
    return sums;
  }

  destroy(): void {
    this.source.destroy();
    for (const target of this.#targets) target.destroy();
    this.#indices.destroy();
  }
}

function accumulation(
  device: GPUDevice,
  { code }: FaceSource,
  [color, shine]: readonly GPUTextureFormat[],
): GPURenderPipeline {
  const module = device.createShaderModule({ label: "faces", code: code.join("\n") });
  const add: GPUBlendComponent = { srcFactor: "one", dstFactor: "one" };
  const attenuate: GPUBlendComponent = { srcFactor: "zero", dstFactor: "one-minus-src" };
  return device.createRenderPipeline({
    label: "accumulate",
    layout: "auto",
    vertex: { module, entryPoint: "face_vertex" },
    fragment: {
      module,
      entryPoint: "accumulate",
      targets: [
        { format: color, blend: { color: add, alpha: add } },
        { format: shine, blend: { color: attenuate, alpha: attenuate } },
      ],
    },
  });
}
