/** A face source to compare with: the faces towards the eye of every voxel, hidden or not, in an order of one's own. */

import type { DrawBuffers } from "../../src/engine/blend/blender.ts";
import { Visible } from "../../src/engine/blend/visible-faces.ts";
import { FACE_INDICES, type FaceSource } from "../../src/engine/blend/weighted.ts";
import { storageBuffer } from "../../src/engine/gpu/buffers.ts";
import type { VoxelGrid } from "../../src/engine/grid.ts";
import { random } from "../support/oracle.ts";

export class EveryFace implements FaceSource {
  readonly code: readonly string[];
  readonly arguments: GPUBuffer;
  #faces: GPUBuffer | undefined;

  /** `seed` of the order, or 0 for that of the grid. */
  constructor(
    private readonly device: GPUDevice,
    private readonly seed = 0,
  ) {
    const visible = new Visible(device);
    this.code = visible.code;
    visible.destroy();
    this.arguments = storageBuffer(device, "every face", 20, GPUBufferUsage.INDIRECT);
  }

  setGrid({ dims, voxels }: VoxelGrid, { view, palette }: DrawBuffers): (GPUBuffer | undefined)[] {
    const count = 3 * dims[0] * dims[1] * dims[2];
    const list = Uint32Array.from({ length: count }, (_, i) => 4 * Math.floor(i / 3) + (i % 3));
    if (this.seed) shuffle(list, random(this.seed));
    this.#faces?.destroy();
    this.#faces = storageBuffer(this.device, "every face", list.byteLength);
    this.device.queue.writeBuffer(this.#faces, 0, list);
    this.device.queue.writeBuffer(this.arguments, 0, new Uint32Array([FACE_INDICES, count, 0, 0, 0]));
    return [view, voxels, palette, this.#faces];
  }

  encode(): void {
    // The list is the same from everywhere.
  }

  destroy(): void {
    this.#faces?.destroy();
    this.arguments.destroy();
  }
}

function shuffle(list: Uint32Array, next: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
}
