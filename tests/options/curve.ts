/** Inputs of the tests of the transform's curve. */

import type { Transform } from "../../src/options/settings.ts";

/** The article's transform. */
export const ARTICLE: Transform = { floor: 0.1, gamma: 0.4, contrast: 2, bias: 0.1 };

/** A histogram of normalized values over equal bins of [0, 1]. */
export function histogramOf(values: readonly number[], bins = 1024): Uint32Array {
  const counts = new Uint32Array(bins);
  for (const n of values) counts[Math.min(Math.floor(n * bins), bins - 1)]++;
  return counts;
}
