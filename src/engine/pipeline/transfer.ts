/** Steps 2 and 3 for one value on the CPU, the same as in shaders/lib/field.wgsl. */

import type { Transform } from "../../options/settings.ts";
import { transformed } from "../../options/transfer-curve.ts";
import { keyValue } from "../../values/stored-values.ts";
import type { Field, KeyWindow } from "./field.ts";

/** The article's transform (null for none), and the mean of its power step over all values. */
export interface AppliedTransform {
  readonly transform: Transform | null;
  readonly mean: number;
}

/** (v - least) / (most - least) of a key, 0 to 1; 0 if the window is empty. */
export function normalizedKey({ codes, keys }: Field, key: number, { least, most }: KeyWindow): number {
  const value = keyValue(codes, key, keys.first);
  return most > least ? Math.min(Math.max((value - least) / (most - least), 0), 1) : 0;
}

/** The transformed value of a key, 0 to 1. */
export function transformedKey(field: Field, { transform, mean }: AppliedTransform, key: number): number {
  return transformed(normalizedKey(field, key, field.window), transform, mean);
}
