/** The handles that shape the transform's curve. */

import type { Transform } from "./settings.ts";
import { clip, meanPowered, powered } from "./transfer-curve.ts";

/** The parameter that a handle on the curve sets. */
export type HandleName = keyof Transform;

/** The height t of each handle on the curve. */
export const HANDLE_LEVELS: Readonly<Record<HandleName, number>> = {
  floor: 0,
  gamma: 0.25,
  bias: 0.5,
  contrast: 0.8,
};

/** The ranges of the parameters that handles set. */
export const HANDLE_RANGES: Readonly<Record<HandleName, readonly [low: number, high: number]>> = {
  floor: [0, 1],
  gamma: [0.05, 10],
  contrast: [0, 20],
  bias: [-1, 1],
};

/** Position of a handle on the n axis: where the curve has the handle's height, or the end that is closest to it. */
export function handlePosition(name: HandleName, transform: Transform, mean: number): number {
  const { floor, gamma, contrast, bias } = transform;
  if (name === "floor") return floor;
  const rise = HANDLE_LEVELS[name] - mean + bias;
  const p = contrast > 0 ? mean + rise / contrast : rise > 0 ? 1 : 0;
  return clip(floor + clip(p) ** (1 / gamma), floor, 1);
}

/** The value of handle `name`'s parameter for which the curve has the handle's height at `n`. */
export function draggedTo(
  name: HandleName,
  n: number,
  transform: Transform,
  histogram: ArrayLike<number>,
): number {
  const [low, high] = HANDLE_RANGES[name];
  const level = HANDLE_LEVELS[name];
  const { contrast, bias } = transform;
  const mean = meanPowered(histogram, transform);
  const p = powered(n, transform);
  switch (name) {
    case "floor":
      return clip(n, low, high);
    case "bias":
      return clip((p - mean) * contrast + mean - level, low, high);
    case "contrast": {
      // The curve rotates about (mean, mean - bias) and cannot be rotated past the vertical.
      const rise = level - mean + bias;
      const run = (p - mean) * Math.sign(rise);
      return run <= 0 ? high : clip(Math.abs(rise) / run, low, high);
    }
    case "gamma":
      return gammaThrough(n, transform, histogram);
  }
}

/** Bisection: the handle moves right as gamma grows, as its position is a power mean with exponent gamma. */
function gammaThrough(n: number, transform: Transform, histogram: ArrayLike<number>): number {
  let [low, high] = HANDLE_RANGES.gamma.map(Math.log);
  for (let i = 0; i < 24; i++) {
    const gamma = Math.exp((low + high) / 2);
    const tried = { ...transform, gamma };
    if (handlePosition("gamma", tried, meanPowered(histogram, tried)) < n) low = Math.log(gamma);
    else high = Math.log(gamma);
  }
  return Math.exp((low + high) / 2);
}
