/** The options of the picture as properties of the element: how attributes become values, and what each change asks for. */

import { OPTION_NAMES, OPTIONS, type OptionName, type OptionTexts } from "../options/options.ts";
import { textOf } from "../text-of.ts";

/** Options that `view` sets where they are not set themselves. */
const FROM_VIEW: readonly OptionName[] = ["flip", "crop", "clip", "azimuth"];
/** Options that gestures change. */
export const TURNED = ["azimuth", "elevation", "zoom", "target"] as const;
/** Options that are set for one file, and mean nothing for another. */
const OF_THE_FILE: readonly OptionName[] = [
  ...["kind", "window", "threshold", "only", "hide", "flip", "crop", "clip", "view", "zoom", "target"],
] as OptionName[];
export const CAMERA = [...TURNED, "fit", "distance", "projection"] as OptionName[];
/** Numbers, which may be `auto`. */
const NUMBERS = OPTION_NAMES.filter((name) => {
  const { default: text, parse } = OPTIONS[name];
  return typeof parse(text) === "number" || name === "opacity" || name === "threshold";
});
/** Options that only the drawing needs: the voxels stay as they are. */
export const DRAW_ONLY: readonly OptionName[] = [
  ...["aspect", "blend", "colormap", "opacity", "shade", "light", "explode", "axes", "colorbar"],
  ...CAMERA,
] as readonly OptionName[];

/** An option as a property: text or a number as in the attribute; undefined: from the view, or its default. */
export type OptionValue = string | number | boolean | undefined;

/** The attribute's text as the property's value: numbers as such, but kept as written where they are none. */
function fromAttribute(name: OptionName, text: string | null): OptionValue {
  if (text === null) return defaultOf(name);
  const n = Number(text);
  return NUMBERS.includes(name) && text.trim() !== "" && !Number.isNaN(n) ? n : text;
}

/** The property's value where nothing is set; undefined where the view decides. */
export function defaultOf(name: OptionName): string | number | undefined {
  if (FROM_VIEW.includes(name)) return undefined;
  const { default: text } = OPTIONS[name];
  return NUMBERS.includes(name) && text !== "auto" ? Number(text) : text;
}

/** The properties with which another file is shown whole, and as what it is. */
export function fileDefaults(): Record<string, unknown> {
  const options = Object.fromEntries(OF_THE_FILE.map((name) => [name, defaultOf(name)]));
  return { ...options, entry: undefined, frame: 0, playing: false, labels: undefined };
}

/** Lit's declarations. */
export const optionProperties = Object.fromEntries(
  OPTION_NAMES.map((name) => [
    name,
    { attribute: name, converter: { fromAttribute: (text: string | null) => fromAttribute(name, text) } },
  ]),
);

/** The properties as texts, for `settingsFrom`. */
export function textsOf(element: Readonly<Record<OptionName, unknown>>): OptionTexts {
  const texts: OptionTexts = {};
  for (const name of OPTION_NAMES) {
    const value = element[name];
    if (value !== undefined && value !== null) texts[name] = textOf(value);
  }
  return texts;
}
