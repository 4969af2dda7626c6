/** Steps 2 and 3 of one value on the CPU, as shaders/lib/field.wgsl has them. */

import type { Transform } from "../../options/settings.ts";
import { transformed } from "../../options/transfer-curve.ts";
import type { Field } from "./field.ts";
import { keyValue } from "./stored-values.ts";

/** The article's transform, null for none, and the mean of its power step over all values. */
export interface AppliedTransform {
  readonly transform: Transform | null;
  readonly mean: number;
}

/** (v - least) / (most - least) of a key, 0 where all values are equal. */
export function normalizedKey({ codes, keys }: Field, key: number): number {
  const [value, least, most] = [key, keys.first, keys.last].map((k) => keyValue(codes, k, keys.first));
  return most > least ? Math.min(Math.max((value - least) / (most - least), 0), 1) : 0;
}

/** The transformed value of a key, 0 to 1. */
export function transformedKey(field: Field, { transform, mean }: AppliedTransform, key: number): number {
  return transformed(normalizedKey(field, key), transform, mean);
}
