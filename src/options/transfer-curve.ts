/**
 * The transform as a curve over normalized values n: p = clip(n - floor, 0, 1) ** gamma, t = clip((p - mean) * contrast
 * + mean - bias, 0, 1), where `mean` is the mean of p.
 */

import type { Transform } from "./settings.ts";

/** Limits a number to a range. */
export const clip = (x: number, low = 0, high = 1): number => Math.min(Math.max(x, low), high);

/** p of the transform; 0 at the floor, for any gamma. */
export function powered(n: number, { floor, gamma }: Pick<Transform, "floor" | "gamma">): number {
  const above = clip(n - floor);
  return above === 0 ? 0 : above ** gamma;
}

/**
 * Mean of p over all voxels, from a histogram of n over equal bins of [0, 1]. Bin i counts as i / (bins - 1), which is
 * exact for the lowest and the highest value, of which there may be many.
 */
export function meanPowered(
  histogram: ArrayLike<number>,
  transform: Pick<Transform, "floor" | "gamma">,
): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < histogram.length; i++) {
    if (histogram[i] === 0) continue;
    sum += histogram[i] * powered(i / (histogram.length - 1), transform);
    count += histogram[i];
  }
  return count === 0 ? 0 : sum / count;
}

/** t of a normalized value; without a transform, the value itself. */
export function transformed(n: number, transform: Transform | null, mean: number): number {
  if (!transform) return n;
  return clip((powered(n, transform) - mean) * transform.contrast + mean - transform.bias);
}
