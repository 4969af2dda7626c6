/** ValueScale: maps a value in data units to its position on the colour map and its alpha. */

import type { Levels } from "../values/levels.ts";
import type { Kind } from "./kinds.ts";
import type { Transform, Window } from "./settings.ts";
import { powered, transformed } from "./transfer-curve.ts";

/** Steps 2, 3 and 5 for one value, the same as in shaders/lib/field.wgsl. Labels are looked up instead. */
export interface ValueScale {
  readonly kind: Kind;
  /** In data units. */
  readonly window: Window;
  /** Signed: values closer to 0 are not drawn, in data units. */
  readonly threshold: number;
  readonly transform: Transform | null;
  /** Mean over all values of the transform's power step. */
  readonly mean: number;
  /** Range of the transformed values that remain after the cut. */
  readonly cut: readonly [least: number, most: number];
}

/** Colour and alpha with which a value is drawn. */
export interface DrawnValue {
  /** Position on the colour map, 0 to 1. */
  readonly color: number;
  /** Before opacity, 0 to 1. */
  readonly alpha: number;
}

/** Normalizes a value by a window, to 0 to 1; 0 if the window is empty. */
export function normalized(value: number, [low, high]: Window): number {
  return high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0;
}

/** Maps a value in a window around 0 to -1 to 1; 0 if that side of the window is empty. */
export function signedPart(value: number, [low, high]: Window): number {
  if (value >= 0) return high > 0 ? Math.min(value / high, 1) : 0;
  return low < 0 ? -Math.min(value / low, 1) : 0;
}

/** Colour and alpha of a value. */
export function drawnValue(scale: ValueScale, value: number): DrawnValue {
  const { kind, window, threshold, transform, mean, cut } = scale;
  if (kind === "signed") {
    const part = signedPart(value, window);
    // All values beyond the window look alike, so the threshold is limited to it.
    const least = Math.min(threshold, value >= 0 ? window[1] : -window[0]);
    return { color: (1 + part) / 2, alpha: Math.abs(value) >= least ? Math.abs(part) : 0 };
  }
  const t = normalized(transformed(normalized(value, window), transform, mean), cut);
  return { color: t, alpha: t };
}

/** Index of a value in a colour map of 256 colours (matplotlib's rule). */
export function colorEntry(color: number): number {
  return Math.min(Math.floor(color * 256), 255);
}

/** The scale of a whole volume with these values. */
export function wholeScale(
  levels: Levels,
  settings: Pick<ValueScale, "kind" | "threshold" | "transform"> & { readonly window: Window | null },
): ValueScale {
  const { kind, threshold, transform } = settings;
  const ends = [levels.values[0] ?? 0, levels.values.at(-1) ?? 0] as const;
  const window = settings.window ?? ends;
  const mean = transform ? meanPower(levels, window, transform) : 0;
  const cut = ends.map((value) => transformed(normalized(value, window), transform, mean));
  return { kind, window, threshold, transform, mean, cut: [cut[0], cut[1]] };
}

function meanPower({ values, counts }: Levels, window: Window, transform: Transform): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += counts[i] * powered(normalized(values[i], window), transform);
    count += counts[i];
  }
  return count > 0 ? sum / count : 0;
}
