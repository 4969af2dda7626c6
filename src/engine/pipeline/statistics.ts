/** What is known of a field's values: from its histogram where it has one, else by reductions on the GPU. */

import meanShader from "../../../shaders/pipeline/mean.wgsl";
import type { Transform } from "../../options/settings.ts";
import { powered } from "../../options/transfer-curve.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import { WORKGROUP } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Field, KeyWindow } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";
import { normalizedKey } from "./transfer.ts";

const MEAN: FieldPass = { label: "mean", code: [meanShader], bindings: ["write"] };

/** Statistics of a volume's values, in the file's units. */
export interface ValueStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Values that are not missing. */
  readonly count: number;
}

type Power = Pick<Transform, "floor" | "gamma">;

interface MeanOptions {
  /** What is normalized to 0 to 1; by default the field's. */
  readonly window?: KeyWindow;
  /** The transform's power step, where the mean is of that. */
  readonly power?: Power;
  readonly profiler?: Profiler;
}

/** Mean over the voxels that are not missing of normalized values, or of the transform's power step of them; and their number. */
export async function mean(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  { window = field.window, power, profiler }: MeanOptions = {},
): Promise<{ mean: number; count: number }> {
  if (field.histogram) {
    const { keys, counts } = field.histogram;
    let [sum, total] = [0, 0];
    for (const [i, key] of keys.entries()) {
      const n = normalizedKey(field, key, window);
      sum += counts[i] * (power ? powered(n, power) : n);
      total += counts[i];
    }
    return { mean: total > 0 ? sum / total : 0, count: total };
  }
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

/** Statistics of the values of a volume, whose profile has their range. */
export async function valueStatistics(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  { min, max }: ValueProfile,
): Promise<ValueStatistics> {
  const { mean: normalized, count } = await mean(memory, field, kernels, { window: field.wholeWindow });
  if (count === 0) return { min: 0, max: 0, mean: 0, count };
  return { min, max, mean: min + normalized * (max - min), count };
}

/** Statistics of listed values, whose keys may be no more than their order. */
export function listedStatistics({ levels, min, max, count }: ValueProfile): ValueStatistics {
  const sum = levels.values.reduce((sum, value, i) => sum + levels.counts[i] * value, 0);
  return { min, max, mean: count > 0 ? sum / count : 0, count };
}
