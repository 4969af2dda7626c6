/** blend="weighted": find the visible faces, accumulate them in any order, composite. */

import brickShader from "../../shaders/brick.wgsl";
import common from "../../shaders/common.wgsl";
import compositeShader from "../../shaders/composite.wgsl";
import facesShader from "../../shaders/faces.wgsl";
import traverseShader from "../../shaders/traverse.wgsl";
import viewShader from "../../shaders/view.wgsl";
import voxelShader from "../../shaders/voxel.wgsl";
import weightedShader from "../../shaders/weighted.wgsl";
import { type Blender, type DrawBuffers, ScreenPass, type Target } from "./blender.ts";
import { bindGroup } from "./kernel.ts";
import type { VoxelGrid } from "./pipeline.ts";
import type { Profiler } from "./profiler.ts";
import { Visible } from "./visible.ts";

/** Three quads, two triangles each. */
const QUAD_INDICES = new Uint16Array(
  [0, 1, 2].flatMap((face) => [0, 1, 2, 2, 1, 3].map((i) => 4 * face + i)),
);

export class Weighted implements Blender {
  readonly #visible: Visible;
  readonly #accumulate: GPURenderPipeline;
  readonly #composite: ScreenPass;
  readonly #indices: GPUBuffer;
  readonly #formats: [color: GPUTextureFormat, shine: GPUTextureFormat];
  #targets: GPUTexture[] = [];
  #views: GPUTextureView[] = [];
  #faces: GPUBindGroup | undefined;
  /** Of the composite, for the format of target that they were made for. */
  readonly #sums = new Map<GPUTextureFormat, GPUBindGroup>();

  constructor(
    private readonly device: GPUDevice,
    private readonly buffers: DrawBuffers,
  ) {
    this.#visible = new Visible(device);
    // Half floats hold the sums too (weights are at most 1), but keep only 11 bits of each.
    this.#formats = device.features.has("float32-blendable")
      ? ["rgba32float", "r32float"]
      : ["rgba16float", "r16float"];
    const faces = device.createShaderModule({
      label: "faces",
      code: [common, voxelShader, viewShader, brickShader, facesShader, traverseShader, weightedShader].join(
        "\n",
      ),
    });
    const add: GPUBlendComponent = { srcFactor: "one", dstFactor: "one" };
    const attenuate: GPUBlendComponent = { srcFactor: "zero", dstFactor: "one-minus-src" };
    this.#accumulate = device.createRenderPipeline({
      label: "accumulate",
      layout: "auto",
      vertex: { module: faces, entryPoint: "face_vertex" },
      fragment: {
        module: faces,
        entryPoint: "accumulate",
        targets: [
          { format: this.#formats[0], blend: { color: add, alpha: add } },
          { format: this.#formats[1], blend: { color: attenuate, alpha: attenuate } },
        ],
      },
    });
    this.#composite = new ScreenPass(device, "composite", [viewShader, compositeShader]);
    const { INDEX, COPY_DST } = GPUBufferUsage;
    this.#indices = device.createBuffer({ size: QUAD_INDICES.byteLength, usage: INDEX | COPY_DST });
    device.queue.writeBuffer(this.#indices, 0, QUAD_INDICES);
  }

  setGrid(grid: VoxelGrid): void {
    const { view, palette } = this.buffers;
    this.#visible.setGrid(grid, view);
    const buffers = [view, grid.voxels, grid.bricks, palette, this.#visible.faces];
    this.#faces = bindGroup(this.device, this.#accumulate, buffers);
  }

  encode(encoder: GPUCommandEncoder, target: Target, moved: boolean, profiler?: Profiler): void {
    if (moved) this.#visible.encode(encoder, target.width, target.height, profiler);
    this.#setSize(target.width, target.height);
    const accumulate = encoder.beginRenderPass({
      label: "accumulate",
      colorAttachments: [
        { view: this.#views[0], clearValue: [0, 0, 0, 0], loadOp: "clear", storeOp: "store" },
        { view: this.#views[1], clearValue: [1, 1, 1, 1], loadOp: "clear", storeOp: "store" },
      ],
      timestampWrites: profiler?.pass("accumulate"),
    });
    accumulate.setPipeline(this.#accumulate);
    accumulate.setBindGroup(0, this.#faces);
    accumulate.setIndexBuffer(this.#indices, "uint16");
    accumulate.drawIndexedIndirect(this.#visible.arguments, 0);
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
      sums = bindGroup(this.device, pipeline, [this.buffers.view, ...this.#views]);
      this.#sums.set(format, sums);
    }
    return sums;
  }

  /** How many faces the last picture drew. */
  async readVisibleFaces(): Promise<number> {
    return this.#visible.readCount();
  }

  destroy(): void {
    this.#visible.destroy();
    for (const target of this.#targets) target.destroy();
    this.#indices.destroy();
  }
}
