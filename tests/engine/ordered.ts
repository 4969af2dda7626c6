/** A way of blending to compare with: faces rasterized in exact order, each plainly over what is behind it. */

import resolveShader from "../../shaders/blend/resolve.wgsl";
import common from "../../shaders/lib/common.wgsl";
import viewShader from "../../shaders/lib/frame.wgsl";
import voxelShader from "../../shaders/lib/voxel.wgsl";
import { type Blender, type DrawBuffers, ScreenPass, type Target } from "../../src/engine/blend/blender.ts";
import { bindGroup } from "../../src/engine/gpu/kernel.ts";
import type { VoxelGrid } from "../../src/engine/grid.ts";
import orderedShader from "./ordered.wgsl";

/** Eight bits would round at every face. */
const FORMAT: GPUTextureFormat = "rgba32float";

export class Ordered implements Blender {
  readonly #faces: GPURenderPipeline;
  readonly #copy: ScreenPass;
  #grid: { bindings: GPUBindGroup; count: number } | undefined;
  #picture: GPUTexture | undefined;

  /** `faces` of a voxel: 6, or the 3 towards the eye with the alpha of two. */
  constructor(
    private readonly device: GPUDevice,
    private readonly buffers: DrawBuffers,
    private readonly faces: 3 | 6,
  ) {
    const code = [common, voxelShader, viewShader, orderedShader].join("\n");
    const module = device.createShaderModule({ label: "ordered", code });
    const over: GPUBlendComponent = { srcFactor: "one", dstFactor: "one-minus-src-alpha" };
    this.#faces = device.createRenderPipeline({
      label: "ordered",
      layout: "auto",
      vertex: { module, entryPoint: "face_vertex", constants: { FACES: faces } },
      fragment: {
        module,
        entryPoint: "face_color",
        targets: [{ format: FORMAT, blend: { color: over, alpha: over } }],
      },
      primitive: { topology: "triangle-strip" },
    });
    this.#copy = new ScreenPass(device, "resolve", [resolveShader]);
  }

  setGrid({ dims, voxels }: VoxelGrid): void {
    const { view, palette } = this.buffers;
    const bindings = bindGroup(this.device, this.#faces, [view, voxels, palette]);
    this.#grid = { bindings, count: dims[0] * dims[1] * dims[2] };
  }

  /** Over white, whatever the background. */
  encode(encoder: GPUCommandEncoder, target: Target): void {
    if (!this.#grid) throw new Error("no grid yet");
    const { bindings, count } = this.#grid;
    const { RENDER_ATTACHMENT, TEXTURE_BINDING } = GPUTextureUsage;
    this.#picture?.destroy();
    this.#picture = this.device.createTexture({
      size: [target.width, target.height],
      format: FORMAT,
      usage: RENDER_ATTACHMENT | TEXTURE_BINDING,
    });
    const view = this.#picture.createView();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view, clearValue: [1, 1, 1, 1], loadOp: "clear", storeOp: "store" }],
    });
    pass.setPipeline(this.#faces);
    pass.setBindGroup(0, bindings);
    pass.draw(4, count * this.faces);
    pass.end();
    this.#copy.encode(encoder, target, bindGroup(this.device, this.#copy.pipeline(target.format), [view]));
  }

  destroy(): void {
    this.#picture?.destroy();
  }
}
