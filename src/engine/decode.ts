/** Stage 1, decode: a Volume's bytes to f32 values on the GPU, slab by slab. */

import decodeShader from "../../shaders/decode.wgsl";
import common from "../../shaders/lib/common.wgsl";
import { DTYPES, type Dtype, type Vec3, type Volume } from "../volume.ts";
import { storageBuffer } from "./gpu/buffers.ts";
import { Kernel } from "./gpu/kernel.ts";
import type { Profiler } from "./gpu/profiler.ts";
import { Resize } from "./pipeline/resize.ts";

/** Bytes of a part of the file that is on the GPU at a time, at most. */
const SLAB_BYTES = 64 * 2 ** 20;

const KIND = { u: 0, i: 1, f: 2 } as const;

/** Uploads and decodes; NaN, infinities and what exceeds f32 become the missing value. */
export class Decode {
  readonly #kernels = new Map<string, Kernel>();

  constructor(
    private readonly device: GPUDevice,
    private readonly resize: Resize,
  ) {}

  /** The values of `volume` as a new f32 buffer of shape `dims`: the volume's own, or smaller where those don't fit. */
  run(volume: Volume, dims: Vec3, profiler?: Profiler): GPUBuffer {
    const values = storageBuffer(this.device, "normalized", dims[0] * dims[1] * dims[2] * 4);
    const sliceVoxels = volume.dims[0] * volume.dims[1];
    // A slab is bound as it is stored and as f32.
    const voxelBytes = Math.max(4, DTYPES[volume.dtype]);
    const slabBytes = Math.min(SLAB_BYTES, this.device.limits.maxStorageBufferBindingSize);
    const slabSlices = Math.max(2, Math.floor(slabBytes / (sliceVoxels * voxelBytes)));
    if (dims.every((n, axis) => n === volume.dims[axis])) {
      for (let z = 0; z < dims[2]; z += slabSlices) {
        this.#slab(volume, z, Math.min(z + slabSlices, dims[2]), values, z * sliceVoxels, profiler);
      }
      return values;
    }
    const scratch = storageBuffer(this.device, "decoded slab", slabSlices * sliceVoxels * 4);
    for (const slab of Resize.slabs(volume.dims[2], dims[2], slabSlices)) {
      this.#slab(volume, slab.sourceZ, slab.sourceEnd, scratch, 0, profiler);
      this.resize.run(scratch, volume.dims, values, dims, slab, profiler);
    }
    scratch.destroy();
    return values;
  }

  /** Decodes slices `z` to `end` into `values` from index `first` on. */
  #slab(volume: Volume, z: number, end: number, values: GPUBuffer, first: number, profiler?: Profiler): void {
    const slice = volume.dims[0] * volume.dims[1];
    const size = DTYPES[volume.dtype];
    const bytes = volume.data.subarray(z * slice * size, end * slice * size);
    const stored = storageBuffer(this.device, "stored", bytes.byteLength);
    const whole = bytes.byteLength - (bytes.byteLength % 4);
    this.device.queue.writeBuffer(stored, 0, bytes as Uint8Array<ArrayBuffer>, 0, whole);
    if (whole < bytes.byteLength) {
      const rest = new Uint8Array(4);
      rest.set(bytes.subarray(whole));
      this.device.queue.writeBuffer(stored, whole, rest);
    }
    const { slope, intercept } = volume;
    const count = (end - z) * slice;
    this.#kernel(volume.dtype, !volume.littleEndian).run(
      { count, first, slope, intercept },
      [stored, values],
      count,
      profiler,
    );
    stored.destroy();
  }

  #kernel(dtype: Dtype, bigEndian: boolean): Kernel {
    const key = `${dtype} ${bigEndian}`;
    let kernel = this.#kernels.get(key);
    if (!kernel) {
      const constants = {
        KIND: KIND[dtype[0] as keyof typeof KIND],
        BYTES: DTYPES[dtype],
        BIG_ENDIAN: Number(bigEndian),
      };
      kernel = new Kernel(this.device, { label: "decode", code: [common, decodeShader], constants });
      this.#kernels.set(key, kernel);
    }
    return kernel;
  }

  destroy(): void {
    for (const kernel of this.#kernels.values()) kernel.destroy();
  }
}
