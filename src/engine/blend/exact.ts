/** blend="exact": one ray a pixel through the grid. */

import exactShader from "../../../shaders/blend/exact.wgsl";
import common from "../../../shaders/lib/common.wgsl";
import viewShader from "../../../shaders/lib/frame.wgsl";
import frontToBackShader from "../../../shaders/lib/front-to-back.wgsl";
import traverseShader from "../../../shaders/lib/traverse.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import { bindGroup } from "../gpu/kernel.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { REGULAR, type VoxelGrid } from "../grid.ts";
import { type Blender, type DrawBuffers, ScreenPass, type Target } from "./blender.ts";

export class Exact implements Blender {
  readonly #trace: ScreenPass;
  #grid: VoxelGrid | undefined;
  /** For the format of target that they were made for. */
  readonly #bindings = new Map<GPUTextureFormat, GPUBindGroup>();

  /** Without `skip` no empty space is passed over, without `stop` no ray ends before the grid: to compare with. */
  constructor(
    private readonly device: GPUDevice,
    private readonly buffers: DrawBuffers,
    { skip = true, stop = true, grid = REGULAR } = {},
  ) {
    const { places, colors } = grid;
    const shared = [common, voxelShader, viewShader, places, colors, traverseShader];
    const code = [...shared, frontToBackShader, exactShader];
    this.#trace = new ScreenPass(device, "exact", code, { SKIP: Number(skip), STOP: Number(stop) });
  }

  setGrid(grid: VoxelGrid): void {
    this.#grid = grid;
    this.#bindings.clear();
  }

  encode(encoder: GPUCommandEncoder, target: Target, _moved: boolean, profiler?: Profiler): void {
    if (!this.#grid) throw new Error("no grid yet");
    let bindings = this.#bindings.get(target.format);
    if (!bindings) {
      const { voxels } = this.#grid;
      const { view, palette } = this.buffers;
      bindings = bindGroup(this.device, this.#trace.pipeline(target.format), [view, voxels, palette]);
      this.#bindings.set(target.format, bindings);
    }
    this.#trace.encode(encoder, target, bindings, profiler);
  }

  destroy(): void {
    this.#bindings.clear();
  }
}
