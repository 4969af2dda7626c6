/** Measures a new field: the key range of each brick, and the range of all keys that occur. */

import measureBrickShader from "../../../shaders/lib/measure-brick.wgsl";
import poolRowsShader from "../../../shaders/lib/pool-rows.wgsl";
import slabRowsShader from "../../../shaders/lib/slab-rows.wgsl";
import measureShader from "../../../shaders/pipeline/measure.wgsl";
import { NO_KEYS, type ValueSource } from "../../values/stored-values.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { BRICK, count } from "./pool-layout.ts";

const MEASURE_SLAB: FieldPass = {
  label: "measure",
  code: [slabRowsShader, measureBrickShader, measureShader],
  bindings: ["write", "write", "read"],
};
const MEASURE_POOL: FieldPass = {
  label: "measure",
  code: [poolRowsShader, measureBrickShader, measureShader],
  bindings: ["write", "write"],
};

/** Bytes uploaded per call. The browser holds a copy of them during the upload. */
const SLAB_BYTES = 32 * 2 ** 20;

/** Compiles the pass that every volume needs. */
export function measureReady(kernels: FieldKernels): Promise<void> {
  return kernels.ready(MEASURE_SLAB);
}

/** Fills a field with the values of `source`, slab by slab, and measures them. */
export async function fillField(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  source: ValueSource,
  profiler?: Profiler,
): Promise<void> {
  const { device } = memory;
  const { dims, codes } = field;
  const sliceBytes = dims[0] * dims[1] * codes.bytes;
  const slices = BRICK * Math.max(1, Math.floor(SLAB_BYTES / sliceBytes / BRICK));
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  // If slices are too large for a buffer to hold a layer of bricks, they are measured in the pool.
  const isBound = slices * sliceBytes <= Math.min(maxStorageBufferBindingSize, maxBufferSize);
  await kernels.ready(isBound ? MEASURE_SLAB : MEASURE_POOL);
  const extremes = await guarded(device, () => newExtremes(memory));
  try {
    for (let z = 0; z < dims[2]; z += slices) {
      const end = Math.min(z + slices, dims[2]);
      const data = (await source.slices(z, end)) as Uint8Array<ArrayBuffer>;
      await guarded(device, () => {
        field.upload(data, z, end);
        if (isBound) measureSlab(memory, field, kernels, extremes, data, z, end, profiler);
      });
    }
    if (!isBound) await guarded(device, () => measurePool(field, kernels, extremes, profiler));
    await readExtremes(device, field, extremes);
  } finally {
    memory.free(extremes);
  }
}

/** Measures a field that was filled by the GPU. */
export async function measureField(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  profiler?: Profiler,
): Promise<void> {
  const { device } = memory;
  await kernels.ready(MEASURE_POOL);
  const extremes = await guarded(device, () => {
    const extremes = newExtremes(memory);
    measurePool(field, kernels, extremes, profiler);
    return extremes;
  });
  try {
    await readExtremes(device, field, extremes);
  } finally {
    memory.free(extremes);
  }
}

/** A buffer for the minimum and the maximum key. */
function newExtremes(memory: GpuMemory): GPUBuffer {
  return memory.bufferOf("extremes", new Uint32Array([0xffffffff, 0]));
}

function measureSlab(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  extremes: GPUBuffer,
  data: Uint8Array<ArrayBuffer>,
  z: number,
  end: number,
  profiler?: Profiler,
): void {
  const slab = memory.buffer("slab", data.byteLength);
  const { queue } = memory.device;
  const whole = data.byteLength - (data.byteLength % 4);
  queue.writeBuffer(slab, 0, data, 0, whole);
  if (whole < data.byteLength) {
    const rest = new Uint8Array(4);
    rest.set(data.subarray(whole));
    queue.writeBuffer(slab, whole, rest);
  }
  const layer = field.bricks[0] * field.bricks[1];
  const threads = layer * Math.ceil((end - z) / BRICK);
  kernels.get(MEASURE_SLAB).run({
    params: { first_z: z, first_brick: layer * (z / BRICK), brick_count: threads },
    resources: [field.ranges, extremes, slab],
    groups: [field.bindings],
    threads,
    profiler,
  });
  memory.free(slab);
}

function measurePool(field: Field, kernels: FieldKernels, extremes: GPUBuffer, profiler?: Profiler): void {
  const threads = count(field.bricks);
  kernels.get(MEASURE_POOL).run({
    params: { first_z: 0, first_brick: 0, brick_count: threads },
    resources: [field.ranges, extremes],
    groups: [field.bindings],
    threads,
    profiler,
  });
}

async function readExtremes(device: GPUDevice, field: Field, extremes: GPUBuffer): Promise<void> {
  const [first, last] = new Uint32Array(await readBuffer(device, extremes));
  field.keys = first > last ? NO_KEYS : { first, last };
}
