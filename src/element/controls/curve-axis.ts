/** The value axis of the histogram and its bins. */

import type { Window } from "../../options/settings.ts";
import type { Levels } from "../../values/levels.ts";

/** The plot shows the whole range of values if it is at most this many times as wide as the window. */
const WIDEST = 4;

/** Rounds to a tenth of the smallest step, to keep numbers short. */
export function rounded(value: number, step: number): number {
  const unit = 10 ** Math.floor(Math.log10(step));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}

/** The values that the plot spans: all, or the window and its width on either side. */
export function axisOf({ values }: Levels, [low, high]: Window): Window {
  const [least, most] = [values[0] ?? 0, values.at(-1) ?? 0];
  const ends = [Math.min(least, low), Math.max(most, high)] as const;
  const span = high - low;
  if (ends[1] - ends[0] <= WIDEST * span) return ends;
  return [Math.max(ends[0], low - span), Math.min(ends[1], high + span)];
}

/** Counts voxels in equal bins of a range. Values beyond its ends are left out or counted in the end bins. */
export function binned(
  { values, counts }: Levels,
  [low, high]: Window,
  bins: number,
  isClamped = false,
): Float64Array {
  const result = new Float64Array(bins);
  if (!(high > low)) return result;
  for (let i = 0; i < values.length; i++) {
    const place = (values[i] - low) / (high - low);
    const at = isClamped ? Math.min(Math.max(place, 0), 1) : place;
    if (at >= 0 && at <= 1) result[Math.min(Math.floor(at * bins), bins - 1)] += counts[i];
  }
  return result;
}
