/** Stage 7: the faces that a camera can see, found and compacted on the GPU for an indirect draw. */

import arrangeShader from "../../shaders/arrange.wgsl";
import brickShader from "../../shaders/brick.wgsl";
import common from "../../shaders/common.wgsl";
import gatherShader from "../../shaders/gather.wgsl";
import markShader from "../../shaders/mark.wgsl";
import marksShader from "../../shaders/marks.wgsl";
import traverseShader from "../../shaders/traverse.wgsl";
import viewShader from "../../shaders/view.wgsl";
import visibleShader from "../../shaders/visible.wgsl";
import voxelShader from "../../shaders/voxel.wgsl";
import { readBuffer, storageBuffer } from "./buffers.ts";
import { bindGroup, computePipeline, dispatch, groupsFor } from "./kernel.ts";
import type { VoxelGrid } from "./pipeline.ts";
import type { Profiler } from "./profiler.ts";
import { wgslConstant } from "./uniforms.ts";

/** Of a face: two triangles. */
const INDICES = 6;
/** Bytes that a voxel can take in the list: three faces look at the eye. */
const FACES_BYTES = 3 * 4;
const TILE = wgslConstant(markShader, "TILE");

/** What is made for one grid. */
interface Lists {
  /** A bit a voxel, in rows of whole words. */
  readonly marks: GPUBuffer;
  /** Voxels that were marked, and those that touch them. */
  readonly seen: GPUBuffer;
  /** 4 * voxel + axis of each visible face. */
  readonly faces: GPUBuffer;
  readonly bindings: Readonly<Record<"mark" | "gather" | "arrange" | "visible", GPUBindGroup>>;
}

export class Visible {
  readonly #pipelines: Readonly<Record<keyof Lists["bindings"], GPUComputePipeline>>;
  /** Arguments of drawIndexedIndirect. */
  readonly arguments: GPUBuffer;
  readonly #noFaces: GPUBuffer;
  readonly #seenCount: GPUBuffer;
  readonly #groups: GPUBuffer;
  #lists: Lists | undefined;

  constructor(private readonly device: GPUDevice) {
    const pipeline = (label: string, ...code: string[]) =>
      computePipeline(device, { label, code: [common, ...code] });
    this.#pipelines = {
      mark: pipeline("mark", voxelShader, viewShader, brickShader, traverseShader, marksShader, markShader),
      gather: pipeline("gather", voxelShader, viewShader, marksShader, gatherShader),
      arrange: pipeline("arrange", arrangeShader),
      visible: pipeline("visible", voxelShader, viewShader, visibleShader),
    };
    this.arguments = storageBuffer(device, "draw arguments", 20, GPUBufferUsage.INDIRECT);
    this.#noFaces = storageBuffer(device, "no faces", 20);
    device.queue.writeBuffer(this.#noFaces, 0, new Uint32Array([INDICES, 0, 0, 0, 0]));
    this.#seenCount = storageBuffer(device, "seen count", 4);
    this.#groups = storageBuffer(device, "dispatch arguments", 12, GPUBufferUsage.INDIRECT);
  }

  /** The list that `encode` fills: 4 * voxel + axis of each visible face. */
  get faces(): GPUBuffer {
    return this.#made.faces;
  }

  get #made(): Lists {
    if (!this.#lists) throw new Error("no grid yet");
    return this.#lists;
  }

  /** Makes room for the voxels of a new grid. */
  setGrid({ dims, voxels, bricks, filledCount }: VoxelGrid, view: GPUBuffer): void {
    this.#destroyLists();
    const { device } = this;
    const marks = storageBuffer(device, "marks", Math.ceil(dims[0] / 32) * dims[1] * dims[2] * 4);
    const seen = storageBuffer(device, "seen", filledCount * 4);
    const faces = storageBuffer(device, "visible faces", filledCount * FACES_BYTES);
    const bind = (pass: keyof Lists["bindings"], ...buffers: GPUBuffer[]) =>
      bindGroup(device, this.#pipelines[pass], buffers);
    const bindings = {
      mark: bind("mark", view, voxels, bricks, marks),
      gather: bind("gather", view, voxels, marks, seen, this.#seenCount),
      arrange: bind("arrange", this.#seenCount, this.#groups),
      visible: bind("visible", view, voxels, seen, this.#seenCount, faces, this.arguments),
    };
    this.#lists = { marks, seen, faces, bindings };
  }

  /** For a picture of `width` x `height` pixels from the camera in the uniform struct View. */
  encode(encoder: GPUCommandEncoder, width: number, height: number, profiler?: Profiler): void {
    const { marks, bindings } = this.#made;
    encoder.clearBuffer(marks);
    encoder.clearBuffer(this.#seenCount);
    encoder.copyBufferToBuffer(this.#noFaces, 0, this.arguments, 0, 20);
    const run = (name: keyof Lists["bindings"], work: (pass: GPUComputePassEncoder) => void) => {
      const pass = encoder.beginComputePass({ label: name, timestampWrites: profiler?.pass(name) });
      pass.setPipeline(this.#pipelines[name]);
      pass.setBindGroup(0, bindings[name]);
      work(pass);
      pass.end();
    };
    run("mark", (pass) => dispatch(pass, Math.ceil(width / TILE) * Math.ceil(height / TILE)));
    run("gather", (pass) => dispatch(pass, groupsFor(marks.size / 4)));
    run("arrange", (pass) => pass.dispatchWorkgroups(1));
    run("visible", (pass) => pass.dispatchWorkgroupsIndirect(this.#groups, 0));
  }

  /** How many faces the last camera saw. */
  async readCount(): Promise<number> {
    return new Uint32Array(await readBuffer(this.device, this.arguments))[1];
  }

  #destroyLists(): void {
    for (const buffer of [this.#lists?.marks, this.#lists?.seen, this.#lists?.faces]) buffer?.destroy();
  }

  destroy(): void {
    this.#destroyLists();
    for (const buffer of [this.arguments, this.#noFaces, this.#seenCount, this.#groups]) buffer.destroy();
  }
}
