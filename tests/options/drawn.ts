/** Resolves the settings with which a volume is drawn. */

import { appearance, drawnSettings } from "../../src/options/appearance.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import { drawnValue, wholeScale } from "../../src/options/value-scale.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { ValueProfile } from "../../src/values/value-profile.ts";
import type { Volume } from "../../src/volume.ts";

/** How a volume is drawn with these options. */
export async function drawn(volume: Volume, texts: OptionTexts = {}) {
  const profile = await profileOf(volume);
  const settings = drawnSettings(settingsFrom(texts, [1, 1, 1, 1]), volume, profile);
  return { profile, settings, appearance: appearance(settings, profile) };
}

/** Number of filled voxels, from the volume's levels. */
export function filledOf(
  { levels }: ValueProfile,
  settings: Awaited<ReturnType<typeof drawn>>["settings"],
): number {
  const scale = wholeScale(levels, settings);
  return levels.counts.reduce(
    (sum, n, i) => sum + (drawnValue(scale, levels.values[i]).alpha > 0 ? n : 0),
    0,
  );
}
