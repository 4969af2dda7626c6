/** Windows that suit the values of a volume: the meaning of `window="auto"` and `threshold="auto"`. */

import { type Levels, quantile, total } from "../values/levels.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage } from "../volume.ts";
import { ARTICLE_TRANSFORM, type Window } from "./settings.ts";
import { drawnValue, wholeScale } from "./value-scale.ts";

/** A window is good if at least this share of the voxels is filled, and at least this share is not. */
const LEAST_FILLED = 0.005;
/** Minimum entropy, in bits, of the filled voxels' colours in 16 equal steps of the colour map, as in the article. */
const LEAST_BITS = 1.45;
/** Minimum entropy for a robust window. */
const ROBUST_BITS = 2;
/** Minimum entropy for the header's range. */
const HEADER_BITS = 1;
/** Minimum width of a robust window, in typical differences of neighbours; otherwise noise would fill it. */
const LEAST_STEPS = 16;
/**
 * If the header's range of signed values differs by more than this factor from a robust one, it belongs to another
 * image.
 */
const HEADER_FACTOR = 5;
/** Maximum number of levels for these decisions. */
const FEW_LEVELS = 2048;
/** Padding: the least value, if it has at least this share of the voxels */
const PADDING_SHARE = 0.002;
/** and is this far from the next value, as a fraction of the range of all others. */
const PADDING_GAP = 0.2;
/**
 * Hot voxels: the greatest values, if they are at most this share and farther from the others than the range of the
 * others.
 */
const HOT_SHARE = 0.002;
/** Shares of the values above a robust window, in the order in which they are tried. */
const ABOVE = [0.0001, 0.001, 0.01, 0.05];
/** Shares of the values below a robust window, in the order in which they are tried. */
const BELOW = [0, 0.25, 0.5, 0.75, 0.8, 0.85, 0.9, 0.95];
/** Signed values: the window excludes this share of the values that are not 0. */
const SIGNED_TAIL = 0.005;
/** Signed values: the share of the voxels that are not 0 that is drawn, the strongest ones. */
const SIGNED_FILLED = 0.1;
/** Signed values closer to 0 than this fraction of the greatest count as 0. */
const SIGNED_ZERO = 0.0005;
/** If no signed value is closer to 0 than this fraction of the greatest, the values have already been thresholded. */
const SIGNED_GAP = 0.1;

/** Result of the article's transform over all values. */
interface Outcome {
  /** Share of the voxels that are filled. */
  readonly filled: number;
  /** Entropy of the filled voxels' colours in 16 equal steps of the colour map, in bits. */
  readonly bits: number;
}

/** The outcome of the article's transform with a window; null: from the minimum to the maximum. */
function outcome(
  { levels, missing }: Pick<ValueProfile, "levels" | "missing">,
  window: Window | null,
): Outcome {
  const scale = wholeScale(levels, { kind: "intensity", threshold: 0, transform: ARTICLE_TRANSFORM, window });
  const steps = new Float64Array(16);
  let [filled, all] = [0, missing];
  for (const [i, n] of levels.counts.entries()) {
    const { alpha } = drawnValue(scale, levels.values[i]);
    all += n;
    if (alpha === 0) continue;
    filled += n;
    steps[Math.min(Math.floor(alpha * 16), 15)] += n;
  }
  const bits = steps.reduce((sum, n) => sum - (n > 0 ? (n / filled) * Math.log2(n / filled) : 0), 0);
  return { filled: filled / Math.max(all, 1), bits };
}

function isPicture({ filled, bits }: Outcome, leastBits: number): boolean {
  return filled >= LEAST_FILLED && filled < 1 && bits >= leastBits;
}

/**
 * The window of intensities: the header's, if it suits the values; null (from the minimum to the maximum, as in the
 * article), if that gives a good picture; else one that excludes padding and hot voxels.
 */
export function intensityWindow(
  profile: ValueProfile,
  { displayRange }: Pick<ScalarImage, "displayRange">,
): Window | null {
  const values = { levels: coarse(profile.levels), missing: profile.missing };
  if (displayRange && isPicture(outcome(values, displayRange), HEADER_BITS)) return displayRange;
  const { levels } = profile;
  const padded = withoutPadding(levels);
  const rest = withoutHot(padded);
  // Zeros around an object are its background; other values there are not part of the scale.
  const isClean =
    rest.values.length === padded.values.length && (padded === levels || levels.values[0] === 0);
  return isClean && isPicture(outcome(values, null), LEAST_BITS)
    ? null
    : robustWindow(values, rest, LEAST_STEPS * profile.step);
}

