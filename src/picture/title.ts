/** The title of a figure: its lines and font. */

import { textOf } from "../text-of.ts";
import { FIGURE_FONT } from "./figure-font.ts";

/** Font size of the title, in em. */
export const TITLE_EMS = 1.25;
/** Height of a line of the title, in em of the figure's font. */
export const TITLE_LINE_EMS = 2;
/** Longest line, as a fraction of the figure's width. */
const WIDEST = 0.96;

/**
 * Breaks a title into lines that fit the figure; a single word that does not fit is a line of its own.
 * @param width Width of the figure and font size are in CSS pixels. The figure's font has to be loaded.
 */
export function titleLines(title: string, width: number, fontSize: number): string[] {
  const context = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.font = `${TITLE_EMS * fontSize}px ${FIGURE_FONT}`;
  const lines: string[] = [];
  for (const word of textOf(title)
    .split(/[\s\p{Cc}]+/u)
    .filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && context.measureText(longer).width <= WIDEST * width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
