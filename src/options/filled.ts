/** How much of a volume is filled, computed from its profile alone. Exact if its values are listed. */

import type { ValueProfile } from "../values/value-profile.ts";
import { isListed } from "./kinds.ts";
import { labelsOf } from "./labels.ts";
import type { Filled } from "./notice.ts";
import type { DrawnSettings } from "./settings.ts";
import { drawnValue, wholeScale } from "./value-scale.ts";

/** Filled voxels of the whole volume, ignoring cuts. */
export function filledOf(profile: ValueProfile, settings: DrawnSettings): Filled {
  const { levels, count, missing } = profile;
  const labels = isListed(settings.kind) ? labelsOf(profile, settings) : undefined;
  const scale = wholeScale(levels, settings);
  const isFilled = (level: number) =>
    labels ? labels[level].shown : drawnValue(scale, levels.values[level]).alpha > 0;
  const filled = levels.counts.reduce((sum, n, level) => sum + (isFilled(level) ? n : 0), 0);
  return { filled, voxels: count + missing, isCut: false };
}