/** The first window that gives a good picture, or the most colourful one if none does. */
function robustWindow(
  values: Pick<ValueProfile, "levels" | "missing">,
  rest: Levels,
  leastWidth: number,
): Window | null {
  const ends = [rest.values[0], rest.values.at(-1) ?? 0] as const;
  if (!(ends[0] < ends[1])) return null;
  let best = { window: ends as Window, bits: 0 };
  for (const above of ABOVE) {
    for (const below of BELOW) {
      const window = [quantile(rest, below), quantile(rest, 1 - above)] as const;
      if (!(window[1] - window[0] > leastWidth)) continue;
      const made = outcome(values, window);
      if (isPicture(made, ROBUST_BITS)) return rounded(window);
      if (made.filled >= LEAST_FILLED && made.bits > best.bits) best = { window, bits: made.bits };
    }
  }
  return rounded(best.window);
}

/** A window with short numbers, at most a thousandth wider. */
function rounded([low, high]: Window): Window {
  const step = 10 ** Math.floor(Math.log10((high - low) / 500));
  const short = (ends: number) => Number((ends * step).toPrecision(12));
  return step > 0
    ? [short(Math.floor(low / step + 1e-6)), short(Math.ceil(high / step - 1e-6))]
    : [low, high];
}

/** The same distribution with fewer levels. The ends stay. */
function coarse(levels: Levels): Levels {
  const { length } = levels.values;
  if (length <= FEW_LEVELS) return levels;
  const counts = new Float64Array(FEW_LEVELS);
  const values = new Float64Array(FEW_LEVELS);
  for (let i = 0; i < length; i++) {
    const at = Math.floor((i * FEW_LEVELS) / length);
    counts[at] += levels.counts[i];
    values[at] += levels.counts[i] * levels.values[i];
  }
  for (let i = 0; i < FEW_LEVELS; i++) values[i] /= counts[i];
  values[0] = levels.values[0];
  values[FEW_LEVELS - 1] = levels.values[length - 1];
  return { values, counts };
}

function withoutPadding(levels: Levels): Levels {
  const { values, counts } = levels;
  if (values.length < 3) return levels;
  const rest = { values: values.subarray(1), counts: counts.subarray(1) };
  const range = quantile(rest, 0.999) - rest.values[0];
  const isPadding =
    counts[0] >= PADDING_SHARE * total(levels.counts) && rest.values[0] - values[0] > PADDING_GAP * range;
  return isPadding ? rest : levels;
}

function withoutHot({ values, counts }: Levels): Levels {
  const most = HOT_SHARE * total(counts);
  let end = values.length;
  let hot = 0;
  for (let i = values.length - 1; i > 1 && hot + counts[i] <= most; i--) {
    hot += counts[i];
    if (values[i] - values[i - 1] > values[i - 1] - values[0]) end = i;
  }
  return { values: values.subarray(0, end), counts: counts.subarray(0, end) };
}

/**
 * The window of signed values, symmetric around 0: the greater end of the header's range if it has one, else a robust
 * one.
 */
export function signedWindow(
  { levels }: ValueProfile,
  { displayRange }: Pick<ScalarImage, "displayRange">,
): Window {
  const { values, counts } = strengths(levels);
  const robust = quantile({ values, counts }, 1 - SIGNED_TAIL) || (values.at(-1) ?? 0);
  const given = displayRange ? Math.max(...displayRange.map(Math.abs)) : robust;
  const isSensible = given <= HEADER_FACTOR * robust && robust <= HEADER_FACTOR * given;
  return isSensible
    ? given === robust
      ? rounded([-given, given])
      : [-given, given]
    : rounded([-robust, robust]);
}

/**
 * The threshold of signed values: 0 if no value is near 0, else the one that leaves the strongest tenth of the values
 * that are not 0.
 */
export function signedThreshold({ levels }: ValueProfile): number {
  const sorted = strengths(levels);
  const isCut = sorted.values[0] > SIGNED_GAP * (sorted.values.at(-1) ?? 0);
  return isCut || sorted.values.length === 0 ? 0 : Number(quantile(sorted, 1 - SIGNED_FILLED).toPrecision(3));
}

/** Levels of the absolute values, without 0. */
function strengths({ values, counts }: Levels): Levels {
  const least = SIGNED_ZERO * Math.max(-(values[0] ?? 0), values.at(-1) ?? 0);
  const order = [...values.keys()]
    .filter((i) => Math.abs(values[i]) > least)
    .sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]));
  return {
    values: Float64Array.from(order, (i) => Math.abs(values[i])),
    counts: Float64Array.from(order, (i) => counts[i]),
  };
}
