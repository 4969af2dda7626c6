/** Paints a colour bar or a legend of labels on a 2-D context. */

import { cssOf } from "../options/colormaps.ts";
import {
  BAR_EMS,
  BAR_PART,
  type ColorBar,
  fittingEntries,
  type Legend,
  LINE_EMS,
  LONGEST_EMS,
  MARGIN_EMS,
  type PlacedColorBar,
  restText,
  TICK_EMS,
} from "./color-bar.ts";
import type { Context } from "./context.ts";
import { type AxesStyle, FOOT, lineWidth, PAGE_FONT, pixelOf } from "./paint.ts";

/** Texts with less room than this, in em, are omitted. */
const LEAST_TEXT_EMS = 1.2;
/** Length of a tick mark, in em. */
const TICK_LINE_EMS = 0.25;

/** Paints the strip with its upper left corner at `left`, 0, in CSS pixels. Restores the context's state. */
export function paintColorBar(
  context: Context,
  placed: PlacedColorBar,
  left: number,
  style: AxesStyle,
): void {
  const { content, fontSize } = placed;
  const { ink, scale, font = PAGE_FONT } = style;
  context.save();
  context.scale(scale, scale);
  context.translate(left, 0);
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.lineWidth = lineWidth(fontSize, style);
  context.font = `${fontSize}px ${font}`;
  if (content.kind === "bar") paintBar(context, content, placed, pixelOf(style));
  else paintLegend(context, content, placed);
  context.restore();
}

function paintBar(
  context: Context,
  { title, colors, ticks }: ColorBar,
  placed: PlacedColorBar,
  pixel: number,
): void {
  const { fontSize: em, height } = placed;
  const long = Math.min(BAR_PART * height, LONGEST_EMS * em);
  const [left, top, wide] = [MARGIN_EMS * em, (height - long) / 2, BAR_EMS * em];
  // Whole pixels, to avoid visible seams.
  const first = Math.round(top / pixel);
  const rows = Math.max(1, Math.round(long / pixel));
  const colorOf = (row: number) => colors[Math.floor((1 - (row + 0.5) / rows) * colors.length)];
  for (let row = 0, end = 0; row < rows; row++) {
    if (colorOf(row) === 0 || (row > 0 && colorOf(row) === colorOf(row - 1))) continue;
    while (end <= row || (end < rows && colorOf(end) !== 0)) end++;
    context.fillStyle = cssOf(colorOf(row));
    // Each row continues below the next ones, so that scaled drawings have no seams between rows.
    context.fillRect(left, (first + row) * pixel, wide, (end - row) * pixel);
  }
  context.fillStyle = context.strokeStyle;
  context.strokeRect(left, top, wide, long);
  const width = textWidth(placed);
  for (const { at, text } of ticks) {
    const y = top + long * (1 - at);
    context.beginPath();
    context.moveTo(left + wide, y);
    context.lineTo(left + wide + TICK_LINE_EMS * em, y);
    context.stroke();
    if (hasRoom(placed)) context.fillText(text, left + wide + TICK_EMS * em, y + FOOT * em, width);
  }
  context.fillText(title, left, top - (LINE_EMS - FOOT) * em, width + wide);
}

function paintLegend(context: Context, content: Legend, placed: PlacedColorBar): void {
  const { title, entries } = content;
  const { fontSize: em, height } = placed;
  const line = LINE_EMS * em;
  const fitting = fittingEntries(content, height, em);
  const rest = entries.length - fitting;
  const left = MARGIN_EMS * em;
  const width = textWidth(placed);
  let y = (height - line * (fitting + (rest > 0 ? 1 : 0) - 1)) / 2;
  if (title) context.fillText(title, left, y - line + FOOT * em, width + BAR_EMS * em);
  for (const { text, color } of entries.slice(0, fitting)) {
    context.fillStyle = `rgb(${color.join(" ")})`;
    context.fillRect(left, y - em / 2, BAR_EMS * em, em);
    context.fillStyle = context.strokeStyle;
    if (hasRoom(placed))
      context.fillText(fittingText(context, text, width), left + (BAR_EMS + TICK_EMS) * em, y + FOOT * em);
    y += line;
  }
  if (rest > 0)
    context.fillText(restText(rest, placed.say), left, y + FOOT * em, width + (BAR_EMS + TICK_EMS) * em);
}

function textWidth({ width, fontSize }: PlacedColorBar): number {
  return width - (2 * MARGIN_EMS + BAR_EMS + TICK_EMS) * fontSize;
}

/** Readability test of the texts: a narrow strip may leave too little room. */
function hasRoom(placed: PlacedColorBar): boolean {
  return textWidth(placed) >= LEAST_TEXT_EMS * placed.fontSize;
}

/** The text, or its beginning with an ellipsis. */
function fittingText(context: Context, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let end = text.length - 1;
  while (end > 1 && context.measureText(`${text.slice(0, end)}…`).width > width) end--;
  return `${text.slice(0, end)}…`;
}
