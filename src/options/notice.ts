/** Notices: what a person should know who sees little or nothing of a volume, with the way out. */

import type { ValueProfile } from "../values/profile.ts";
import { formatValue } from "./describe.ts";
import type { DrawnSettings } from "./settings.ts";

/** Fewer filled voxels than this share of what the cut leaves are hardly seen. */
const FEW = 0.001;

/** More than this share hides what is inside. */
const NEARLY_ALL = 0.99;

/** What there is to see. */
export interface Filled {
  readonly filled: number;
  /** Voxels that the crop leaves. */
  readonly voxels: number;
  readonly isCut: boolean;
}

/** One line, or undefined where all is well. */
export function noticeOf(
  { kind, transform, opacity }: Pick<DrawnSettings, "kind" | "transform" | "opacity">,
  { min, max, count, missing }: ValueProfile,
  { filled, voxels, isCut }: Filled,
): string | undefined {
  if (count === 0) return "No voxel has a value: all are missing (NaN or infinite)";
  if (min === max && (missing === 0 || filled === 0)) {
    return `Every value is ${formatValue(min)}: there is nothing to tell apart. Is it the right file, entry and frame?`;
  }
  if (opacity === 0) return "Nothing is seen: opacity is 0. Set opacity to 1";
  const way = WAYS[kind](transform !== null);
  const cut = isCut ? "widen crop and clip, or " : "";
  if (filled === 0) return `No voxel is filled: ${cut}${way.less}`;
  if (filled < FEW * voxels)
    return `Only ${percent(filled / voxels)} of the voxels are filled: ${cut}${way.less}`;
  if (filled === voxels) return `All voxels are filled: what is inside is hidden. ${way.more}`;
  if (filled > NEARLY_ALL * voxels)
    return `Nearly all voxels are filled: what is inside may be hidden. ${way.more}`;
  return undefined;
}

const WAYS: Readonly<
  Record<DrawnSettings["kind"], (isTransformed: boolean) => { less: string; more: string }>
> = {
  intensity: (isTransformed) => ({
    less: isTransformed ? "narrow the window, or lower floor and bias" : "narrow the window",
    more: "Raise the window's low end, lower opacity, or crop",
  }),
  signed: () => ({ less: "lower the threshold", more: "Raise the threshold, or crop" }),
  labels: () => ({ less: "show more labels, or zoom in", more: "Hide some labels, or crop" }),
  mask: () => ({ less: "zoom in, or crop", more: "Crop, or set kind to intensity" }),
};

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(1))} %`;
}
