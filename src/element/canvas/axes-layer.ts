/** The axes as a layer behind the picture, painted sharp whatever the screen's pixels. */

import { type Axes, axesFontSize, axesFor, paintAxes } from "../../axes/index.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ScalarImage } from "../../volume.ts";

/** In a page, text beside a large picture should be no larger than other text; in CSS pixels. */
export const LARGEST_FONT = 14;

/** The axes of an element whose picture has this size in CSS pixels, if the settings want any. */
export function axesOf(
  settings: DrawnSettings,
  volume: ScalarImage,
  width: number,
  height: number,
): Axes | null {
  return axesFor(settings, volume, width, height, Math.min(LARGEST_FONT, axesFontSize(width, height)));
}

/** Paints the axes that the settings want over all of a canvas, in its CSS `color`. */
export function paintAxesLayer(
  canvas: HTMLCanvasElement,
  settings: DrawnSettings,
  volume: ScalarImage,
): void {
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.round(clientWidth * devicePixelRatio);
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  const axes = axesOf(settings, volume, clientWidth, clientHeight);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (axes) paintAxes(context, axes, { ink: getComputedStyle(canvas).color, scale: devicePixelRatio });
}
