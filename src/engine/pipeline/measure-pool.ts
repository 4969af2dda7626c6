/** Measures a field by the values in its pool: one that the GPU has filled, or whose slices are too large for a buffer. */

import measureBrickShader from "../../../shaders/lib/measure-brick.wgsl";
import poolRowsShader from "../../../shaders/lib/pool-rows.wgsl";
import measureShader from "../../../shaders/pipeline/measure.wgsl";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { newExtremes, readExtremes } from "./extremes.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";

const MEASURE_POOL: FieldPass = {
  label: "measure",
  code: [poolRowsShader, measureBrickShader, measureShader],
  bindings: ["write", "write"],
};

/** Finds the key range of each brick, and the range of all keys that occur. */
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
    const threads = count(field.bricks);
    kernels.get(MEASURE_POOL).run({
      params: { first_z: 0, first_brick: 0, brick_count: threads },
      resources: [field.ranges, extremes],
      groups: [field.bindings],
      threads,
      profiler,
    });
    return extremes;
  });
  try {
    await readExtremes(device, field, extremes);
  } finally {
    memory.free(extremes);
  }
}
