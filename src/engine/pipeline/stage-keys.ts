/** stageKeys: the inputs of each pipeline stage, apart from the stages before it. */

import { isListed } from "../../options/kinds.ts";
import type { PipelineSettings } from "../../options/settings.ts";
import { DTYPES, type Volume } from "../../volume.ts";

/** If all parts are equal, the stage need not run again. */
type Key = readonly unknown[];

/** The keys of the stages, by stage name. */
export function stageKeys(
  volume: Volume,
  { kind, window, threshold, resolution, antialias, flip, crop, clip, ...more }: PipelineSettings,
): Record<"store" | "transform" | "resize" | "cut", Key> {
  const inList = isListed(kind);
  const transform = kind === "intensity" ? more.transform : null;
  // Listed values are ranked and resized to the nearest value before they are stored.
  const listing = inList ? [DTYPES[volume.dtype] > 2, resolution] : [false, "native"];
  const listed = inList
    ? [kind, more.colormap, more.labels, JSON.stringify([more.only, more.hide])]
    : [kind, threshold];
  return {
    store: [volume, JSON.stringify(listing)],
    transform: [JSON.stringify([kind === "signed", inList, window, transform])],
    resize: [inList || JSON.stringify([resolution, antialias])],
    cut: [JSON.stringify([flip, crop, clip]), ...listed],
  };
}
