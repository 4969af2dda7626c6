/** The axes as a layer behind the picture, painted at the screen's full resolution. */

import { type Annotations, annotationShapes, annotationsFor } from "../../axes/annotations.ts";
import { axesFontSize, axesFor, paintAxes } from "../../axes/index.ts";
import type { Point } from "../../axes/screen.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ScalarImage } from "../../volume.ts";

/**
 * Largest font size of axis labels, in CSS pixels: text beside a large picture should not be larger than the page's.
 */
export const LARGEST_FONT = 14;

/**
 * Paints the axes over a whole canvas, in its CSS `color`; clears it if the settings show none. Their labels leave room for
 * what is painted on the canvas `annotations`.
 */
export function paintAxesLayer(
  canvas: HTMLCanvasElement,
  settings: DrawnSettings,
  volume: ScalarImage,
  annotations: HTMLCanvasElement | null,
): void {
  const { clientWidth, clientHeight } = canvas;
  canvas.width = Math.round(clientWidth * devicePixelRatio);
  canvas.height = Math.round(clientHeight * devicePixelRatio);
  const fontSize = Math.min(LARGEST_FONT, axesFontSize(clientWidth, clientHeight));
  const size = [clientWidth, clientHeight] as const;
  const taken = annotations
    ? takenBy(annotations, canvas, annotationsFor(settings, volume, ...size, fontSize))
    : [];
  const axes = axesFor(settings, volume, ...size, fontSize, taken);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  if (axes) paintAxes(context, axes, { ink: getComputedStyle(canvas).color, scale: devicePixelRatio });
}

/** The shapes that annotations take on the canvas of the axes. */
function takenBy(layer: HTMLCanvasElement, canvas: HTMLCanvasElement, annotations: Annotations): Point[][] {
  const [own, other] = [canvas.getBoundingClientRect(), layer.getBoundingClientRect()];
  const [right, down] = [other.left - own.left, other.top - own.top];
  return annotationShapes(annotations, other.width, other.height).map((shape) =>
    shape.map(([x, y]): Point => [x + right, y + down]),
  );
}
