/** The options of the picture as properties of the element: how attributes become values, and what each change asks for. */

import { OPTION_NAMES, OPTIONS, type OptionName, type OptionTexts } from "../options/options.ts";

/** Options that `view` sets where they are not set themselves. */
const FROM_VIEW: readonly OptionName[] = ["flip", "crop", "clip", "azimuth"];
/** What a hand moves. */
export const TURNED = ["azimuth", "elevation", "zoom"] as const;
export const CAMERA: readonly OptionName[] = [...TURNED, "target", "fit", "distance", "projection"];
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
    if (value !== undefined && value !== null) texts[name] = String(value);
  }
  return texts;
}
