/** The options of a picture, in one table for the element's attributes, the command line and the docs. */

import { VoxelVolumeError } from "../errors.ts";
import type { Vec3 } from "../volume.ts";
import { checkColormap } from "./colormaps.ts";
import { KINDS } from "./kinds.ts";
import type { LabelTable } from "./label-table.ts";
import { type LabelRanges, type Range, type Settings, TRANSPARENT, type Window } from "./settings.ts";
import { TARGET_RANGE } from "./target.ts";

/** One option: how to parse its text, and its default. */
interface Option<T> {
  /** As text; empty if the option is off by default, or depends on the view. */
  readonly default: string;
  /** @throws Error that says what is expected, for invalid text. */
  readonly parse: (text: string) => T;
}

const option = <T>(fallback: string, parse: (text: string) => T): Option<T> => ({ default: fallback, parse });

/** The article's three pictures: the values that `view` sets for options that are not given. */
const VIEWS: Record<string, Partial<Record<OptionName, string>>> = {
  full: { flip: "y", azimuth: "320" },
  cut: { flip: "y", crop: "0:0.7 0:1 0:0.5", azimuth: "320" },
  diagonal: { clip: "1 -1 -1 0.1", azimuth: "200" },
};

/** Names of the article's pictures. */
export const VIEW_NAMES = Object.keys(VIEWS);

/** Values of `axes`. A bare attribute or a boolean property means voxels. */
const AXES: Record<string, Settings["axes"]> = {
  ...{ voxels: "voxels", mm: "mm", none: null },
  ...{ "": "voxels", true: "voxels", false: null },
};

/**
 * Every option, by its name as an attribute and, with `--`, on the command line. For descriptions see option-docs.ts.
 */
export const OPTIONS = {
  kind: option("auto", oneOf("auto", ...KINDS)),
  window: option("auto", parseWindow),
  threshold: option("auto", auto(number(0, Infinity))),
  only: option("", parseRanges),
  hide: option("", parseRanges),
  resolution: option("native", parseResolution),
  antialias: option("false", parseSwitch),
  aspect: option("physical", oneOf("physical", "cube")),
  blend: option("weighted", oneOf("weighted", "exact")),
  colormap: option("auto", parseColormap),
  transform: option("article", oneOf("article", "none")),
  floor: option("0.1", number(0, 1)),
  gamma: option("0.4", number(0.01, 100)),
  contrast: option("2", number(0, 1000)),
  bias: option("0.1", number(-1, 1)),
  opacity: option("auto", auto(number(0, 1))),
  shade: option("auto", parseShade),
  light: option("225 19.4712", parseLight),
  explode: option("0", number(0, 0.99)),
  flip: option("", parseFlip),
  crop: option("", parseCrop),
  clip: option("", parseClip),
  view: option("", parseView),
  azimuth: option("320", number(-1e6, 1e6)),
  elevation: option("30", number(-90, 90)),
  zoom: option("1", number(0.01, 1000)),
  target: option("auto", auto(parseTarget)),
  fit: option("auto", oneOf("auto", "content", "article")),
  distance: option("10", number(0.01, 1000)),
  projection: option("perspective", oneOf("perspective", "orthographic")),
  axes: option("none", parseAxes),
  colorbar: option("false", parseSwitch),
  scalebar: option("false", parseSwitch),
  orientation: option("false", parseSwitch),
} satisfies Record<string, Option<unknown>>;

export type OptionName = keyof typeof OPTIONS;
/** Options as text. Missing options have their default, or the view's. */
export type OptionTexts = Partial<Record<OptionName, string>>;

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

type Values = { [K in OptionName]: ReturnType<(typeof OPTIONS)[K]["parse"]> };

/**
 * Parses the settings from `texts`.
 * @throws VoxelVolumeError "invalid-option" with the option's name, its value and the allowed values.
 */
export function settingsFrom(
  texts: OptionTexts,
  background: Settings["background"] = TRANSPARENT,
  labels: LabelTable | null = null,
): Settings {
  const viewName = value("view", texts.view ?? "");
  const view = VIEWS[viewName] ?? {};
  const read = <K extends OptionName>(name: K): Values[K] =>
    value(name, texts[name] ?? view[name] ?? OPTIONS[name].default);
  const { floor, gamma, contrast, bias } = {
    floor: read("floor"),
    gamma: read("gamma"),
    contrast: read("contrast"),
    bias: read("bias"),
  };
  const fit = read("fit");
  return {
    kind: read("kind"),
    window: read("window"),
    threshold: read("threshold"),
    labels,
    only: read("only"),
    hide: read("hide") ?? [],
    transform: read("transform") === "none" ? null : { floor, gamma, contrast, bias },
    resolution: read("resolution"),
    antialias: read("antialias"),
    flip: read("flip"),
    crop: read("crop"),
    clip: read("clip"),
    aspect: read("aspect"),
    blend: read("blend"),
    colormap: read("colormap"),
    opacity: read("opacity"),
    shade: read("shade"),
    light: read("light"),
    explode: read("explode"),
    camera: {
      azimuth: read("azimuth"),
      elevation: read("elevation"),
      zoom: read("zoom"),
      target: read("target"),
      // The article's pictures are drawn in the article's window.
      fit: fit === "auto" && viewName !== "" ? "article" : fit,
      distance: read("distance"),
      projection: read("projection"),
    },
    axes: read("axes"),
    colorbar: read("colorbar"),
    scalebar: read("scalebar"),
    orientation: read("orientation"),
    background,
  };
}

