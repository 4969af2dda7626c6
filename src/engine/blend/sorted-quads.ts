/** Painter: draws faces with freely moved corners one over the other, the farthest first, as matplotlib does. */

import painterShader from "../../../shaders/blend/sorted-quads.wgsl";
import paintedShader from "../../../shaders/blend/sorted-quads-copy.wgsl";
import lineShader from "../../../shaders/lib/line.wgsl";
import { cameraFrame } from "../../options/camera.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Means, VoxelGrid } from "../grid.ts";
import type { Blender, Place, ScreenPass, Target } from "./blender.ts";

/** Floats of a face in the grid's buffer: see shaders/painter.wgsl. */
export const QUAD_FLOATS = 24;

export interface Quads {
  /** As shaders/painter.wgsl has them. */
  readonly quads: Float32Array<ArrayBuffer>;
  /** The number of the voxel of each: those of one are drawn together. */
  readonly voxels: Uint32Array;
}

export class Painter implements Blender {
  readonly #format: GPUTextureFormat;
  readonly #pipeline: GPURenderPipeline;
  readonly #copy: ScreenPass;
  readonly #order: GPUBuffer;
  #bindings: GPUBindGroup | undefined;
  #picture: GPUTexture | undefined;
  #sorted = "";

  constructor(
    private readonly means: Means,
    private readonly faces: Quads,
  ) {
    const { device, viewCode, once, storageBuffer, ScreenPass } = means;
    this.#format = device.features.has("float32-blendable") ? "rgba32float" : "rgba16float";
    this.#order = storageBuffer(device, "order", faces.voxels.byteLength);
    const code = [viewCode, lineShader, painterShader].join("\n");
    this.#pipeline = once(device, [code, this.#format], () => painting(device, code, this.#format));
    this.#copy = new ScreenPass(device, "painted", [viewCode, paintedShader]);
  }

  setGrid({ voxels }: VoxelGrid): void {
    const { device, view, bindGroup } = this.means;
    this.#bindings = bindGroup(device, this.#pipeline, [view, voxels, this.#order]);
  }

  /** Sorts the faces: voxels by their nearest corner, the faces of each by the mean depth of theirs. */
  setPlace(place: Place): void {
    const key = JSON.stringify(place);
    if (key === this.#sorted) return;
    this.#sorted = key;
    const { quads, voxels } = this.faces;
    const depth = depthOf(place);
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
    this.means.device.queue.writeBuffer(this.#order, 0, order);
  }

  encode(encoder: GPUCommandEncoder, target: Target, _moved: boolean, profiler?: Profiler): void {
    const picture = this.#pictureOf(target.width, target.height).createView();
    const pass = encoder.beginRenderPass({
      label: "paint",
      colorAttachments: [{ view: picture, clearValue: [0, 0, 0, 0], loadOp: "clear", storeOp: "store" }],
      timestampWrites: profiler?.pass("paint"),
    });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings);
    pass.draw(4, this.faces.voxels.length);
    pass.end();
    const { device, view, bindGroup } = this.means;
    const bindings = bindGroup(device, this.#copy.pipeline(target.format), [view, picture]);
    this.#copy.encode(encoder, target, bindings, profiler);
  }

  #pictureOf(width: number, height: number): GPUTexture {
    if (this.#picture?.width === width && this.#picture.height === height) return this.#picture;
    this.#picture?.destroy();
    const { RENDER_ATTACHMENT, TEXTURE_BINDING } = GPUTextureUsage;
    this.#picture = this.means.device.createTexture({
      label: "painting",
      size: [width, height],
      format: this.#format,
      usage: RENDER_ATTACHMENT | TEXTURE_BINDING,
    });
    return this.#picture;
  }

  destroy(): void {
    this.#picture?.destroy();
    this.#order.destroy();
  }
}

/** Larger is farther, on matplotlib's scale: -1 / distance in perspective. */
function depthOf({ camera, origin, voxel, side }: Place) {
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

function painting(device: GPUDevice, code: string, format: GPUTextureFormat): GPURenderPipeline {
  const module = device.createShaderModule({ label: "paint", code });
  const over: GPUBlendComponent = { srcFactor: "one", dstFactor: "one-minus-src-alpha" };
  return device.createRenderPipeline({
    label: "paint",
    layout: "auto",
    vertex: { module, entryPoint: "polygon" },
    fragment: { module, entryPoint: "paint", targets: [{ format, blend: { color: over, alpha: over } }] },
    primitive: { topology: "triangle-strip" },
  });
}
