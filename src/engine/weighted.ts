/** blend="weighted": accumulate the visible faces in any order, then composite. */

import common from "../../shaders/common.wgsl";
import compositeShader from "../../shaders/composite.wgsl";
import facesShader from "../../shaders/faces.wgsl";
import viewShader from "../../shaders/view.wgsl";
import voxelShader from "../../shaders/voxel.wgsl";
import weightedShader from "../../shaders/weighted.wgsl";
import { bindGroup } from "./kernel.ts";
import type { Profiler } from "./profiler.ts";

/** What the draw reads, in the order of the shader's bindings. */
export interface FaceBuffers {
  readonly view: GPUBuffer;
  readonly voxels: GPUBuffer;
  readonly visible: GPUBuffer;
  readonly palette: GPUBuffer;
}

/** Three quads, two triangles each. */
const QUAD_INDICES = new Uint16Array(
  [0, 1, 2].flatMap((face) => [0, 1, 2, 2, 1, 3].map((i) => 4 * face + i)),
);

export class Weighted {
  readonly #accumulate: GPURenderPipeline;
  readonly #composite: GPURenderPipeline;
  readonly #indices: GPUBuffer;
  readonly #formats: [color: GPUTextureFormat, shine: GPUTextureFormat];
  readonly #background: GPUBuffer;
  #targets: GPUTexture[] = [];
  #views: GPUTextureView[] = [];
  #faces: GPUBindGroup | undefined;
  #sums: GPUBindGroup | undefined;

  /** `format` is that of the pictures it will draw into. */
  constructor(
    private readonly device: GPUDevice,
    format: GPUTextureFormat,
  ) {
    // Half floats hold the sums too (weights are at most 1), but keep only 11 bits of each.
    this.#formats = device.features.has("float32-blendable")
      ? ["rgba32float", "r32float"]
      : ["rgba16float", "r16float"];
    const faces = device.createShaderModule({
      label: "faces",
      code: [common, voxelShader, viewShader, facesShader, weightedShader].join("\n"),
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
    const composite = device.createShaderModule({ label: "composite", code: compositeShader });
    this.#composite = device.createRenderPipeline({
      label: "composite",
      layout: "auto",
      vertex: { module: composite, entryPoint: "screen" },
      fragment: { module: composite, entryPoint: "composite", targets: [{ format }] },
    });
    const { INDEX, COPY_DST, UNIFORM } = GPUBufferUsage;
    this.#indices = device.createBuffer({ size: QUAD_INDICES.byteLength, usage: INDEX | COPY_DST });
    device.queue.writeBuffer(this.#indices, 0, QUAD_INDICES);
    this.#background = device.createBuffer({ size: 16, usage: UNIFORM | COPY_DST });
  }

  setBuffers({ view, voxels, visible, palette }: FaceBuffers): void {
    this.#faces = bindGroup(this.device, this.#accumulate, [view, voxels, visible, palette]);
  }

  /** Pixels of the pictures to come. */
  setSize(width: number, height: number): void {
    if (this.#targets[0]?.width === width && this.#targets[0]?.height === height) return;
    for (const target of this.#targets) target.destroy();
    this.#targets = this.#formats.map((format) =>
      this.device.createTexture({
        label: "sums",
        size: [width, height],
        format,
        usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.TEXTURE_BINDING,
      }),
    );
    this.#views = this.#targets.map((target) => target.createView());
    this.#sums = bindGroup(this.device, this.#composite, [...this.#views, this.#background]);
  }

  /** `background` is straight RGBA; takes effect with the next submission. */
  setBackground([r, g, b, a]: readonly [number, number, number, number]): void {
    this.device.queue.writeBuffer(this.#background, 0, new Float32Array([r * a, g * a, b * a, a]));
  }

  /** Draws the voxels counted in `drawArguments` over the background into `target` (premultiplied alpha). */
  encode(
    encoder: GPUCommandEncoder,
    drawArguments: GPUBuffer,
    target: GPUTextureView,
    profiler?: Profiler,
  ): void {
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
    accumulate.drawIndexedIndirect(drawArguments, 0);
    accumulate.end();
    const composite = encoder.beginRenderPass({
      label: "composite",
      colorAttachments: [{ view: target, loadOp: "clear", storeOp: "store" }],
      timestampWrites: profiler?.pass("composite"),
    });
    composite.setPipeline(this.#composite);
    composite.setBindGroup(0, this.#sums);
    composite.draw(3);
    composite.end();
  }

  destroy(): void {
    for (const target of this.#targets) target.destroy();
    this.#indices.destroy();
    this.#background.destroy();
  }
}
