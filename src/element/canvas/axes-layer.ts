/** The axes as a layer behind the picture, painted at the screen's full resolution. */

import { axesFontSize, axesFor, LARGEST_FONT, paintAxes } from "../../axes/index.ts";
import type { Point } from "../../axes/screen.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ScalarImage } from "../../volume.ts";

/**
 * Paints the axes over a whole canvas, in its CSS `color`; clears it if the settings show none. There are no labels
 * in the shapes `taken`.
 */
export function paintAxesLayer(
  canvas: HTMLCanvasElement,
  settings: DrawnSettings,
  volume: ScalarImage,
  taken: readonly (readonly Point[])[],
): void {
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.round(clientWidth * devicePixelRatio);
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  const fontSize = Math.min(LARGEST_FONT, axesFontSize(clientWidth, clientHeight));
  const size = [clientWidth, clientHeight] as const;
  const axes = axesFor(settings, volume, ...size, fontSize, taken);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (axes) paintAxes(context, axes, { ink: getComputedStyle(canvas).color, scale: devicePixelRatio });
}
