/** Placement of the axis names: outside the box, clear of lines, ticks and tick labels. */

import { inside, type Label, meets, overlap, reach } from "./labels.ts";
import type { Point, Screen } from "./screen.ts";

/** An axis in picture coordinates. */
export interface NamedAxis {
  readonly name: string;
  /** The visible part of its line: two points, or none. */
  readonly ends: readonly Point[];
  /** The direction perpendicular to the line, away from the box. */
  readonly away: Point;
  /** The end (0 or 1) that is not shared with another axis. */
  readonly freeEnd: number | undefined;
  /** The labels of its ticks. */
  readonly texts: readonly Label[];
}

/** Shapes and labels that a name must not overlap. */
export interface Taken {
  /** Axes, ticks and the sides of the box, where the volume would hide a name. */
  readonly shapes: readonly (readonly Point[])[];
  readonly labels: readonly Label[];
}

/** Free space before a label, and minimum distance between a name and other labels, in em. */
export const GAP = 0.4;
const LEAST_GAP = 0.2;
/** Positions along the axis that are tried, as fractions of its length. */
const ALONG = [0.5, 0.35, 0.65, 0.2, 0.8];
/** Maximum distance of a name beyond the free end, in em. */
const FARTHEST = 3;
/** Step by which a name is moved beyond the free end, in em. */
const STEP = 0.25;
/** Position of the name's centre beyond the end: 1 is beside the line, 0 on its continuation. */
const BESIDE = [1, 0.5, 0];

/** The names of the axes that have room for one. */
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

/** Candidate positions of a name, best first: along the axis outside its tick labels, then beyond the free end. */
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