function value<K extends OptionName>(name: K, text: string): Values[K] {
  try {
    return OPTIONS[name].parse(text.trim()) as Values[K];
  } catch (error) {
    if (error instanceof VoxelVolumeError) throw error;
    throw new VoxelVolumeError("invalid-option", `${name} "${text}": expected ${(error as Error).message}`);
  }
}

function oneOf<T extends string>(...words: T[]): (text: string) => T {
  return (text) => {
    if (!words.includes(text as T)) throw new Error(words.join(" or "));
    return text as T;
  };
}

/** Parses a decimal number. JavaScript's Number would also accept empty text and 0x10. */
function finite(text: string): number {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function number(low: number, high: number): (text: string) => number {
  return (text) => {
    const n = finite(text);
    if (!(n >= low && n <= high)) {
      throw new Error(high === Infinity ? `a number from ${low}` : `a number from ${low} to ${high}`);
    }
    return n;
  };
}

function auto<T>(parse: (text: string) => T): (text: string) => T | "auto" {
  return (text) => {
    if (text === "auto") return text;
    try {
      return parse(text);
    } catch (error) {
      throw new Error(`auto, or ${(error as Error).message}`);
    }
  };
}

function parseWindow(text: string): Window | "auto" | "full" {
  if (text === "auto" || text === "full") return text;
  const [low, high, ...rest] = text.split(/[\s,]+/).map(finite);
  if (!(low < high) || rest.length > 0 || !Number.isFinite(high - low)) {
    throw new Error("auto, full, or two numbers, low before high, as in 40 400");
  }
  return [low, high];
}

function parseRanges(text: string): LabelRanges | null {
  if (text === "") return null;
  return text.split(/[\s,]+/).map((part) => {
    const [, first, last = first] = /^(-?\d+)(?:-(-?\d+))?$/.exec(part) ?? [];
    if (first === undefined || Number(first) > Number(last)) {
      throw new Error("whole numbers or ranges of them, as in 17 53 1000-1035");
    }
    return [Number(first), Number(last)] as const;
  });
}

function parseShade(text: string): Settings["shade"] {
  if (text === "" || text === "true") return "faces";
  if (text === "false") return "none";
  return oneOf("auto", "none", "faces", "smooth")(text);
}

function parseLight(text: string): Settings["light"] {
  const [azimuth, altitude, ...rest] = text.split(/[\s,]+/).map(finite);
  if (!Number.isFinite(azimuth) || !(Math.abs(altitude) <= 90) || rest.length > 0) {
    throw new Error("two angles in degrees, azimuth and altitude (-90 to 90), as in 225 19.4712");
  }
  return [azimuth, altitude];
}

function parseSwitch(text: string): boolean {
  if (text !== "" && text !== "true" && text !== "false") throw new Error("true or false");
  return text !== "false";
}

function parseAxes(text: string): Settings["axes"] {
  if (!Object.hasOwn(AXES, text)) throw new Error("voxels, mm or none");
  return AXES[text];
}

function parseColormap(text: string): string {
  if (text !== "auto") checkColormap(text);
  return text;
}

function parseResolution(text: string): "native" | Vec3 {
  if (text === "native") return text;
  const sides = text.split("x").map(finite);
  const dims = sides.length === 1 ? [sides[0], sides[0], sides[0]] : sides;
  if (dims.length !== 3 || !dims.every((n) => Number.isInteger(n) && n >= 1 && n <= 4096)) {
    throw new Error(
      "native, one whole number from 1 to 4096, or three with x between them, as in 100x120x68",
    );
  }
  return dims as unknown as Vec3;
}

function parseFlip(text: string): [boolean, boolean, boolean] {
  if (!/^(?!.*(.).*\1)[xyz]*$/.test(text)) throw new Error("any of x, y and z together, as in xz");
  return [text.includes("x"), text.includes("y"), text.includes("z")];
}

function parseCrop(text: string): [Range, Range, Range] {
  const ranges = (text || "0:1 0:1 0:1").split(/\s+/).map((part) => part.split(":").map(finite));
  const fits = ([low, high, ...rest]: number[]) => rest.length === 0 && low >= 0 && low < high && high <= 1;
  if (ranges.length !== 3 || !ranges.every(fits)) {
    throw new Error("three ranges within 0 and 1, low before high, as in 0:0.7 0:1 0:0.5");
  }
  return ranges as unknown as [Range, Range, Range];
}

function parseClip(text: string): Settings["clip"] {
  if (text === "") return null;
  const plane = text.split(/\s+/).map(finite);
  if (plane.length !== 4 || !plane.every(Number.isFinite) || plane.slice(0, 3).every((n) => n === 0)) {
    throw new Error("four numbers, nx ny nz d, of which nx ny nz are not all 0, as in 1 -1 -1 0.1");
  }
  return plane as unknown as Settings["clip"];
}

function parseTarget(text: string): Vec3 {
  const [low, high] = TARGET_RANGE;
  const point = text.split(/[\s,]+/).map(finite);
  if (point.length !== 3 || !point.every((at) => at >= low && at <= high)) {
    throw new Error(`three fractions of the box, from ${low} to ${high}, as in 0.5 0.5 0.25`);
  }
  return point as unknown as Vec3;
}

function parseView(text: string): string {
  if (text !== "" && !Object.hasOwn(VIEWS, text)) throw new Error("full, cut or diagonal");
  return text;
}
