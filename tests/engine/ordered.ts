/** A reference blender: rasterizes faces in exact order, each over what is behind it. */

import resolveShader from "../../shaders/blend/resolve.wgsl";
import { type Blender, tracingCode } from "../../src/engine/blend/blender.ts";
import { bindGroup, bindingLayout } from "../../src/engine/gpu/bind-group.ts";
import { FullscreenPass, type Target } from "../../src/engine/gpu/fullscreen-pass.ts";
import type { GridReader } from "../../src/engine/grid-reader.ts";
import { clipFromBox } from "../../src/options/projection.ts";
import orderedShader from "./ordered.wgsl";

/** Eight bits would be rounded at every face. */
const FORMAT: GPUTextureFormat = "rgba32float";
const BRICK_VOXELS = 64;

export class Ordered implements Blender {
  readonly clipFromBox = clipFromBox;
  readonly #copy: FullscreenPass;
  #pipeline: GPURenderPipeline | undefined;
  #groups: readonly GPUBindGroup[] = [];
  #voxels = 0;
  #picture: GPUTexture | undefined;

  /** @param faces drawn faces per voxel: 6, or the 3 towards the eye with the alpha of two. */
  constructor(
    private readonly device: GPUDevice,
    private readonly reader: GridReader,
    private readonly faces: 3 | 6,
  ) {
    this.#copy = new FullscreenPass(device, {
      fragment: "resolve",
      code: [resolveShader],
      groups: [["picture"]],
    });
  }

  async ready(format: GPUTextureFormat): Promise<void> {
    const { device, reader, faces } = this;
    const code = [...tracingCode(reader), orderedShader].join("\n");
    const module = device.createShaderModule({ label: "ordered", code });
    const over: GPUBlendComponent = { srcFactor: "one", dstFactor: "one-minus-src-alpha" };
    this.#pipeline ??= await device.createRenderPipelineAsync({
      label: "ordered",
      layout: device.createPipelineLayout({
        bindGroupLayouts: [[], ...reader.groups].map((kinds) => bindingLayout(device, kinds)),
      }),
      vertex: { module, entryPoint: "face_vertex", constants: { ...reader.constants, FACE_COUNT: faces } },
      fragment: {
        module,
        entryPoint: "face_color",
        targets: [{ format: FORMAT, blend: { color: over, alpha: over } }],
      },
      primitive: { topology: "triangle-strip" },
    });
    await this.#copy.ready(format);
  }

  isReady(format: GPUTextureFormat): boolean {
    return this.#pipeline !== undefined && this.#copy.isReady(format);
  }

  setGrid(groups: readonly GPUBindGroup[], brickCount: number): void {
    const none = bindGroup(this.device, bindingLayout(this.device, []), []);
    this.#groups = [none, ...groups];
    this.#voxels = BRICK_VOXELS * brickCount;
  }

  /** Draws over white, whatever the background. */
  draw(target: Target): void {
    const { RENDER_ATTACHMENT, TEXTURE_BINDING } = GPUTextureUsage;
    this.#picture?.destroy();
    this.#picture = this.device.createTexture({
      size: [target.width, target.height],
      format: FORMAT,
      usage: RENDER_ATTACHMENT | TEXTURE_BINDING,
    });
    const view = this.#picture.createView();
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view, clearValue: [1, 1, 1, 1], loadOp: "clear", storeOp: "store" }],
    });
    pass.setPipeline(this.#pipeline as GPURenderPipeline);
    for (const [number, group] of this.#groups.entries()) pass.setBindGroup(number, group);
    pass.draw(4, this.#voxels * this.faces);
    pass.end();
    this.#copy.encode(encoder, target, [this.#copy.bind([view])]);
    this.device.queue.submit([encoder.finish()]);
  }

  release(): void {}

  destroy(): void {
    this.#picture?.destroy();
  }
}
