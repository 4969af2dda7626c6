/** Stage 7: the faces that a camera can see, found and compacted on the GPU for an indirect draw. */

import facesShader from "../../../shaders/blend/faces.wgsl";
import gatherShader from "../../../shaders/blend/gather.wgsl";
import markShader from "../../../shaders/blend/mark.wgsl";
import weightedShader from "../../../shaders/blend/weighted.wgsl";
import common from "../../../shaders/lib/common.wgsl";
import viewShader from "../../../shaders/lib/frame.wgsl";
import traverseShader from "../../../shaders/lib/traverse.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import marksShader from "../../../shaders/marks.wgsl";
import { readBuffer, storageBuffer } from "../gpu/buffers.ts";
import { bindGroup, computePipeline, dispatch, groupsFor, type KernelOptions } from "../gpu/kernel.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { wgslConstant } from "../gpu/uniforms.ts";
import { type GridCode, REGULAR, type VoxelGrid } from "../grid.ts";
import type { DrawBuffers } from "./blender.ts";
import { FACE_INDICES, type FaceSource } from "./weighted.ts";

/** Bytes that a voxel can take in the list: three faces look at the eye. */
const FACES_BYTES = 3 * 4;
const TILE = wgslConstant(markShader, "TILE");
/** See shaders/gather.wgsl. Twice what the article's alphas take at most; a software GPU takes 15 s for it at 800 x 800. */
const BUDGET = 256;

interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
}

/** What is made for one grid. */
interface Lists {
  /** A bit a face: see shaders/marks.wgsl. */
  readonly marks: GPUBuffer;
  /** 4 * voxel + axis of each visible face. */
  readonly faces: GPUBuffer;
  readonly mark: Pass;
  readonly gather: Pass;
}

export class Visible implements FaceSource {
  readonly code: readonly string[];
  /** Arguments of drawIndexedIndirect. */
  readonly arguments: GPUBuffer;
  readonly #noFaces: GPUBuffer;
  readonly #work: GPUBuffer;
  #lists: Lists | undefined;

  /** `weights`: WGSL with the entry point `accumulate`; `budget`: see shaders/gather.wgsl. */
  constructor(
    private readonly device: GPUDevice,
    private readonly options: {
      readonly weights?: string;
      readonly budget?: number;
      readonly grid?: GridCode;
    } = {},
  ) {
    const { weights = weightedShader, grid: { places, colors } = REGULAR } = options;
    this.code = [common, voxelShader, viewShader, places, colors, facesShader, traverseShader, weights];
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
    const shared = [common, voxelShader, viewShader];
    const { budget = BUDGET, grid: { places } = REGULAR } = this.options;
    const mark = this.#pass(
      { label: "mark", code: [...shared, places, traverseShader, marksShader, markShader] },
      [view, voxels, marks, this.#work],
    );
    const gather = this.#pass(
      { label: "gather", code: [...shared, marksShader, gatherShader], constants: { BUDGET: budget } },
      [view, voxels, marks, faces, this.arguments, this.#work],
    );
    this.#lists = { marks, faces, mark, gather };
    return [view, voxels, palette, faces];
  }

  #pass(options: KernelOptions, buffers: readonly GPUBuffer[]): Pass {
    const pipeline = computePipeline(this.device, options);
    return { pipeline, bindings: bindGroup(this.device, pipeline, buffers) };
  }

  encode(encoder: GPUCommandEncoder, width: number, height: number, profiler?: Profiler): void {
    if (!this.#lists) throw new Error("no grid yet");
    const { marks, mark, gather } = this.#lists;
    encoder.clearBuffer(marks);
    encoder.clearBuffer(this.#work);
    encoder.copyBufferToBuffer(this.#noFaces, 0, this.arguments, 0, 20);
    const run = (label: string, { pipeline, bindings }: Pass, groups: number) => {
      const pass = encoder.beginComputePass({ label, timestampWrites: profiler?.pass(label) });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      dispatch(pass, groups);
      pass.end();
    };
    run("mark", mark, Math.ceil(width / TILE) * Math.ceil(height / TILE));
    run("gather", gather, groupsFor(marks.size / 4));
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
