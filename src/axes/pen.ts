/** Pen: draws lines, dots and texts with a halo, so that they can be read over a volume of any colour. */

import type { Context } from "./context.ts";
import { type AxesStyle, FOOT, PAGE_FONT } from "./paint.ts";
import type { Point } from "./screen.ts";

export interface PenStyle extends AxesStyle {
  /** CSS colour of the halo. */
  readonly halo: string;
}

/** Width of the halo, in em. */
const HALO_EMS = 0.17;
/** Opacity of the halo: enough over a volume, and hardly visible over a background of a similar colour. */
const HALO_OPACITY = 0.7;

/** Draws in one colour. Lengths are in em, positions in CSS pixels. */
export class Pen {
  constructor(
    private readonly context: Context,
    private readonly fontSize: number,
    /** True for the pen of the halo, which is wider than the ink. */
    private readonly isHalo: boolean,
  ) {}

  line(from: Point, to: Point, width: number, cap: "butt" | "round", opacity = 1): void {
    const { context } = this;
    this.#set(width, opacity);
    context.lineCap = this.isHalo ? "round" : cap;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }

  dot([x, y]: Point, radius: number, opacity = 1): void {
    const { context, fontSize } = this;
    this.#set(0, opacity);
    context.beginPath();
    context.arc(x, y, (radius + (this.isHalo ? HALO_EMS : 0)) * fontSize, 0, 2 * Math.PI);
    context.fill();
  }

  /** A text of one line; `y` is its middle. */
  text(text: string, [x, y]: Point, align: "center" | "right", opacity = 1): void {
    const { context, fontSize } = this;
    this.#set(0, opacity);
    context.textAlign = align;
    const baseline = y + FOOT * fontSize;
    if (this.isHalo) context.strokeText(text, x, baseline);
    else context.fillText(text, x, baseline);
  }

  #set(width: number, opacity: number): void {
    this.context.lineWidth = (width + (this.isHalo ? 2 * HALO_EMS : 0)) * this.fontSize;
    this.context.globalAlpha = this.isHalo ? HALO_OPACITY : opacity;
  }
}

/** Calls `draw` twice: with the halo's pen, then with the ink's. Restores the context's state. */
export function drawWithHalo(
  context: Context,
  { ink, halo, scale, font = PAGE_FONT }: PenStyle,
  fontSize: number,
  draw: (pen: Pen) => void,
): void {
  context.save();
  context.scale(scale, scale);
  context.font = `${fontSize}px ${font}`;
  // Pointed joins would be spikes at the corners of letters.
  context.lineJoin = "round";
  for (const isHalo of [true, false]) {
    context.strokeStyle = isHalo ? halo : ink;
    context.fillStyle = context.strokeStyle;
    draw(new Pen(context, fontSize, isHalo));
  }
  context.restore();
}
