/** Paints a scale bar: a line with its text above it. */

import { halfSize } from "./labels.ts";
import type { Pen } from "./pen.ts";
import type { ScaleBar } from "./scale-bar.ts";
import type { Point } from "./screen.ts";

/** Width of the line, in em. */
const WIDTH_EMS = 0.2;
/** Distance from the line to the middle of the text, in em. */
const TEXT_EMS = 0.8;

/** Height of a scale bar with its text, in em. */
export const SCALE_BAR_EMS = WIDTH_EMS / 2 + TEXT_EMS + 0.5;

/** Paints a scale bar whose lower right corner is at `corner`. */
export function paintScaleBar(
  pen: Pen,
  { pixels, text }: ScaleBar,
  [right, bottom]: Point,
  fontSize: number,
): void {
  const y = bottom - (WIDTH_EMS / 2) * fontSize;
  pen.line([right - pixels, y], [right, y], WIDTH_EMS, "butt");
  const isWide = 2 * halfSize(text, fontSize)[0] > pixels;
  pen.text(text, [isWide ? right : right - pixels / 2, y - TEXT_EMS * fontSize], isWide ? "right" : "center");
}
