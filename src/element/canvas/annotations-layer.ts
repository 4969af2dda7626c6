/** The scale bar and the orientation marker as a layer in front of the picture. */

import {
  type Annotations,
  annotationsFor,
  annotationsHeight,
  describeAnnotations,
  haloOf,
  paintAnnotations,
} from "../../axes/annotations.ts";
import { axesFontSize, LARGEST_FONT } from "../../axes/index.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import { cssColor } from "../../picture/css-color.ts";
import type { Say } from "../../texts.ts";
import type { ScalarImage } from "../../volume.ts";

/** The halo's colour for the last background and ink: reading a CSS colour takes longer than painting. */
let lastHalo = { colors: "", halo: "" };

/**
 * Paints the annotations of a picture over a whole canvas, in its CSS `color`, and sets the canvas's height.
 * @returns what it has painted.
 */
export function paintAnnotationsLayer(
  canvas: HTMLCanvasElement,
  settings: DrawnSettings,
  volume: ScalarImage,
  say: Say,
): Annotations {
  const root = canvas.getRootNode() as ShadowRoot;
  const { clientWidth, clientHeight } = root.querySelector("canvas[part=canvas]") as Element;
  const fontSize = Math.min(LARGEST_FONT, axesFontSize(clientWidth, clientHeight));
  const annotations = annotationsFor(settings, volume, clientWidth, clientHeight, fontSize, say);
  const height = annotationsHeight(annotations);
  canvas.style.height = `${height}px`;
  const width = canvas.clientWidth;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const text = describeAnnotations(annotations, say);
  canvas.ariaLabel = text || null;
  canvas.ariaHidden = text ? null : "true";
  const ink = getComputedStyle(canvas).color;
  const halo = haloBehind(getComputedStyle(root.host).backgroundColor, ink);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  paintAnnotations(context, annotations, { left: 0, top: 0, width, height }, { ink, halo, scale });
  return annotations;
}

function haloBehind(background: string, ink: string): string {
  const colors = `${background} ${ink}`;
  if (lastHalo.colors !== colors) lastHalo = { colors, halo: haloOf(cssColor(background), cssColor(ink)) };
  return lastHalo.halo;
}
