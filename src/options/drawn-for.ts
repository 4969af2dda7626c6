/** drawnFor: what decides the automatic settings of a volume, read and applied at once. */

import type { ValueProfile } from "../values/value-profile.ts";
import type { Volume } from "../volume.ts";
import { contentReady, drawnProfile, drawnSettings } from "./appearance.ts";
import type { DrawnSettings, Settings } from "./settings.ts";

/** The profile of a volume, and the settings with which it is drawn; reads what of the volume decides them. */
export async function drawnFor(
  volume: Volume,
  settings: Settings,
): Promise<{ profile: ValueProfile; settings: DrawnSettings }> {
  const profile = await drawnProfile(volume);
  await contentReady(volume, profile, settings.kind);
  return { profile, settings: drawnSettings(settings, volume, profile) };
}
