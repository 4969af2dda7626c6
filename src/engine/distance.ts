/** Distance: tells the empty voxels of a grid how far they are from the filled ones, for rays to pass over them. */

import distanceShader from "../../shaders/distance.wgsl";
import common from "../../shaders/lib/common.wgsl";
import voxelShader from "../../shaders/lib/voxel.wgsl";
import type { Vec3 } from "../volume.ts";
import { storageBuffer } from "./gpu/buffers.ts";
import { Kernel } from "./gpu/kernel.ts";
import type { Profiler } from "./gpu/profiler.ts";

export class Distance {
  readonly #kernel: Kernel;

  constructor(private readonly device: GPUDevice) {
    this.#kernel = new Kernel(device, { label: "distance", code: [common, voxelShader, distanceShader] });
  }

  /** Completes the words of a grid in place. */
  run(dims: Vec3, voxels: GPUBuffer, profiler?: Profiler): void {
    const n = dims[0] * dims[1] * dims[2];
    const [a, b] = ["distance", "distance"].map((label) => storageBuffer(this.device, label, n * 4));
    for (const axis of [0, 1, 2]) {
      const buffers = axis === 1 ? [voxels, a, b] : [voxels, b, a];
      this.#kernel.run({ dims, axis }, buffers, n, profiler);
    }
    a.destroy();
    b.destroy();
  }

  destroy(): void {
    this.#kernel.destroy();
  }
}
