/** Step 2 for one value on the CPU, the same as in shaders/lib/field.wgsl; and the settings of step 3. */

import type { Transform } from "../../options/settings.ts";
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
