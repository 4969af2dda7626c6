/** Measures a new field: the key range of each brick, and the range of all keys that occur. */

import measureBrickShader from "../../../shaders/lib/measure-brick.wgsl";
import slabRowsShader from "../../../shaders/lib/slab-rows.wgsl";
import measureShader from "../../../shaders/pipeline/measure.wgsl";
import { fetched } from "../../errors.ts";
import type { ValueSource } from "../../values/stored-values.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { newExtremes, readExtremes } from "./extremes.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { BRICK } from "./pool-layout.ts";

const MEASURE_SLAB: FieldPass = {
  label: "measure",
  code: [slabRowsShader, measureBrickShader, measureShader],
  bindings: ["write", "write", "read"],
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
  if (slices * sliceBytes > Math.min(maxStorageBufferBindingSize, maxBufferSize)) {
    const { measureField } = await fetched(import("./measure-pool.ts"));
    await upload(device, field, source, slices);
    await measureField(memory, field, kernels, profiler);
    return;
  }
  await kernels.ready(MEASURE_SLAB);
  const extremes = await guarded(device, () => newExtremes(memory));
  try {
    await upload(device, field, source, slices, (data, z, end) =>
      measureSlab(memory, field, kernels, extremes, data, z, end, profiler),
    );
    await readExtremes(device, field, extremes);
  } finally {
    memory.free(extremes);
  }
}

/** Uploads a field's values, so many slices at once; `measure` is called with each slab, from slice `z` to `end`. */
async function upload(
  device: GPUDevice,
  field: Field,
  source: ValueSource,
  slices: number,
  measure?: (data: Uint8Array<ArrayBuffer>, z: number, end: number) => void,
): Promise<void> {
  const depth = field.dims[2];
  for (let z = 0; z < depth; z += slices) {
    const end = Math.min(z + slices, depth);
    const data = (await source.slices(z, end)) as Uint8Array<ArrayBuffer>;
    await guarded(device, () => {
      field.upload(data, z, end);
      measure?.(data, z, end);
    });
  }
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
