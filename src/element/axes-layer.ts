/** The axes as a layer behind the picture, painted sharp whatever the screen's pixels. */

import { axesFor, paintAxes } from "../axes/index.ts";
import type { Settings } from "../view/settings.ts";
import type { Volume } from "../volume.ts";

/** Paints the axes that the settings want over all of a canvas, in its CSS `color`. */
export function paintAxesLayer(canvas: HTMLCanvasElement, settings: Settings, volume: Volume): void {
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.round(clientWidth * devicePixelRatio);
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  const axes = axesFor(settings, volume, clientWidth, clientHeight);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (axes) paintAxes(context, axes, { ink: getComputedStyle(canvas).color, scale: devicePixelRatio });
}
