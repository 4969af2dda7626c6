/** What the project is measured against: all six faces of every filled voxel, with the published weights. */

import common from "../../shaders/lib/common.wgsl";
import viewShader from "../../shaders/lib/frame.wgsl";
import voxelShader from "../../shaders/lib/voxel.wgsl";
import type { DrawBuffers } from "../../src/engine/blend/blender.ts";
import { FACE_INDICES, type FaceSource } from "../../src/engine/blend/weighted.ts";
import { storageBuffer } from "../../src/engine/gpu/buffers.ts";
import { Kernel } from "../../src/engine/gpu/kernel.ts";
import type { VoxelGrid } from "../../src/engine/grid.ts";
import everyFaceShader from "./every-face.wgsl";
import publishedShader from "./published.wgsl";

export class PublishedFaces implements FaceSource {
  readonly code = [common, voxelShader, viewShader, publishedShader];
  readonly arguments: GPUBuffer;
  readonly #everyFace: Kernel;
  #faces: GPUBuffer | undefined;

  constructor(private readonly device: GPUDevice) {
    this.#everyFace = new Kernel(device, {
      label: "every face",
      code: [common, voxelShader, everyFaceShader],
    });
    this.arguments = storageBuffer(device, "every face", 20, GPUBufferUsage.INDIRECT);
  }

  setGrid(
    { dims, voxels, filledCount }: VoxelGrid,
    { view, palette }: DrawBuffers,
  ): (GPUBuffer | undefined)[] {
    this.#faces?.destroy();
    this.#faces = storageBuffer(this.device, "every face", filledCount * 6 * 4);
    const taken = storageBuffer(this.device, "taken", 4);
    const count = dims[0] * dims[1] * dims[2];
    this.#everyFace.run({ count }, [voxels, this.#faces, taken], count);
    taken.destroy();
    this.device.queue.writeBuffer(
      this.arguments,
      0,
      new Uint32Array([FACE_INDICES, 6 * filledCount, 0, 0, 0]),
    );
    return [view, voxels, palette, this.#faces];
  }

  encode(): void {
    // The list is the same from everywhere.
  }

  destroy(): void {
    this.#faces?.destroy();
    this.arguments.destroy();
    this.#everyFace.destroy();
  }
}
