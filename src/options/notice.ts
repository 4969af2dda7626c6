/** Notices: tell a person why little or nothing of a volume is visible, and what to change. */

import { inEnglish, type Say, type Text } from "../texts.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import { formatValue } from "./format-value.ts";
import type { DrawnSettings } from "./settings.ts";

/** If fewer voxels than this share of the remaining ones are filled, they are hardly visible. */
const FEW = 0.001;

/** If more voxels than this share are filled, they hide the inside. */
const NEARLY_ALL = 0.99;

/** What remains visible of a volume. */
export interface Filled {
  readonly filled: number;
  /** Voxels within the crop. */
  readonly voxels: number;
  readonly isCut: boolean;
}

/** A notice of one line, or undefined if there is no problem. */
export function noticeOf(
  { kind, transform, opacity }: Pick<DrawnSettings, "kind" | "transform" | "opacity">,
  { min, max, count, missing }: ValueProfile,
  { filled, voxels, isCut }: Filled,
  say: Say = inEnglish,
): string | undefined {
  if (count === 0) return say("No voxel has a value: all are missing (NaN or infinite)");
  if (min === max && (missing === 0 || filled === 0)) {
    return say(
      "Every value is {value}: there is nothing to tell apart. Is it the right file, entry and frame?",
      { value: formatValue(min) },
    );
  }
  if (opacity === 0) return say("Nothing is seen: opacity is 0. Set opacity to 1");
  const way = WAYS[kind](transform !== null);
  const less = isCut ? say("widen crop and clip, or {advice}", { advice: say(way.less) }) : say(way.less);
  const more = say(way.more);
  if (filled === 0) return say("No voxel is filled: {advice}", { advice: less });
  if (filled < FEW * voxels) {
    const values = { percent: percent(filled / voxels), advice: less };
    return say("Only {percent} % of the voxels are filled: {advice}", values);
  }
  if (filled === voxels)
    return say("All voxels are filled: what is inside is hidden. {advice}", { advice: more });
  if (filled > NEARLY_ALL * voxels)
    return say("Nearly all voxels are filled: what is inside may be hidden. {advice}", { advice: more });
  return undefined;
}

const WAYS: Readonly<Record<DrawnSettings["kind"], (isTransformed: boolean) => { less: Text; more: Text }>> =
  {
    intensity: (isTransformed) => ({
      less: isTransformed ? "narrow the window, or lower floor and bias" : "narrow the window",
      more: "Raise the window's low end, lower opacity, or crop",
    }),
    signed: () => ({ less: "lower the threshold", more: "Raise the threshold, or crop" }),
    labels: () => ({ less: "show more labels, or zoom in", more: "Hide some labels, or crop" }),
    mask: () => ({ less: "zoom in, or crop", more: "Crop, or set kind to intensity" }),
  };

function percent(share: number): number {
  return Number((100 * share).toPrecision(1));
}
