/** The ends of both normalizations: the window in keys, and the range that remains after the cut. */

import { fetched } from "../../errors.ts";
import type { Window } from "../../options/settings.ts";
import { keyValueOf, type ValueSource } from "../../values/stored-values.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Cut } from "./cut.ts";
import type { Field, KeyWindow } from "./field.ts";
import type { FieldKernels } from "./field-kernels.ts";
import { transformedEnds } from "./tables.ts";

/** Converts a window in data units to the numbers of `keyValue`. Ends that occur as values keep all their bits. */
export function windowInKeys(source: ValueSource, { keys, wholeWindow }: Field, window: Window): KeyWindow {
  const { first, last } = keys;
  if (first > last) return { least: 0, most: 0 };
  const [least, most] = window.map((value) => {
    if (value === source.valueOfKey(first)) return wholeWindow.least;
    if (value === source.valueOfKey(last)) return wholeWindow.most;
    return keyValueOf(source, value, first);
  });
  return { least, most };
}

/** Tolerance, as a fraction of the window, so that a value at the threshold is drawn despite f32 rounding. */
const THRESHOLD_ROUNDING = 1e-6;

/**
 * A threshold in data units as fractions of the window on either side of 0, at most all of it: members of the struct
 * Field.
 */
export function thresholds([low, high]: Window, threshold: number) {
  const part = (end: number) => (end > 0 ? Math.min(threshold / end, 1) - THRESHOLD_ROUNDING : 0);
  return { threshold_below: part(-low), threshold_above: part(high) };
}

/** Loads the code that measures a cut. */
export const fetchCutKeys = () => fetched(import("./cut-keys.ts"));

/**
 * Minimum and maximum transformed value that remain after the cut. Values removed by the clip plane count as 0, as in
 * the article.
 */
export async function cutValues(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  { isWhole }: Cut,
  profiler?: Profiler,
): Promise<readonly number[]> {
  const { keys, isClipped } = isWhole
    ? { keys: field.keys, isClipped: false }
    : await (await fetchCutKeys()).cutKeys(memory, field, kernels, profiler);
  const values = keys.first > keys.last ? [] : await transformedEnds(memory, field, kernels, keys, profiler);
  return isClipped || values.length === 0 ? [0, ...values] : values;
}
