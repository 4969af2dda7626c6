/** The options that can change during a film: numbers and lists of numbers. */

import type { OptionName, OptionTexts } from "../options/options.ts";
import type { DrawnSettings } from "../options/settings.ts";

interface MovingOption {
  /** The option's numbers in the settings; undefined if it has none, as the clip plane of a whole volume. */
  readonly numbers: (settings: DrawnSettings) => readonly number[] | null | undefined;
  /** The option's text for these numbers. */
  readonly text: (numbers: readonly number[]) => string;
}

const list = (numbers: MovingOption["numbers"]): MovingOption => ({
  numbers,
  text: (numbers) => numbers.join(" "),
});
const single = (number: (settings: DrawnSettings) => number | undefined): MovingOption =>
  list((settings) => {
    const value = number(settings);
    return value === undefined ? value : [value];
  });

const MOVING: Partial<Record<OptionName, MovingOption>> = {
  window: list(({ window }) => window),
  threshold: single(({ threshold }) => threshold),
  floor: single(({ transform }) => transform?.floor),
  gamma: single(({ transform }) => transform?.gamma),
  contrast: single(({ transform }) => transform?.contrast),
  bias: single(({ transform }) => transform?.bias),
  opacity: single(({ opacity }) => opacity),
  light: list(({ light }) => light),
  explode: single(({ explode }) => explode),
  crop: {
    numbers: ({ crop }) => crop.flat(),
    text: (n) => [0, 2, 4].map((i) => `${n[i]}:${n[i + 1]}`).join(" "),
  },
  clip: list(({ clip }) => clip),
  azimuth: single(({ camera }) => camera.azimuth),
  elevation: single(({ camera }) => camera.elevation),
  zoom: single(({ camera }) => camera.zoom),
  target: list(({ camera }) => camera.target),
  distance: single(({ camera }) => camera.distance),
};

/** Names of the options that can change during a film. */
export const MOVING_NAMES = Object.keys(MOVING) as OptionName[];

/** Significant digits of interpolated numbers: rounding errors must not exceed an option's range. */
const DIGITS = 12;

/** Test for an option that can change during a film. */
export function isMoving(name: string): name is OptionName {
  return Object.hasOwn(MOVING, name);
}

/** The text of an option in the settings of a picture, or undefined if it has no numbers there. */
export function movingText(name: OptionName, settings: DrawnSettings): string | undefined {
  const numbers = MOVING[name]?.numbers(settings);
  return numbers ? MOVING[name]?.text(numbers) : undefined;
}

/**
 * The texts of moving options between two pictures, interpolated linearly.
 * @param at 0 for those of `start`, 1 for those of `end`.
 */
export function textsBetween(
  names: readonly OptionName[],
  start: DrawnSettings,
  end: DrawnSettings,
  at: number,
): OptionTexts {
  return Object.fromEntries(
    names.map((name) => {
      const { numbers, text } = MOVING[name] as MovingOption;
      const [a, b] = [numbers(start) ?? [], numbers(end) ?? []];
      return [name, text(a.map((from, i) => rounded(from + (b[i] - from) * at)))];
    }),
  );
}

const rounded = (x: number): number => Number(x.toPrecision(DIGITS));
