/** Statistics of a volume's values, computed on request. */

import type { ValueProfile } from "../../values/value-profile.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Field } from "./field.ts";
import type { FieldKernels } from "./field-kernels.ts";
import { mean } from "./mean.ts";

/** Statistics of a volume's values, in the file's units. */
export interface ValueStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Number of values that are not missing. */
  readonly count: number;
}

/** Statistics of the values of a volume. Their range comes from its profile. */
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

/** Statistics of listed values, whose keys may be only their ranks. */
export function listedStatistics({ levels, min, max, count }: ValueProfile): ValueStatistics {
  const sum = levels.values.reduce((sum, value, i) => sum + levels.counts[i] * value, 0);
  return { min, max, mean: count > 0 ? sum / count : 0, count };
}
