/** Settings for the engine's tests: defaults are those of the article, whatever the values are. */

import { plainSettings } from "../../src/options/appearance.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import type { DrawnSettings } from "../../src/options/settings.ts";

export function settingsOf(
  texts: OptionTexts,
  background: DrawnSettings["background"] = [1, 1, 1, 1],
): DrawnSettings {
  return plainSettings(settingsFrom(texts, background));
}
