/** The ends of both normalizations: the window in keys, and what the cut leaves. */

import { fetched } from "../../errors.ts";
import type { Window } from "../../options/settings.ts";
import { keyValueOf, type ValueSource } from "../../values/stored-values.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Cut } from "./cut.ts";
import type { Field, KeyWindow } from "./field.ts";
import type { FieldKernels } from "./field-kernels.ts";
import { transformedEnds } from "./tables.ts";

/** A window in data units as the numbers of `keyValue`; ends that occur keep all their bits. */
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

/** A value at the threshold is drawn, whatever the rounding of f32; as a part of the window. */
const THRESHOLD_ROUNDING = 1e-6;

/** A threshold in data units as parts of the window on either side of 0, at most all of it: members of the struct Field. */
export function thresholds([low, high]: Window, threshold: number) {
  const part = (end: number) => (end > 0 ? Math.min(threshold / end, 1) - THRESHOLD_ROUNDING : 0);
  return { threshold_below: part(-low), threshold_above: part(high) };
}

/** Fetches what measures a cut. */
export const fetchCutKeys = () => fetched(import("./cut-keys.ts"));

/** Least and greatest transformed value that the cut leaves. What the clip plane removes counts as 0, as in the article. */
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
