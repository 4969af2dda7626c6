/**
 * Layout of the box with ticks and labels in a picture. Like mplot3d's, except that labels neither overlap nor are cut
 * off.
 */

import { STAND_OFF } from "../options/fit.ts";
import { boxExtent, type DrawnSettings } from "../options/settings.ts";
import type { Vec3 } from "../volume.ts";
import { apart, inside, type Label, meets, overlap, reach } from "./labels.ts";
import { GAP, type NamedAxis, placeNames } from "./names.ts";
import { axisScale, type Grid, roundStep, type Scale, type Tick, ticks } from "./scale.ts";
import { type Point, Screen } from "./screen.ts";

/** Axes as painted, in this order. Lengths are in CSS pixels. See paint.ts. */
export interface Axes {
  readonly fontSize: number;
  /** The sides of the box behind the volume, across x, y and z. A side that is not visible has no points. */
  readonly panes: readonly (readonly Point[])[];
  /** Lines on the panes. */
  readonly grid: readonly (readonly Point[])[];
  /** The axes and their ticks. */
  readonly lines: readonly (readonly Point[])[];
  readonly labels: readonly Label[];
}

/** Length of ticks inside the box, for sides of length 1; as in mplot3d. */
const TICK_IN = 1 / 120;
/** Length of ticks outside the box; as in mplot3d. */
const TICK_OUT = 1 / 60;
/**
 * For each axis, the axis that its ticks are parallel to. The axis lies on the front side of the box along that one.
 */
const TICK_AXIS = [1, 0, 0];
/** For each axis, the end (first or last) that it does not share with another axis. */
const FREE_END = [0, undefined, 1];
/** Approximate distance between ticks, as a fraction of the picture's shorter side. */
const APART = 1 / 18;
/** Minimum distance between ticks, in em. */
const APART_EMS = 2.5;
/** Axes shorter than this, in em, have neither ticks nor a name. */
const SHORTEST_EMS = 2;
/** Axes longer than this, in shorter sides of the picture, get only as many ticks as an axis of this length. */
const LONGEST = 40;

/**
 * Largest font size of texts on a page, in CSS pixels: text beside a large picture should not be larger than the page's.
 */
export const LARGEST_FONT = 14;

/** Font size that suits a picture of this size and stays readable in a small one. */
export function axesFontSize(width: number, height: number): number {
  return Math.max(9, Math.min(width, height) / 50);
}

/**
 * The axes of a volume in a picture.
 * @param width Width, height and font size are in CSS pixels.
 * @param taken convex shapes in which there are no labels, as other things are there.
 * @returns null if the settings disable the axes.
 */
export function axesFor(
  settings: Pick<DrawnSettings, "axes" | "aspect" | "camera" | "flip">,
  volume: Grid,
  width: number,
  height: number,
  fontSize = axesFontSize(width, height),
  taken: readonly (readonly Point[])[] = [],
): Axes | null {
  const { axes: unit, camera, flip } = settings;
  if (!unit || width === 0 || height === 0) return null;
  const box = boxOf(settings, volume);
  const screen = new Screen(camera, width, height);
  const parts = [0, 1, 2].map((axis) =>
    axisPart(axis, axisScale(axis, unit, volume, flip[axis]), box, screen, fontSize),
  );
  const panes = [0, 1, 2].map((axis) => screen.polygon(pane(axis, box)));
  const lines = parts.flatMap(({ lines }) => lines);
  const texts = apart(
    parts
      .flatMap(({ texts }) => texts)
      .map((label) => inside(label, width, height, fontSize))
      .filter((label) => !taken.some((shape) => meets(label, shape, fontSize))),
    fontSize,
  );
  const named = parts.flatMap(({ named }) => named);
  const names = placeNames(
    named,
    { shapes: [...lines, ...panes, ...taken], labels: texts },
    screen,
    fontSize,
  );
  return { fontSize, panes, grid: parts.flatMap(({ grid }) => grid), lines, labels: [...names, ...texts] };
}

/** The box, in box coordinates. Panes are at `back`, the sides towards the viewer at `front`. */
interface Box {
  readonly low: readonly number[];
  readonly extent: Vec3;
  readonly back: readonly number[];
  readonly front: readonly number[];
}

