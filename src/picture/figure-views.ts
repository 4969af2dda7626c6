/** The panels of a figure: several views of a volume, and the letters that name them. */

import { VoxelVolumeError } from "../errors.ts";
import { type OptionTexts, VIEW_NAMES } from "../options/options.ts";
import { axisViews } from "../options/orientation.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ScalarImage } from "../volume.ts";

const SIDES = ["front", "back", "left", "right", "top", "bottom"];
const MOST = 16;

/**
 * Names of views, separated by commas: the article's (`full`, `cut`, `diagonal`), or the side of the volume that faces
 * the viewer (`front`, `back`, `left`, `right`, `top`, `bottom`).
 * @throws VoxelVolumeError "invalid-option".
 */
export function parseViews(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.length > MOST || !names.every((name) => [...VIEW_NAMES, ...SIDES].includes(name)))
    throw new VoxelVolumeError(
      "invalid-option",
      `views "${text}": expected up to ${MOST} of ${[...VIEW_NAMES, ...SIDES].join(", ")}, with commas between them`,
    );
  return names;
}

/**
 * Letter of the first panel, "a" or "A" as a rule, or "" for none; the next panels have the next letters.
 * @throws VoxelVolumeError "invalid-option".
 */
export function parseLetters(text: string, panels: number): string {
  if (text !== "" && (!/^[a-z]$/i.test(text) || !/^[a-z]$/i.test(letterAt(text, panels - 1))))
    throw new VoxelVolumeError(
      "invalid-option",
      `letters "${text}": expected the letter of the first panel, as in a or A`,
    );
  return text;
}

/** Letter of a panel; "" if the panels have none. */
export function letterAt(first: string, panel: number): string {
  return first && String.fromCharCode(first.charCodeAt(0) + panel);
}

/**
 * The settings of each view. Options that are set explicitly hold for all of them.
 * @param resolve makes the settings of the volume from option texts.
 */
export function viewSettings(
  views: readonly string[],
  texts: OptionTexts,
  volume: ScalarImage,
  resolve: (texts: OptionTexts) => DrawnSettings,
): DrawnSettings[] {
  if (views.length === 0) return [resolve(texts)];
  return views.map((name) => {
    if (!SIDES.includes(name)) return resolve({ ...texts, view: name });
    const sides = axisViews(volume, resolve(texts).flip);
    const { azimuth, elevation } = sides.find((side) => side.name === name) ?? {};
    return resolve({ ...texts, azimuth: String(azimuth), elevation: String(elevation) });
  });
}
