/** What is known of a field's values: from its histogram where it has one, else by reductions on the GPU. */

import meanShader from "../../../shaders/pipeline/mean.wgsl";
import measureShader from "../../../shaders/pipeline/measure.wgsl";
import type { Transform } from "../../options/settings.ts";
import { powered } from "../../options/transfer-curve.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import { WORKGROUP } from "../gpu/kernel.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";
import { type Histogram, keysOfCodes, NO_KEYS } from "./stored-values.ts";
import { normalizedKey } from "./transfer.ts";

const MEASURE: FieldPass = {
  label: "measure",
  code: [measureShader],
  bindings: ["write", "write", "write"],
};
const MEAN: FieldPass = { label: "mean", code: [meanShader], bindings: ["write"] };

type Power = Pick<Transform, "floor" | "gamma">;

/** Compiles the pass that every volume needs. */
export function measureReady(kernels: FieldKernels): Promise<void> {
  return kernels.ready(MEASURE);
}

/** Measures a new field: the ranges of its bricks, its histogram, and which keys occur. */
export async function measure(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  profiler?: Profiler,
): Promise<void> {
  const { device } = memory;
  const { bytes } = field.codes;
  await kernels.ready(MEASURE);
  const [counts, extremes] = await guarded(device, () => {
    const counts = memory.buffer("histogram", bytes === 4 ? 4 : 4 * 256 ** bytes);
    const extremes = memory.bufferOf("extremes", new Uint32Array([0xffffffff, 0]));
    kernels.get(MEASURE).run({
      resources: [field.ranges, counts, extremes],
      groups: [field.bindings],
      threads: count(field.bricks),
      profiler,
    });
    return [counts, extremes];
  });
  try {
    if (bytes === 4) {
      const [first, last] = new Uint32Array(await readBuffer(device, extremes));
      field.keys = { first, last };
    } else {
      const histogram = inOrder(field, new Uint32Array(await readBuffer(device, counts)));
      field.histogram = histogram;
      field.keys = { first: histogram.keys[0] ?? NO_KEYS.first, last: histogram.keys.at(-1) ?? NO_KEYS.last };
    }
  } finally {
    memory.free(counts, extremes);
  }
}

function inOrder({ codes, present }: Field, counts: Uint32Array): Histogram {
  const keys = keysOfCodes(codes);
  const entries = Array.from(counts, (n, code) => ({ key: keys[code], code, n }))
    .filter(({ key, n }) => n > 0 && key >= present.first && key <= present.last)
    .sort((a, b) => a.key - b.key);
  return {
    keys: entries.map(({ key }) => key),
    codes: entries.map(({ code }) => code),
    counts: entries.map(({ n }) => n),
  };
}

/** Mean over the voxels that are not missing of normalized values, or of the transform's power step of them; and their number. */
export async function mean(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  power?: Power,
  profiler?: Profiler,
): Promise<{ mean: number; count: number }> {
  if (field.histogram) {
    const { keys, counts } = field.histogram;
    let [sum, total] = [0, 0];
    for (const [i, key] of keys.entries()) {
      const n = normalizedKey(field, key);
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
    kernels.get(MEAN).run({
      params: { powered: Number(power !== undefined), floor, gamma },
      resources: [sums],
      groups: [field.bindings],
      threads,
      profiler,
    });
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
