/** Stage 7: the faces that a camera can see, found and compacted on the GPU for an indirect draw. */

import common from "../../shaders/common.wgsl";
import facesShader from "../../shaders/faces.wgsl";
import gatherShader from "../../shaders/gather.wgsl";
import markShader from "../../shaders/mark.wgsl";
import marksShader from "../../shaders/marks.wgsl";
import traverseShader from "../../shaders/traverse.wgsl";
import viewShader from "../../shaders/view.wgsl";
import voxelShader from "../../shaders/voxel.wgsl";
import weightedShader from "../../shaders/weighted.wgsl";
import type { DrawBuffers } from "./blender.ts";
import { readBuffer, storageBuffer } from "./buffers.ts";
import { REGULAR, type VoxelGrid } from "./grid.ts";
import { bindGroup, computePipeline, dispatch, groupsFor } from "./kernel.ts";
import type { Profiler } from "./profiler.ts";
import { wgslConstant } from "./uniforms.ts";
import { FACE_INDICES, type FaceSource } from "./weighted.ts";

/** Bytes that a voxel can take in the list: three faces look at the eye. */
const FACES_BYTES = 3 * 4;
const TILE = wgslConstant(markShader, "TILE");
/** See shaders/gather.wgsl. Twice what the article's alphas take at most; a software GPU takes 15 s for it at 800 x 800. */
const BUDGET = 256;

/** What is made for one grid. */
interface Lists {
  /** A bit a face: see shaders/marks.wgsl. */
  readonly marks: GPUBuffer;
  /** 4 * voxel + axis of each visible face. */
  readonly faces: GPUBuffer;
  readonly bindings: Readonly<Record<"mark" | "gather", GPUBindGroup>>;
}

export class Visible implements FaceSource {
  readonly code: readonly string[];
  readonly #pipelines: Readonly<Record<keyof Lists["bindings"], GPUComputePipeline>>;
  /** Arguments of drawIndexedIndirect. */
  readonly arguments: GPUBuffer;
  readonly #noFaces: GPUBuffer;
  readonly #work: GPUBuffer;
  #lists: Lists | undefined;

  /** `weights`: WGSL with the entry point `accumulate`; `budget`: see shaders/gather.wgsl. */
  constructor(
    private readonly device: GPUDevice,
    { weights = weightedShader, budget = BUDGET, grid = REGULAR } = {},
  ) {
    const { places, colors } = grid;
    this.code = [common, voxelShader, viewShader, places, colors, facesShader, traverseShader, weights];
    const pipeline = (label: string, code: string[], constants = {}) =>
      computePipeline(device, { label, code: [common, voxelShader, viewShader, ...code], constants });
    this.#pipelines = {
      mark: pipeline("mark", [places, traverseShader, marksShader, markShader]),
      gather: pipeline("gather", [marksShader, gatherShader], { BUDGET: budget }),
    };
    this.arguments = storageBuffer(device, "draw arguments", 20, GPUBufferUsage.INDIRECT);
    this.#work = storageBuffer(device, "work", 4);
    this.#noFaces = storageBuffer(device, "no faces", 20);
    device.queue.writeBuffer(this.#noFaces, 0, new Uint32Array([FACE_INDICES, 0, 0, 0, 0]));
  }

  setGrid(
    { dims, voxels, filledCount }: VoxelGrid,
    { view, palette }: DrawBuffers,
  ): (GPUBuffer | undefined)[] {
    this.#destroyLists();
    const { device } = this;
    const marks = storageBuffer(device, "marks", Math.ceil(dims[0] / 32) * dims[1] * dims[2] * 12);
    const faces = storageBuffer(device, "visible faces", filledCount * FACES_BYTES);
    const bind = (pass: keyof Lists["bindings"], ...buffers: GPUBuffer[]) =>
      bindGroup(device, this.#pipelines[pass], buffers);
    const bindings = {
      mark: bind("mark", view, voxels, marks, this.#work),
      gather: bind("gather", view, voxels, marks, faces, this.arguments, this.#work),
    };
    this.#lists = { marks, faces, bindings };
    return [view, voxels, palette, faces];
  }

  encode(encoder: GPUCommandEncoder, width: number, height: number, profiler?: Profiler): void {
    if (!this.#lists) throw new Error("no grid yet");
    const { marks, bindings } = this.#lists;
    encoder.clearBuffer(marks);
    encoder.clearBuffer(this.#work);
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
  }

  /** How many faces the last camera saw, and of how many voxels. */
  async readCounts(): Promise<{ visibleFaces: number; visibleVoxels: number }> {
    const [, visibleFaces] = new Uint32Array(await readBuffer(this.device, this.arguments));
    if (!this.#lists || visibleFaces === 0) return { visibleFaces, visibleVoxels: 0 };
    const faces = new Uint32Array(await readBuffer(this.device, this.#lists.faces, visibleFaces * 4));
    return { visibleFaces, visibleVoxels: new Set(faces.map((face) => face >>> 2)).size };
  }

  #destroyLists(): void {
    this.#lists?.marks.destroy();
    this.#lists?.faces.destroy();
  }

  destroy(): void {
    this.#destroyLists();
    this.arguments.destroy();
    this.#noFaces.destroy();
    this.#work.destroy();
  }
}
