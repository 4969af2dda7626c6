/** Mean of a field's values by a reduction on the GPU. */

import meanShader from "../../../shaders/pipeline/mean.wgsl";
import type { Transform } from "../../options/settings.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import { WORKGROUP } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Field, KeyWindow } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";

const MEAN: FieldPass = { label: "mean", code: [meanShader], bindings: ["write"] };

/** Mean and number of the voxels that are not missing, as in `mean`. */
export async function measuredMean(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  {
    window,
    power,
    profiler,
  }: {
    readonly window: KeyWindow;
    readonly power?: Pick<Transform, "floor" | "gamma">;
    readonly profiler?: Profiler;
  },
): Promise<{ mean: number; count: number }> {
  const { device } = memory;
  await kernels.ready(MEAN);
  const threads = count(field.bricks);
  const sums = await guarded(device, () => {
    const sums = memory.buffer("sums", 8 * Math.ceil(threads / WORKGROUP));
    const { floor, gamma } = power ?? { floor: 0, gamma: 1 };
    field.set({ least: window.least, most: window.most });
    kernels.get(MEAN).run({
      params: { powered: Number(power !== undefined), floor, gamma },
      resources: [sums],
      groups: [field.bindings],
      threads,
      profiler,
    });
    field.setWindow(field.window);
    return sums;
  });
  try {
    const parts = new Float32Array(await readBuffer(device, sums));
    let [sum, total] = [0, 0];
    for (let i = 0; i < parts.length; i += 2) {
      sum += parts[i];
      total += parts[i + 1];
    }
    return { mean: total > 0 ? sum / total : 0, count: total };
  } finally {
    memory.free(sums);
  }
}
