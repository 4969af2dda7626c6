/** The size of a figure, in pixels or as printed. */

import { VoxelVolumeError } from "../errors.ts";
import { textOf } from "../text-of.ts";

export interface FigureSize {
  /** Width and height in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels per inch, if the figure has a printed size. */
  readonly dpi?: number;
}

/** Number of CSS pixels in an inch. */
export const CSS_DPI = 96;
/** Pixels per inch of a figure in units of length: what journals ask of pictures. */
export const PRINT_DPI = 300;
/** Lengths per inch. */
const UNITS: Readonly<Record<string, number>> = { cm: 2.54, mm: 25.4, in: 1, pt: 72 };
const MAX_SIDE = 16384;
const [LEAST_DPI, MAX_DPI] = [1, 4800];

/**
 * The size of a figure, as in "1200", "1200x800", "12cm", "18x6cm" or "7in x 3in". One length is the side of a square;
 * of several panels, it is the width of a row of squares.
 * @param dpi pixels per inch; without it, lengths in pixels have no printed size.
 * @throws VoxelVolumeError "invalid-option".
 */
export function figureSize(text: string, dpi: number | undefined, panels: number): FigureSize {
  const match = /^([\d.]+) ?([a-z]*)(?: ?[x×] ?([\d.]+) ?([a-z]*))?$/i.exec(textOf(text).trim());
  const [, first = "", unit1 = "", second, unit2 = unit1] = match ?? [];
  const unit = (unit2 || unit1 || "px").toLowerCase();
  const isOneUnit = !unit1 || !unit2 || unit1.toLowerCase() === unit2.toLowerCase();
  const wanted = `pixels, as in 1200x800 or 600, or lengths, as in 12cm, 18x6cm or 7in, at most ${MAX_SIDE} pixels a side`;
  if (!match || !isOneUnit || !(unit === "px" || unit in UNITS)) throw wrong("size", text, wanted);
  const used = unit === "px" ? dpi : (dpi ?? PRINT_DPI);
  const [width, height] = [Number(first), second === undefined ? Number(first) / panels : Number(second)];
  const isWhole =
    unit !== "px" || (Number.isInteger(width) && (second === undefined || Number.isInteger(height)));
  const pixels = [width, height].map((length) =>
    Math.round(unit === "px" ? length : (length / UNITS[unit]) * (used as number)),
  );
  if (!isWhole || !pixels.every((side) => side >= 1 && side <= MAX_SIDE)) throw wrong("size", text, wanted);
  return { width: pixels[0], height: pixels[1], ...(used !== undefined && { dpi: used }) };
}

/** Pixels per inch. @throws VoxelVolumeError "invalid-option". */
export function parseDpi(value: string | number | undefined): number | undefined {
  if (value === undefined) return undefined;
  const dpi = typeof value === "number" ? value : /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (dpi >= LEAST_DPI && dpi <= MAX_DPI) return dpi;
  throw wrong("dpi", String(value), `pixels per inch, ${LEAST_DPI} to ${MAX_DPI}, as in 300`);
}

function wrong(option: string, text: string, expected: string): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", `${option} "${text}": expected ${expected}`);
}
