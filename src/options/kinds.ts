/**
 * Kinds of volume, and the rule that tells which one a file holds: from its header and its histogram. docs/kinds.md has
 * the rule in words.
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

/** So few whole numbers are labels, unless more than this share of neighbours differ. */
const FEW_LEVELS = 6;
const FEW_CHANGES = 0.8;
/** More of them are labels where they lie in patches: at most this share of neighbours differ. */
const MOST_CHANGES = 0.5;
/** And of those that differ, at least this share skip a value: in a smooth image neighbours seldom do. */
const LEAST_JUMPS = 0.25;
/** -1 is in use for what has no label. */
const LEAST_LABEL = -1;
/** Voxels a label has on average. */
const LABEL_VOXELS = 4;
/** Signed values: the weaker sign reaches at least this part of the stronger one. */
const WEAKER_SIGN = 0.1;
/** At least this share of them is nearer to 0 than to the ends. */
const NEAR_ZERO = 0.8;
/** They lie around 0: at least this share of them is 0 (nearer than this part of the ends), */
const ZERO_SHARE = 0.3;
const ZERO = 0.0005;
/** or the median of the others is no farther from 0 than this part of their interquartile range. */
const OFF_CENTRE = 0.3;
/** The share of values at either end that is left out when ends are compared. */
const TAIL = 0.0005;

/** What a volume holds. */
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

/** Whether values lie around 0: many of them are 0, or the others are as many above as below, about. */
function isCentred({ values, counts }: Levels, zero: number): boolean {
  const isOther = (_: number, i: number) => Math.abs(values[i]) > zero;
  const others = { values: values.filter(isOther), counts: counts.filter(isOther) };
  if (total(others.counts) <= (1 - ZERO_SHARE) * total(counts)) return true;
  const [first, median, third] = [0.25, 0.5, 0.75].map((share) => quantile(others, share));
  return Math.abs(median) <= OFF_CENTRE * (third - first);
}

/** Whether a value is a label, not background: 0 is, and what is below where there are labels above. */
export function isLabel({ max }: ValueProfile): (value: number) => boolean {
  return max > 0 ? (value) => value > 0 : (value) => value !== 0;
}

/** Whether a level belongs to a mask's shape: of two values the one that is not 0, else the greater; of more, all labels. */
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

/** The kind and what there is of it, as in "Labels: 53 values". */
export function describeKind(kind: Kind, profile: ValueProfile, say: Say = inEnglish): string {
  if (kind !== "labels") return say(KIND_NAMES[kind]);
  const count = profile.levels.values.filter(isLabel(profile)).length;
  return count === 1 ? say("Labels: 1 value") : say("Labels: {count} values", { count });
}

/** Whether the values of a kind are looked up in a list, not measured along a scale. */
export function isListed(kind: Kind): boolean {
  return kind === "labels" || kind === "mask";
}
