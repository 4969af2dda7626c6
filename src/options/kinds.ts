/**
 * Kinds of volume, and the rule that detects the kind from the header and the histogram. docs/kinds.md explains the
 * rule.
 */

import { VoxelVolumeError } from "../errors.ts";
import { inEnglish, type Say, type Text } from "../texts.ts";
import { type Levels, quantile, total } from "../values/levels.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage } from "../volume.ts";

export const KINDS = ["intensity", "labels", "mask", "signed"] as const;
export type Kind = (typeof KINDS)[number];

/** Names of the kinds. */
export const KIND_NAMES = {
  intensity: "Intensity",
  labels: "Labels",
  mask: "Mask",
  signed: "Signed",
} as const satisfies Record<Kind, Text>;

/** Up to this many distinct whole numbers are labels, unless more than FEW_CHANGES of the neighbours differ. */
const FEW_LEVELS = 6;
const FEW_CHANGES = 0.8;
/** More distinct numbers are labels if they form patches: at most this share of neighbours differ. */
const MOST_CHANGES = 0.5;
/** Also, at least this share of the differing neighbours skip a value; in a smooth image few do. */
const LEAST_JUMPS = 0.25;
/** -1 is commonly used for voxels without a label. */
const LEAST_LABEL = -1;
/** Minimum average number of voxels per label. */
const LABEL_VOXELS = 4;
/** Signed values: the weaker sign reaches at least this fraction of the stronger one. */
const WEAKER_SIGN = 0.1;
/** Signed values: at least this share is closer to 0 than to the ends. */
const NEAR_ZERO = 0.8;
/**
 * Signed values are centred at 0 if at least this share of them is 0 (closer to 0 than the fraction ZERO of the ends),
 */
const ZERO_SHARE = 0.3;
const ZERO = 0.0005;
/** or the median of the other values is no farther from 0 than this fraction of their interquartile range. */
const OFF_CENTRE = 0.3;
/** The share of values at either end that is ignored when the ends are compared. */
const TAIL = 0.0005;

/** The kind of a volume. */
export function kindOf(profile: ValueProfile, { intent }: Pick<ScalarImage, "intent">): Kind {
  const { isExact, isWhole, levels, missing, changes, jumps, count, min } = profile;
  const distinct = levels.values.length;
  if (isExact && (distinct === 2 || (distinct === 1 && missing > 0))) return "mask";
  if (intent === "labels" && isWhole) return "labels";
  if (intent === "signed") return "signed";
  const isPatchy =
    distinct <= FEW_LEVELS ? changes <= FEW_CHANGES : changes <= MOST_CHANGES && jumps >= LEAST_JUMPS;
  const isSorted = isWhole && min >= LEAST_LABEL && distinct > 2 && count >= LABEL_VOXELS * distinct;
  if (isSorted && isPatchy) return "labels";
  return isSigned(profile) ? "signed" : "intensity";
}

function isSigned({ levels }: ValueProfile): boolean {
  const [low, high] = [quantile(levels, TAIL), quantile(levels, 1 - TAIL)];
  if (!(low < 0 && high > 0)) return false;
  if (Math.min(-low, high) < WEAKER_SIGN * Math.max(-low, high)) return false;
  let [near, all] = [0, 0];
  for (const [i, value] of levels.values.entries()) {
    all += levels.counts[i];
    if (value >= low / 2 && value <= high / 2) near += levels.counts[i];
  }
  return near >= NEAR_ZERO * all && isCentred(levels, ZERO * Math.max(-low, high));
}

/** Whether values are centred at 0: many of them are 0, or the others lie about equally above and below. */
function isCentred({ values, counts }: Levels, zero: number): boolean {
  const isOther = (_: number, i: number) => Math.abs(values[i]) > zero;
  const others = { values: values.filter(isOther), counts: counts.filter(isOther) };
  if (total(others.counts) <= (1 - ZERO_SHARE) * total(counts)) return true;
  const [first, median, third] = [0.25, 0.5, 0.75].map((share) => quantile(others, share));
  return Math.abs(median) <= OFF_CENTRE * (third - first);
}

/** Whether a value is a label, not background. Background is 0, and negative values if there are positive labels. */
export function isLabel({ max }: ValueProfile): (value: number) => boolean {
  return max > 0 ? (value) => value > 0 : (value) => value !== 0;
}

/**
 * Whether a level is part of a mask's shape. Of two values: the one that is not 0, else the greater. Of more values:
 * all labels.
 */
export function isMasked(profile: ValueProfile): (value: number, level: number) => boolean {
  const { values } = profile.levels;
  if (values.length > 2) return isLabel(profile);
  const shape = values.length === 2 && values[1] === 0 ? 0 : values.length - 1;
  return (_, level) => level === shape;
}

export function tooManyLabels(): VoxelVolumeError {
  return new VoxelVolumeError(
    "invalid-option",
    'kind: more than 65,536 different values are no labels; set kind="intensity"',
  );
}

/** The kind with a detail, as in "Labels: 53 values". */
export function describeKind(kind: Kind, profile: ValueProfile, say: Say = inEnglish): string {
  if (kind !== "labels") return say(KIND_NAMES[kind]);
  const count = profile.levels.values.filter(isLabel(profile)).length;
  return count === 1 ? say("Labels: 1 value") : say("Labels: {count} values", { count });
}

/** Whether values of a kind are looked up in a list, instead of being measured on a scale. */
export function isListed(kind: Kind): boolean {
  return kind === "labels" || kind === "mask";
}
