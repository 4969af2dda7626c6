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

/** How far a text reaches from its centre in a direction of length 1. */
export function reach(text: string, fontSize: number, [x, y]: Point): number {
  const [halfWidth, halfHeight] = halfSize(text, fontSize);
  return Math.abs(x) * halfWidth + Math.abs(y) * halfHeight;
}

export function overlap(a: Label, b: Label, fontSize: number): boolean {
  const [p, q] = [halfSize(a.text, fontSize), halfSize(b.text, fontSize)];
  return [0, 1].every((i) => Math.abs(a.at[i] - b.at[i]) < p[i] + q[i]);
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