function boxOf({ aspect, camera }: Pick<DrawnSettings, "aspect" | "camera">, { dims, spacing }: Grid): Box {
  const extent = boxExtent(aspect, dims, spacing);
  const [azimuth, elevation] = [camera.azimuth, camera.elevation].map((degrees) => (degrees * Math.PI) / 180);
  // The azimuth alone decides about x and y, at any elevation, so nothing jumps when the view becomes vertical.
  const towards = [Math.cos(azimuth), Math.sin(azimuth), Math.sin(elevation)];
  const side = (axis: number, high: boolean) => 0.5 + (high ? 1 : -1) * extent[axis] * (0.5 + STAND_OFF);
  // Rounded, as cos(90°) is not exactly 0.
  const highBack = towards.map((t) => t < -1e-9);
  return {
    extent,
    low: extent.map((length) => 0.5 - length / 2),
    back: highBack.map((high, axis) => side(axis, high)),
    front: highBack.map((high, axis) => side(axis, !high)),
  };
}

/** The point with these coordinates along the three axes. */
function point(...coordinates: readonly (readonly [axis: number, at: number])[]): Vec3 {
  const result = [0, 0, 0];
  for (const [axis, at] of coordinates) result[axis] = at;
  return result as unknown as Vec3;
}

function pane(axis: number, { back, front }: Box): Vec3[] {
  const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
  return [
    [back[u], back[v]],
    [front[u], back[v]],
    [front[u], front[v]],
    [back[u], front[v]],
  ].map(([a, b]) => point([axis, back[axis]], [u, a], [v, b]));
}

/** The parts of one axis. `named` is empty if there is no room for a name. */
function axisPart(axis: number, scale: Scale, box: Box, screen: Screen, fontSize: number) {
  const { low, extent, back, front } = box;
  const out = TICK_AXIS[axis];
  const rest = 3 - axis - out;
  /** A point beside the axis, at distance `far` in the direction of the ticks. */
  const beside = (at: number, far = 0) =>
    point([axis, at], [out, front[out] + far * Math.sign(front[out] - back[out])], [rest, back[rest]]);
  const line = screen.segment(beside(back[axis]), beside(front[axis]));
  // An axis that points at the eye has no room for ticks or a name.
  const away = length(line) > SHORTEST_EMS * fontSize ? outwards(line, screen) : undefined;
  const coordinate = ({ at }: Tick) => low[axis] + at * extent[axis];

  const place = (tick: Tick): Label[] => {
    const end = screen.point(beside(coordinate(tick), TICK_OUT));
    if (!away || !end || !screen.holds(end)) return [];
    const far = GAP * fontSize + reach(tick.text, fontSize, away);
    return [{ text: tick.text, at: [end[0] + far * away[0], end[1] + far * away[1]] }];
  };
  const shown = away ? sparse(scale, length(line), screen, fontSize, place) : [];
  const texts = shown.flatMap(place);
  const named: NamedAxis[] = away
    ? [{ name: scale.title, ends: screen.within(line), away, freeEnd: FREE_END[axis], texts }]
    : [];
  return {
    lines: [
      line,
      ...shown.map((tick) =>
        screen.segment(beside(coordinate(tick), -TICK_IN), beside(coordinate(tick), TICK_OUT)),
      ),
    ],
    grid: shown.flatMap((tick) => {
      const on = (u: number, v: number) => point([axis, coordinate(tick)], [out, u], [rest, v]);
      const corner = on(back[out], back[rest]);
      return [
        screen.segment(on(front[out], back[rest]), corner),
        screen.segment(corner, on(back[out], front[rest])),
      ];
    }),
    texts,
    named,
  };
}

/** The direction perpendicular to a line of the picture, away from the box. */
function outwards(line: readonly Point[], screen: Screen): Point {
  const [x, y] = towards(line[0], line[1]);
  return screen.side(line, [0.5, 0.5, 0.5]) > 0 ? [y, -x] : [-y, x];
}

/** Unit vector from one point to another. */
function towards(from: Point, to: Point): Point {
  const far = length([from, to]);
  return [(to[0] - from[0]) / far, (to[1] - from[1]) / far];
}

function length([from, to]: readonly Point[]): number {
  return from && to ? Math.hypot(to[0] - from[0], to[1] - from[1]) : 0;
}

/** Ticks of an axis that is `pixels` long, with enough distance that their labels do not overlap. */
function sparse(
  scale: Scale,
  pixels: number,
  screen: Screen,
  fontSize: number,
  place: (tick: Tick) => Label[],
): Tick[] {
  const side = Math.min(screen.width, screen.height);
  const spacing = Math.max(APART * side, APART_EMS * fontSize) / Math.min(pixels, LONGEST * side);
  const range = Math.abs(scale.ends[1] - scale.ends[0]);
  let step = roundStep(range * spacing, scale.whole);
  while (step <= range) {
    const found = ticks(scale, step);
    const texts = found.flatMap(place);
    if (!texts.some((text, i) => i > 0 && overlap(text, texts[i - 1], fontSize))) return found;
    step = roundStep(step, scale.whole, true);
  }
  return [];
}
