/** Paints an orientation marker: its lines from the farthest to the nearest, then its letters. */

import type { OrientationMarker } from "./orientation-marker.ts";
import type { Pen } from "./pen.ts";
import type { Point } from "./screen.ts";

/** Width of the lines, in em. */
const WIDTH_EMS = 0.13;
/** Radius of the dot for an axis that points at the eye, in em. */
const DOT_EMS = 0.2;

/** Serifs of the letter I, in em: half their length, their distance from the letter's middle, and their width. */
const SERIF_EMS = { half: 0.2, from: 0.32, width: 0.09 };

/** Paints a marker around a point. */
export function paintOrientationMarker(
  pen: Pen,
  { arms }: OrientationMarker,
  [x, y]: Point,
  fontSize: number,
): void {
  const moved = (at: Point): Point => [x + at[0], y + at[1]];
  for (const { end, isDot, opacity } of arms) {
    if (isDot) pen.dot(moved(end), DOT_EMS, opacity);
    else pen.line([x, y], moved(end), WIDTH_EMS, "round", opacity);
  }
  for (const { label, opacity } of arms) {
    if (!label) continue;
    pen.text(label.text, moved(label.at), "center", opacity);
    // Without serifs, an I would look like a dash that continues its line.
    if (label.text === "I") paintSerifs(pen, moved(label.at), fontSize, opacity);
  }
}

function paintSerifs(pen: Pen, [x, y]: Point, fontSize: number, opacity: number): void {
  const half = SERIF_EMS.half * fontSize;
  for (const side of [-1, 1]) {
    const height = y + side * SERIF_EMS.from * fontSize;
    pen.line([x - half, height], [x + half, height], SERIF_EMS.width, "butt", opacity);
  }
}
