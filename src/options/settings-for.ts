/** settingsFor: resolves options given as text for one volume. */

import { fetched } from "../errors.ts";
import type { Volume } from "../volume.ts";
import { drawnFor } from "./drawn-for.ts";
import type { LabelInput } from "./label-table.ts";
import { type OptionTexts, settingsFrom } from "./options.ts";
import { type DrawnSettings, TRANSPARENT } from "./settings.ts";

/** Inputs of the settings that are not text attributes. */
export interface SettingsContext {
  /** Straight red, green, blue and alpha, 0 to 1; transparent by default. */
  readonly background?: DrawnSettings["background"];
  /** Names and colours of labels: entries by label, or the text of a table. */
  readonly labels?: LabelInput;
}

/**
 * The settings with which the renderer draws a volume. `options` are the element's attributes that affect the picture,
 * as text. Options that are missing or "auto" depend on the volume's values, which are read for that purpose.
 * @throws VoxelVolumeError "invalid-option", and as `Volume.read`.
 */
export async function settingsFor(
  volume: Volume,
  options: OptionTexts = {},
  { background = TRANSPARENT, labels }: SettingsContext = {},
): Promise<DrawnSettings> {
  const table = labels === undefined ? null : (await fetched(import("./label-table.ts"))).labelTable(labels);
  return (await drawnFor(volume, settingsFrom(options, background, table))).settings;
}
