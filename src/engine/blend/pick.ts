/** Pick: which voxel is to be seen at a point of the picture. */

import pickShader from "../../../shaders/blend/pick.wgsl";
import common from "../../../shaders/lib/common.wgsl";
import viewShader from "../../../shaders/lib/frame.wgsl";
import traverseShader from "../../../shaders/lib/traverse.wgsl";
import voxelShader from "../../../shaders/lib/voxel.wgsl";
import type { Vec3 } from "../../volume.ts";
import { readBuffer, storageBuffer } from "../gpu/buffers.ts";
import { Kernel } from "../gpu/kernel.ts";
import { REGULAR, type VoxelGrid } from "../grid.ts";

export class Pick {
  readonly #kernel: Kernel;
  readonly #picked: GPUBuffer;

  constructor(
    private readonly device: GPUDevice,
    { places } = REGULAR,
  ) {
    const code = [common, voxelShader, viewShader, places, traverseShader, pickShader];
    this.#kernel = new Kernel(device, { label: "pick", code });
    this.#picked = storageBuffer(device, "picked", 16);
  }

  /** The voxel of the cut grid that gives the pixel position most of its colour, if any does; `view` as drawn. */
  async run(view: GPUBuffer, { voxels }: VoxelGrid, pixel: readonly [number, number]): Promise<Vec3 | null> {
    this.#kernel.run({ pixel }, [view, voxels, this.#picked], 1);
    const [x, y, z, found] = new Uint32Array(await readBuffer(this.device, this.#picked));
    return found ? [x, y, z] : null;
  }

  destroy(): void {
    this.#kernel.destroy();
    this.#picked.destroy();
  }
}
