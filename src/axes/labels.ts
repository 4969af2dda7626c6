/** Texts in a picture: how much room they take, and which of them have it. */

import type { Point } from "./screen.ts";

/** A text, by its centre. */
export interface Label {
  readonly text: string;
  readonly at: Point;
}

/** Of a character, in heights of the font: a little more than a digit is wide in usual fonts. */
const CHARACTER = 0.66;
/** Of what characters fill from top to bottom, in heights of the font. */
const LINE = 0.9;

/** Half the sides of the rectangle that a text fills. */
export function halfSize(text: string, fontSize: number): readonly [number, number] {
  return [(text.length * CHARACTER * fontSize) / 2, (LINE * fontSize) / 2];
}

/** How far a text reaches from its centre in a direction, in lengths of that direction. */
export function reach(text: string, fontSize: number, [x, y]: Point): number {
  const [halfWidth, halfHeight] = halfSize(text, fontSize);
  return Math.abs(x) * halfWidth + Math.abs(y) * halfHeight;
}

/** Whether two texts overlap, or come closer than `gap` CSS pixels. */
export function overlap(a: Label, b: Label, fontSize: number, gap = 0): boolean {
  const [p, q] = [halfSize(a.text, fontSize), halfSize(b.text, fontSize)];
  return [0, 1].every((i) => Math.abs(a.at[i] - b.at[i]) < p[i] + q[i] + gap);
}

/** Whether the rectangle of a text and a convex shape, or a line, have a point in common. */
export function meets(label: Label, shape: readonly Point[], fontSize: number): boolean {
  // They do unless they lie apart across a side of one of them.
  const across = shape.map(([x, y], i): Point => {
    const [u, v] = shape[(i + 1) % shape.length];
    return [v - y, x - u];
  });
  const isShared = ([dx, dy]: Point) => {
    const [at, ...points] = [label.at, ...shape].map(([x, y]) => x * dx + y * dy);
    const half = reach(label.text, fontSize, [dx, dy]);
    return Math.min(...points) <= at + half && Math.max(...points) >= at - half;
  };
  return shape.length > 0 && ([[1, 0], [0, 1], ...across] as Point[]).every(isShared);
}

/** The label itself if it is wholly in a picture of this size, else moved by no more than it takes. */
export function inside(label: Label, width: number, height: number, fontSize: number): Label {
  const [x, y] = label.at;
  const [halfWidth, halfHeight] = halfSize(label.text, fontSize);
  const at: Point = [
    Math.max(halfWidth, Math.min(width - halfWidth, x)),
    Math.max(halfHeight, Math.min(height - halfHeight, y)),
  ];
  return at[0] === x && at[1] === y ? label : { ...label, at };
}

/** The labels without those that would lie over one before them. */
export function apart(labels: readonly Label[], fontSize: number): Label[] {
  const kept: Label[] = [];
  for (const label of labels) {
    if (!kept.some((other) => overlap(label, other, fontSize))) kept.push(label);
  }
  return kept;
}
