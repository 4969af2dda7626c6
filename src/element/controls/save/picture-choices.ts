/** Choices of the picture form, and the options of `toBlob` that follow from it. */

import { CSS_DPI, PRINT_DPI } from "../../../picture/figure-size.ts";
import { FIGURE_TYPES } from "../../../picture/figure-types.ts";
import type { Say, Text } from "../../../texts.ts";
import type { BlobOptions } from "../../api-types.ts";
import type { Viewer } from "../viewer.ts";

/** Units of a size: pixels, or lengths in print. */
export type Unit = "px" | "cm" | "in";

export interface Choices {
  /** File extension. */
  format: string;
  unit: Unit;
  /** In `unit`. */
  width: number;
  height: number;
  /** Pixels per inch, for lengths. */
  dpi: number;
  samples: string;
  /** CSS colour; "" for the element's own. */
  background: string;
  views: string;
  hasLetters: boolean;
  title: string;
  /** Options of the picture that are set for the file; others are as in the element. */
  options: Partial<Record<"axes" | "colorbar" | "scalebar" | "orientation", string | boolean>>;
}

export const FORMATS = ["png", "jpg", "webp", "svg"];

/** Views to choose from: as in `toBlob`, and their text. */
export const VIEWS: readonly (readonly [views: string, text: Text])[] = [
  ["", "This view"],
  ["full,cut,diagonal", "Full, cut and diagonal"],
  ["front,left,top", "Front, left and top"],
  ["front,back,left,right,top,bottom", "All six sides"],
];

/** A file that looks as the element does on this screen. */
export function firstChoices(viewer: Viewer): Choices {
  const { clientWidth, clientHeight } = viewer.shadowRoot?.querySelector(".picture") ?? viewer;
  const [width, height] = [clientWidth, clientHeight].map((side) => Math.round(side * devicePixelRatio));
  const format = { format: "png", unit: "px" as const, width, height, dpi: PRINT_DPI, samples: "4" };
  return { ...format, background: "", views: "", hasLetters: true, title: "", options: {} };
}

/** The size in another unit: as large in print as on this screen. */
export function inUnit({ unit, width, height }: Choices, other: Unit): Partial<Choices> {
  const perInch = { px: CSS_DPI * devicePixelRatio, cm: 2.54, in: 1 };
  const scaled = (length: number) => {
    const result = (length / perInch[unit]) * perInch[other];
    return other === "px" ? Math.round(result) : Number(result.toFixed(1));
  };
  return { unit: other, width: scaled(width), height: scaled(height) };
}

/** Other views, each as wide as the former ones. */
export function withViews({ views: before, width, unit }: Choices, views: string): Partial<Choices> {
  const wide = (width / before.split(",").length) * views.split(",").length;
  return { views, width: unit === "px" ? Math.round(wide) : Number(wide.toFixed(1)) };
}

/** The options with which the file is made. */
export function fileOptions(choices: Choices, viewer: Viewer): BlobOptions {
  const { format, unit, width, height, dpi, samples, background, views, hasLetters, title } = choices;
  return {
    size: `${width}x${height}${unit}`,
    ...(unit !== "px" && { dpi }),
    samples: Number(samples),
    background: background || getComputedStyle(viewer).backgroundColor,
    type: FIGURE_TYPES[format],
    views,
    letters: views && hasLetters ? "a" : "",
    title,
    options: choices.options,
  };
}

/** Options that make a small PNG of the same file, at most `longest` pixels a side. */
export function reduced(choices: Choices, longest: number): Partial<BlobOptions> {
  const { unit, dpi } = choices;
  const size = sizeInPixels(choices);
  const part = Math.min(1, longest / Math.max(...size));
  const small = { type: FIGURE_TYPES.png, samples: 1 };
  if (unit !== "px") return { ...small, dpi: dpi * part };
  return { ...small, size: size.map((side) => Math.max(1, Math.round(side * part))).join("x") };
}

/** Description of the file that will be saved. */
export function describeFile(choices: Choices, say: Say): string {
  const [width, height] = sizeInPixels(choices);
  const { unit, width: wide, height: high, dpi } = choices;
  if (unit === "px") return say("{width} × {height} pixels", { width, height });
  const values = { width, height, wide, high, unit, dpi };
  return say("{width} × {height} pixels: {wide} × {high} {unit} at {dpi} dpi", values);
}

function sizeInPixels({ unit, width, height, dpi }: Choices): number[] {
  const perUnit = { px: 1, cm: dpi / 2.54, in: dpi }[unit];
  return [width, height].map((length) => Math.round(length * perUnit));
}
