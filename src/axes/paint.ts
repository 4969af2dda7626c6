/** Paints axes on a 2-D context, to be placed behind the volume's picture. */

import type { Context } from "./context.ts";
import type { Axes } from "./layout.ts";
import type { Point } from "./screen.ts";

/** Opacity of panes and grid. Black ink on white gives mplot3d's greys. */
const PANES = [0.025, 0.05, 0.0375];
const GRID = 0.31;
/** Line width, in em. */
const LINE_WIDTH = 1 / 16;
/** Distance from a digit's centre to its baseline, in em. */
export const FOOT = 0.36;

export interface AxesStyle {
  /** CSS colour of text and axes. Panes and grid are fainter. */
  readonly ink: string;
  /** Canvas pixels per CSS pixel. */
  readonly scale: number;
  /** Size of a pixel of the picture in CSS pixels; by default that of a canvas pixel. Lines are at least as wide. */
  readonly pixel?: number;
  /** CSS font families; by default the browser's own sans-serif. */
  readonly font?: string;
}

/** The font family of a page's own axes, which look like the rest of the page. */
export const PAGE_FONT = "sans-serif";

/** Black, or white if the background (straight RGBA, 0 to 1) is dark. Transparent parts count as white. */
export function contrasting([r, g, b, alpha]: readonly [number, number, number, number]): string {
  const lightness = 1 - alpha + alpha * (0.299 * r + 0.587 * g + 0.114 * b);
  return lightness > 0.5 ? "black" : "white";
}

/** Paints over the canvas from its upper left corner. Restores the context's state. */
export function paintAxes(context: Context, axes: Axes, style: AxesStyle): void {
  const { fontSize, panes, grid, lines, labels } = axes;
  const { ink, scale, font = PAGE_FONT } = style;
  context.save();
  context.scale(scale, scale);
  context.fillStyle = ink;
  context.strokeStyle = ink;
  context.lineWidth = lineWidth(fontSize, style);
  for (const [i, pane] of panes.entries()) {
    context.globalAlpha = PANES[i];
    trace(context, [pane]);
    context.fill();
  }
  context.globalAlpha = GRID;
  trace(context, grid);
  context.stroke();
  context.globalAlpha = 1;
  trace(context, lines);
  context.stroke();
  context.font = `${fontSize}px ${font}`;
  context.textAlign = "center";
  for (const { text, at } of labels) context.fillText(text, at[0], at[1] + FOOT * fontSize);
  context.restore();
}

/** Size of a pixel of the picture, in CSS pixels. */
export function pixelOf({ scale, pixel = 1 / scale }: AxesStyle): number {
  return pixel;
}

/** Width of thin lines beside texts of this size, in CSS pixels. */
export function lineWidth(fontSize: number, style: AxesStyle): number {
  return Math.max(LINE_WIDTH * fontSize, pixelOf(style));
}

function trace(context: Context, paths: readonly (readonly Point[])[]): void {
  context.beginPath();
  for (const path of paths) {
    for (const [i, [x, y]] of path.entries()) {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
}
