/** The inverse of a value scale: from transformed values, as the engine resizes them, back to data units. */

import { transformed } from "../options/transfer-curve.ts";
import { normalized, signedPart, type ValueScale } from "../options/value-scale.ts";

/** The transformed value of a value in data units: 0 to 1, or -1 to 1 for signed values. */
export function transformedValue({ kind, window, transform, mean }: ValueScale, value: number): number {
  return kind === "signed"
    ? signedPart(value, window)
    : transformed(normalized(value, window), transform, mean);
}

/**
 * A value in data units with this transformed value. Where the curve is flat, several have it: there, the result is the
 * end of the flat part.
 */
export function valueAtLevel({ kind, window, transform, mean }: ValueScale, t: number): number {
  const [low, high] = window;
  if (kind === "signed") return t < 0 ? -t * low : t * high;
  if (!transform) return low + t * (high - low);
  const { floor, gamma, contrast, bias } = transform;
  const p = contrast > 0 ? mean + (t - mean + bias) / contrast : 0;
  const n = floor + Math.min(Math.max(p, 0), 1) ** (1 / gamma);
  return low + Math.min(n, 1) * (high - low);
}
