/** The picture's options as properties of the element: how attributes are parsed, and what each change requires. */

import { OPTION_NAMES, OPTIONS, type OptionName, type OptionTexts } from "../options/options.ts";
import { textOf } from "../text-of.ts";

/** Options that `view` sets unless they are set explicitly. */
const FROM_VIEW: readonly OptionName[] = ["flip", "crop", "clip", "azimuth"];
/** Options that gestures change. */
export const TURNED = ["azimuth", "elevation", "zoom", "target"] as const;
/** Options that are set for one file and do not apply to another. */
const OF_THE_FILE: readonly OptionName[] = [
  ...["kind", "window", "threshold", "only", "hide", "flip", "crop", "clip", "view", "zoom", "target"],
] as OptionName[];
export const CAMERA = [...TURNED, "fit", "distance", "projection"] as OptionName[];
/** Options that are numbers; some may also be `auto`. */
const NUMBERS = OPTION_NAMES.filter((name) => {
  const { default: text, parse } = OPTIONS[name];
  return typeof parse(text) === "number" || name === "opacity" || name === "threshold";
});
/** Options that only affect drawing: the voxel grid stays the same. */
export const DRAW_ONLY: readonly OptionName[] = [
  ...["aspect", "blend", "colormap", "opacity", "shade", "light", "explode"],
  ...["axes", "colorbar", "scalebar", "orientation"],
  ...CAMERA,
] as readonly OptionName[];

/** Value of an option's property: text or a number, as in the attribute; undefined: from the view, or the default. */
export type OptionValue = string | number | boolean | undefined;

/** Converts an attribute's text to the property's value: a number if it is one, else the text as written. */
export function fromAttribute(name: OptionName, text: string | null): OptionValue {
  if (text === null) return defaultOf(name);
  const n = Number(text);
  return NUMBERS.includes(name) && text.trim() !== "" && !Number.isNaN(n) ? n : text;
}

/** The property's value if nothing is set; undefined if the view decides. */
export function defaultOf(name: OptionName): string | number | undefined {
  if (FROM_VIEW.includes(name)) return undefined;
  const { default: text } = OPTIONS[name];
  return NUMBERS.includes(name) && text !== "auto" ? Number(text) : text;
}

/** Property values with which another file is shown whole and by its own kind. */
export function fileDefaults(): Record<string, unknown> {
  const options = Object.fromEntries(OF_THE_FILE.map((name) => [name, defaultOf(name)]));
  return { ...options, entry: undefined, frame: 0, channel: 0, playing: false, labels: undefined };
}

/** Declarations for Lit. */
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
