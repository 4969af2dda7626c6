/**
 * Charts as SVG text, without scripts. Colours and type come from report.css; <title> elements show values on hover.
 */

import { growthExponent } from "./numbers.ts";

const WIDTH = 440;
const HEIGHT = 320;
const BOX = { left: 58, right: 14, top: 12, bottom: 44 };

export interface Series {
  readonly name: string;
  /** Index in the palette of report.css, from 1. */
  readonly color: number;
  readonly points: readonly { readonly x: number; readonly y: number; readonly label?: string }[];
  /** Dashed lines mark a different kind of value, such as an extrapolated one. */
  readonly dashed?: boolean;
}

export interface Axis {
  readonly label: string;
  readonly log: boolean;
  /** Formats a value. */
  readonly text: (value: number) => string;
}

export const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] as string);

const at = (value: number) => value.toFixed(1);

/** Draws lines, or points if `lines` is false. The legend of log-log lines includes the growth exponent. */
export function chart(
  title: string,
  series: readonly Series[],
  x: Axis,
  y: Axis,
  { lines = true }: { lines?: boolean } = {},
): string {
  const shown = series.filter(({ points }) => points.length > 0);
  if (shown.length === 0) return "";
  const across = scale(
    shown.flatMap(({ points }) => points.map((point) => point.x)),
    x.log,
    [BOX.left, WIDTH - BOX.right],
  );
  const up = scale(
    shown.flatMap(({ points }) => points.map((point) => point.y)),
    y.log,
    [HEIGHT - BOX.bottom, BOX.top],
  );
  const parts = [axes(across, up, x, y)];
  for (const { name, color, points, dashed } of shown) {
    const placed = points.map((point) => ({ ...point, px: across.place(point.x), py: up.place(point.y) }));
    if (lines && placed.length > 1) {
      const path = placed.map(({ px, py }) => `${at(px)},${at(py)}`).join(" ");
      parts.push(`<polyline class="line c${color}${dashed ? " dashed" : ""}" points="${path}"/>`);
    }
    for (const { x: vx, y: vy, px, py, label } of placed) {
      const tip = `${name}${label ? `, ${label}` : ""}: ${x.text(vx)}, ${y.text(vy)}`;
      parts.push(
        `<circle class="dot c${color}" cx="${at(px)}" cy="${at(py)}" r="4"><title>${escaped(tip)}</title></circle>`,
      );
    }
  }
  if (!lines) parts.push(...labels(shown, across, up));
  const legend = shown.map(({ name, color, points, dashed }) => {
    const exponent =
      lines && x.log && y.log && !dashed
        ? growthExponent(points.map((point) => [point.x, point.y]))
        : undefined;
    const growth = exponent === undefined ? "" : ` <small>~ n<sup>${exponent.toFixed(2)}</sup></small>`;
    return { name: `${escaped(name)}${growth}`, color };
  });
  return figure(title, svg(title, HEIGHT, parts), legend);
}

/** Candidate positions of a label relative to its point: beside, above, below. */
const PLACES = [
  { dx: 8, dy: 4, anchor: "start" },
  { dx: -8, dy: 4, anchor: "end" },
  { dx: 0, dy: -9, anchor: "middle" },
  { dx: 0, dy: 18, anchor: "middle" },
];
/** Approximate width of a character of a label. */
const CHARACTER = 7;

/** A label for each point, at the first position where it covers neither a point nor another label, if there is one. */
function labels(series: readonly Series[], across: Scale, up: Scale): string[] {
  const points = series
    .flatMap(({ points }) => points)
    .map((point) => ({ label: point.label ?? "", x: across.place(point.x), y: up.place(point.y) }));
  const taken = points.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }));
  return points.map(({ label, x, y }) => {
    const width = label.length * CHARACTER;
    const candidates = PLACES.map(({ dx, dy, anchor }) => {
      const left = x + dx - { start: 0, middle: width / 2, end: width }[anchor as "start"];
      return { dx, dy, anchor, left, right: left + width, top: y + dy - 10, bottom: y + dy + 2 };
    });
    const free = candidates.find(
      (box) =>
        box.left > BOX.left &&
        box.right < WIDTH &&
        box.bottom < HEIGHT - BOX.bottom &&
        taken.every(
          (other) =>
            box.right < other.left ||
            box.left > other.right ||
            box.bottom < other.top ||
            box.top > other.bottom,
        ),
    );
    const place = free ?? candidates[0];
    taken.push(place);
    return `<text class="label" x="${at(x + place.dx)}" y="${at(y + place.dy)}" text-anchor="${place.anchor}">${escaped(label)}</text>`;
  });
}

