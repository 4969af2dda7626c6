/** Text labels in a picture: how much room they need, and which of them fit. */

import type { Point } from "./screen.ts";

/** A text and the position of its centre. */
export interface Label {
  readonly text: string;
  readonly at: Point;
}

/** Average character width, in em; a little more than the width of a digit in common fonts. */
const CHARACTER = 0.66;
/** Height of the characters, in em. */
const LINE = 0.9;

/** Half the width and half the height of a text. */
export function halfSize(text: string, fontSize: number): readonly [number, number] {
  return [(text.length * CHARACTER * fontSize) / 2, (LINE * fontSize) / 2];
}

/** Distance from a text's centre to its border in a direction, in lengths of the direction vector. */
export function reach(text: string, fontSize: number, [x, y]: Point): number {
  const [halfWidth, halfHeight] = halfSize(text, fontSize);
  return Math.abs(x) * halfWidth + Math.abs(y) * halfHeight;
}

/** Overlap test of two texts: true also if they are closer than `gap` CSS pixels. */
export function overlap(a: Label, b: Label, fontSize: number, gap = 0): boolean {
  const [p, q] = [halfSize(a.text, fontSize), halfSize(b.text, fontSize)];
  return [0, 1].every((i) => Math.abs(a.at[i] - b.at[i]) < p[i] + q[i] + gap);
}

/** Intersection test of the rectangle of a text with a convex shape or a line. */
export function meets(label: Label, shape: readonly Point[], fontSize: number): boolean {
  // They intersect unless an edge of one of them separates them.
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

/** The label, moved as little as necessary to lie within a picture of this size. */
export function inside(label: Label, width: number, height: number, fontSize: number): Label {
  const [x, y] = label.at;
  const [halfWidth, halfHeight] = halfSize(label.text, fontSize);
  const at: Point = [
    Math.max(halfWidth, Math.min(width - halfWidth, x)),
    Math.max(halfHeight, Math.min(height - halfHeight, y)),
  ];
  return at[0] === x && at[1] === y ? label : { ...label, at };
}

/** The labels without those that would overlap an earlier one. */
export function apart(labels: readonly Label[], fontSize: number): Label[] {
  const kept: Label[] = [];
  for (const label of labels) {
    if (!kept.some((other) => overlap(label, other, fontSize))) kept.push(label);
  }
  return kept;
}
