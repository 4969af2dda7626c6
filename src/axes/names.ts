/** Where the names of the axes go: outside the box, clear of lines, ticks and their labels. */

import { inside, type Label, meets, overlap, reach } from "./labels.ts";
import type { Point, Screen } from "./screen.ts";

/** An axis as it lies in the picture. */
export interface NamedAxis {
  readonly name: string;
  /** The part of its line that is in the picture: two points, or none. */
  readonly ends: readonly Point[];
  /** The direction across the line, away from the box. */
  readonly away: Point;
  /** The end, 0 or 1, that is not an end of another axis, too. */
  readonly freeEnd: number | undefined;
  /** The labels of its ticks. */
  readonly texts: readonly Label[];
}

/** What a name must keep clear of. */
export interface Taken {
  /** Axes and ticks, and the sides of the box: the volume would hide a name there. */
  readonly shapes: readonly (readonly Point[])[];
  readonly labels: readonly Label[];
}

/** Free space before a label, and at least between a name and other labels, in em. */
export const GAP = 0.4;
const LEAST_GAP = 0.2;
/** Places along the axis that are tried, as parts of it. */
const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8];
/** How far beyond the free end a name may be moved, and by how much at a time, in em. */
const FARTHEST = 3;
const STEP = 0.25;
/** Where its middle is then: from beside the line, 1, to on its continuation, 0. */
const BESIDE = [1, 0.5, 0];

/** The names of axes that have room for them. */
export function placeNames(
  axes: readonly NamedAxis[],
  { shapes, labels }: Taken,
  screen: Screen,
  fontSize: number,
): Label[] {
  const names: Label[] = [];
  for (const axis of axes) {
    const isClear = (label: Label) =>
      inside(label, screen.width, screen.height, fontSize) === label &&
      ![...labels, ...names].some((other) => overlap(label, other, fontSize, LEAST_GAP * fontSize)) &&
      !shapes.some((shape) => meets(label, shape, fontSize));
    const place = axis.ends.length > 0 ? places(axis, fontSize).find(isClear) : undefined;
    if (place) names.push(place);
  }
  return names;
}

/** Where a name may be, best first: along the axis outside its ticks' labels, then beyond the free end. */
function places({ name, ends, away, freeEnd, texts }: NamedAxis, fontSize: number): Label[] {
  const [from, to] = ends;
  const across = ([x, y]: Point) => (x - from[0]) * away[0] + (y - from[1]) * away[1];
  const outermost = Math.max(0, ...texts.map(({ text, at }) => across(at) + reach(text, fontSize, away)));
  const clear = GAP * fontSize + reach(name, fontSize, away);
  const label = ([x, y]: Point, far: number): Label => ({
    text: name,
    at: [x + far * away[0], y + far * away[1]],
  });
  const along = ALONG.map((part) =>
    label([from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])], outermost + clear),
  );
  if (freeEnd === undefined) return along;
  const [end, other] = [ends[freeEnd], ends[1 - freeEnd]];
  const length = Math.hypot(end[0] - other[0], end[1] - other[1]);
  const steps = Array.from({ length: FARTHEST / STEP + 1 }, (_, i) => (i * STEP * fontSize) / length);
  const beyond = BESIDE.flatMap((beside) =>
    steps.map((step) =>
      label([end[0] + step * (end[0] - other[0]), end[1] + step * (end[1] - other[1])], beside * clear),
    ),
  );
  return [...along, ...beyond];
}
