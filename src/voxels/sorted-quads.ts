/** SortedQuads: draws faces with freely moved corners back to front, as matplotlib does. */

import sortedQuadsShader from "../../shaders/blend/sorted-quads.wgsl";
import copyShader from "../../shaders/blend/sorted-quads-copy.wgsl";
import lineShader from "../../shaders/lib/line.wgsl";
import type { Blender, GridTransform } from "../engine/blend/blender.ts";
import type { Binding } from "../engine/gpu/bind-group.ts";
import type { FullscreenPass, Target } from "../engine/gpu/fullscreen-pass.ts";
import type { Profiler } from "../engine/gpu/profiler.ts";
import type { GridContext } from "../engine/grid.ts";
import { cameraFrame } from "../options/camera.ts";
import { clipFromBox } from "../options/projection.ts";
import { QUAD_FLOATS, type Quads } from "./quads.ts";

const GROUP: readonly Binding[] = ["uniform", "read", "read"];

interface Painting {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
  readonly bindings: GPUBindGroup;
}

export class SortedQuads implements Blender {
  readonly clipFromBox = clipFromBox;
  readonly #format: GPUTextureFormat;
  readonly #copy: FullscreenPass;
  readonly #quads: GPUBuffer;
  readonly #order: GPUBuffer;
  readonly #bindings: GPUBindGroup;
  #pipeline: GPURenderPipeline | undefined;
  #picture: Painting | undefined;
  #sorted = "";

  constructor(
    private readonly context: GridContext,
    private readonly faces: Quads,
  ) {
    const { memory, frame, frameCode, bindGroup, bindingLayout, FullscreenPass } = context;
    const { device } = memory;
    this.#format = device.features.has("float32-blendable") ? "rgba32float" : "rgba16float";
    this.#quads = memory.bufferOf("quads", faces.quads);
    this.#order = memory.buffer("order", faces.voxels.byteLength);
    this.#bindings = bindGroup(device, bindingLayout(device, GROUP), [frame, this.#quads, this.#order]);
    this.#copy = new FullscreenPass(device, {
      fragment: "painted",
      code: [frameCode, copyShader],
      groups: [["uniform", "picture"]],
    });
  }

  async ready(format: GPUTextureFormat): Promise<void> {
    if (this.isReady(format)) return;
    const { memory, frameCode, cachedPipeline } = this.context;
    const code = [frameCode, lineShader, sortedQuadsShader].join("\n");
    const pipeline = cachedPipeline(memory.device, [code, this.#format], () => this.#compile(code));
    [this.#pipeline] = await Promise.all([pipeline, this.#copy.ready(format)]);
  }

  isReady(format: GPUTextureFormat): boolean {
    return this.#pipeline !== undefined && this.#copy.isReady(format);
  }

  #compile(code: string): Promise<GPURenderPipeline> {
    const { memory, bindingLayout } = this.context;
    const { device } = memory;
    const module = device.createShaderModule({ label: "paint", code });
    const over: GPUBlendComponent = { srcFactor: "one", dstFactor: "one-minus-src-alpha" };
    return device.createRenderPipelineAsync({
      label: "paint",
      layout: device.createPipelineLayout({ bindGroupLayouts: [bindingLayout(device, GROUP)] }),
      vertex: { module, entryPoint: "polygon" },
      fragment: {
        module,
        entryPoint: "paint",
        targets: [{ format: this.#format, blend: { color: over, alpha: over } }],
      },
      primitive: { topology: "triangle-strip" },
    });
  }

  setGrid(): void {}

  /** Sorts the faces: voxels by their nearest corner, the faces of a voxel by the mean depth of their corners. */
  setTransform(transform: GridTransform): void {
    const key = JSON.stringify(transform);
    if (key === this.#sorted) return;
    this.#sorted = key;
    const { quads, voxels } = this.faces;
    const depth = depthOf(transform);
    const count = voxels.length;
    const mean = new Float64Array(count);
    const nearest = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      let least = nearest.get(voxels[i]) ?? Number.POSITIVE_INFINITY;
      for (let corner = 0; corner < 4; corner++) {
        const z = depth(quads, i * QUAD_FLOATS, corner);
        mean[i] += z / 4;
        least = Math.min(least, z);
      }
      nearest.set(voxels[i], least);
    }
    const far = Float64Array.from(voxels, (voxel) => nearest.get(voxel) as number);
    const order = Uint32Array.from(voxels.keys());
    order.sort((a, b) => far[b] - far[a] || voxels[a] - voxels[b] || mean[b] - mean[a]);
    this.context.memory.device.queue.writeBuffer(this.#order, 0, order);
  }

  draw(target: Target, _moved: boolean, profiler?: Profiler): void {
    const { device } = this.context.memory;
    const { view, bindings } = this.#pictureOf(target.width, target.height);
    const encoder = device.createCommandEncoder({ label: "paint" });
    const pass = encoder.beginRenderPass({
      label: "paint",
      colorAttachments: [{ view, clearValue: [0, 0, 0, 0], loadOp: "clear", storeOp: "store" }],
      timestampWrites: profiler?.pass("paint"),
    });
    pass.setPipeline(this.#pipeline as GPURenderPipeline);
    pass.setBindGroup(0, this.#bindings);
    pass.draw(4, this.faces.voxels.length);
    pass.end();
    this.#copy.encode(encoder, target, [bindings], profiler);
    device.queue.submit([encoder.finish()]);
  }

  #pictureOf(width: number, height: number): Painting {
    const size = this.#picture?.texture;
    if (this.#picture && size?.width === width && size.height === height) return this.#picture;
    this.release();
    const { memory, frame } = this.context;
    const { RENDER_ATTACHMENT, TEXTURE_BINDING } = GPUTextureUsage;
    const texture = memory.texture({
      label: "painting",
      size: [width, height],
      format: this.#format,
      usage: RENDER_ATTACHMENT | TEXTURE_BINDING,
    });
    const view = texture.createView();
    const picture = { texture, view, bindings: this.#copy.bind([frame, view]) };
    this.#picture = picture;
    return picture;
  }

  release(): void {
    this.context.memory.free(this.#picture?.texture);
    this.#picture = undefined;
  }

  destroy(): void {
    this.release();
    this.context.memory.free(this.#quads, this.#order);
  }
}

/** Depth on matplotlib's scale, larger is farther: -1 / distance in perspective. */
function depthOf({ camera, origin, voxel, side }: GridTransform) {
  const { towards, eye } = cameraFrame(camera);
  const perspective = camera.projection === "perspective";
  return (quads: Float32Array, face: number, corner: number): number => {
    let distance = 0;
    for (let axis = 0; axis < 3; axis++) {
      const centre = quads[face + 16 + axis];
      const at = centre + side * (quads[face + 4 * corner + axis] - centre);
      distance += towards[axis] * (eye[axis] - origin[axis] - at * voxel[axis]);
    }
    return perspective ? -1 / Math.max(distance, 1e-9) : distance;
  };
}
