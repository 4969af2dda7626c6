/** Mean of a field's values: from its histogram if it has one, else by a reduction on the GPU. */

import { fetched } from "../../errors.ts";
import type { Transform } from "../../options/settings.ts";
import { powered } from "../../options/transfer-curve.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Field, KeyWindow } from "./field.ts";
import type { FieldKernels } from "./field-kernels.ts";
import { normalizedKey } from "./transfer.ts";

type Power = Pick<Transform, "floor" | "gamma">;

interface MeanOptions {
  /** The window that is normalized to 0 to 1; by default the field's. */
  readonly window?: KeyWindow;
  /** The transform's power step, if the mean is taken after it. */
  readonly power?: Power;
  readonly profiler?: Profiler;
}

/**
 * Mean over the voxels that are not missing, of normalized values or of the transform's power step of them; and the
 * number of those voxels.
 */
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
  const { measuredMean } = await fetched(import("./measured-mean.ts"));
  return measuredMean(memory, field, kernels, { window, power, profiler });
}
