/** Which faces a camera can see: found and compacted, once per camera. */

import common from "../../shaders/common.wgsl";
import viewShader from "../../shaders/view.wgsl";
import visibleShader from "../../shaders/visible.wgsl";
import voxelShader from "../../shaders/voxel.wgsl";
import { readBuffer, storageBuffer } from "./buffers.ts";
import { bindGroup, computePipeline, dispatch, groupsFor } from "./kernel.ts";
import type { VoxelGrid } from "./pipeline.ts";
import type { Profiler } from "./profiler.ts";

/** Of a face: two triangles. */
const INDICES = 6;
/** Bytes that a voxel can take in the list: three faces look at the eye. */
const BYTES_PER_VOXEL = 3 * 4;

export class Visible {
  readonly #pipeline: GPUComputePipeline;
  /** Arguments of drawIndexedIndirect. */
  readonly arguments: GPUBuffer;
  readonly #cleared: GPUBuffer;
  #list: GPUBuffer | undefined;
  #bindings: GPUBindGroup | undefined;
  #filledCount = 0;

  constructor(private readonly device: GPUDevice) {
    const code = [common, voxelShader, viewShader, visibleShader];
    this.#pipeline = computePipeline(device, { label: "visible", code });
    this.arguments = storageBuffer(device, "draw arguments", 20, GPUBufferUsage.INDIRECT);
    this.#cleared = storageBuffer(device, "no face", 20);
    device.queue.writeBuffer(this.#cleared, 0, new Uint32Array([INDICES, 0, 0, 0, 0]));
  }

  /** The list that `encode` fills: 4 * voxel + axis of the face. */
  get list(): GPUBuffer {
    if (!this.#list) throw new Error("no grid yet");
    return this.#list;
  }

  /** Makes room for the voxels of a new grid. */
  setGrid(grid: VoxelGrid, view: GPUBuffer): void {
    this.#list?.destroy();
    this.#list = storageBuffer(this.device, "visible", Math.max(1, grid.filledCount) * BYTES_PER_VOXEL);
    this.#filledCount = grid.filledCount;
    const { voxels, filled } = grid;
    this.#bindings = bindGroup(this.device, this.#pipeline, [
      view,
      voxels,
      filled,
      this.#list,
      this.arguments,
    ]);
  }

  encode(encoder: GPUCommandEncoder, profiler?: Profiler): void {
    encoder.copyBufferToBuffer(this.#cleared, 0, this.arguments, 0, 20);
    const pass = encoder.beginComputePass({ label: "visible", timestampWrites: profiler?.pass("visible") });
    pass.setPipeline(this.#pipeline);
    pass.setBindGroup(0, this.#bindings);
    dispatch(pass, groupsFor(this.#filledCount));
    pass.end();
  }

  /** How many faces the last camera saw. */
  async readCount(): Promise<number> {
    return new Uint32Array(await readBuffer(this.device, this.arguments))[1];
  }

  destroy(): void {
    this.#list?.destroy();
    this.arguments.destroy();
    this.#cleared.destroy();
  }
}