export interface Bar {
  readonly label: string;
  /** Text at the end of the bar. */
  readonly total: string;
  readonly parts: readonly { readonly name: string; readonly value: number }[];
}

/** Bars of equal length that show shares, one per row. `text` formats a value. */
export function shareBars(
  title: string,
  bars: readonly Bar[],
  names: readonly string[],
  text: (value: number) => string,
): string {
  const [row, left, right] = [30, 100, 66];
  const width = WIDTH - left - right;
  const parts = bars.flatMap(({ label, total, parts }, i) => {
    const y = 8 + i * row;
    const sum = parts.reduce((sum, { value }) => sum + value, 0);
    let x = left;
    const pieces = parts.map(({ name, value }) => {
      const part = (width * value) / sum;
      const color = names.indexOf(name) + 1;
      const tip = escaped(`${label}, ${name}: ${text(value)} (${Math.round((100 * value) / sum)} %)`);
      const piece = `<rect class="bar c${color}" x="${at(x)}" y="${y}" width="${at(part)}" height="${row - 10}"><title>${tip}</title></rect>`;
      x += part;
      return piece;
    });
    return [
      `<text class="tick" x="${left - 8}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>`,
      ...pieces,
      `<text class="tick" x="${WIDTH - right + 8}" y="${y + 15}">${escaped(total)}</text>`,
    ];
  });
  const legend = names.map((name, i) => ({ name: escaped(name), color: i + 1 }));
  return figure(title, svg(title, 12 + bars.length * row, parts), legend);
}

function figure(title: string, svg: string, legend: readonly { name: string; color: number }[]): string {
  const items = legend.map(({ name, color }) => `<li class="c${color}">${name}</li>`).join("");
  return `<figure class="chart"><figcaption>${escaped(title)}</figcaption>${svg}<ul class="legend">${items}</ul></figure>`;
}

function svg(title: string, height: number, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${parts.join("")}</svg>`;
}

interface Scale {
  place(value: number): number;
  readonly ticks: readonly number[];
}

/** Maps values to positions between `from` and `to`, with a small margin. */
function scale(values: readonly number[], log: boolean, [from, to]: [number, number]): Scale {
  const on = (value: number) => (log ? Math.log10(value) : value);
  const [least, most] = [Math.min(...values.map(on)), Math.max(...values.map(on))];
  const room = (most - least || 1) * 0.08;
  const [low, high] = [least - room, most + room];
  const place = (value: number) => from + ((on(value) - low) / (high - low)) * (to - from);
  const ticks = (log ? logTicks(low, high) : linearTicks(low, high)).filter((tick) => {
    const t = on(tick);
    return t >= low && t <= high;
  });
  return { place, ticks };
}

/** Powers of ten; also 2 and 5 times them if there are few. */
function logTicks(low: number, high: number): number[] {
  const digits = high - low > 2 ? [1] : high - low > 1 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= high; power++)
    ticks.push(...digits.map((digit) => digit * 10 ** power));
  return ticks;
}

function linearTicks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * unit).find((n) => n >= rough) as number;
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick);
  return ticks;
}

function axes(across: Scale, up: Scale, x: Axis, y: Axis): string {
  const [left, bottom] = [BOX.left, HEIGHT - BOX.bottom];
  const right = WIDTH - BOX.right;
  return [
    ...up.ticks.map((tick) => {
      const place = at(up.place(tick));
      return `<path class="grid" d="M${left} ${place}H${right}"/><text class="tick" x="${left - 6}" y="${place}" dy="4" text-anchor="end">${escaped(y.text(tick))}</text>`;
    }),
    ...across.ticks.map((tick) => {
      const place = at(across.place(tick));
      return `<path class="grid" d="M${place} ${BOX.top}V${bottom}"/><text class="tick" x="${place}" y="${bottom + 16}" text-anchor="middle">${escaped(x.text(tick))}</text>`;
    }),
    `<path class="axis" d="M${left} ${BOX.top}V${bottom}H${right}"/>`,
    `<text class="label" x="${(left + right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escaped(x.label)}</text>`,
    `<text class="label" transform="translate(11 ${(BOX.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
  ].join("");
}
