/** Annotations: the scale bar and the orientation marker, in the lower corners of a picture in front of the volume. */

import type { DrawnSettings } from "../options/settings.ts";
import { inEnglish, type Say } from "../texts.ts";
import type { ScalarImage } from "../volume.ts";
import type { Context } from "./context.ts";
import { halfSize } from "./labels.ts";
import { axesFontSize } from "./layout.ts";
import { MARKER_EMS, type OrientationMarker, orientationMarkerFor } from "./orientation-marker.ts";
import { contrasting } from "./paint.ts";
import { paintOrientationMarker } from "./paint-orientation-marker.ts";
import { paintScaleBar, SCALE_BAR_EMS } from "./paint-scale-bar.ts";
import { drawWithHalo, type PenStyle } from "./pen.ts";
import type { Grid } from "./scale.ts";
import { type ScaleBar, scaleBarFor } from "./scale-bar.ts";
import type { Point } from "./screen.ts";

export interface Annotations {
  /** In CSS pixels. */
  readonly fontSize: number;
  readonly scaleBar: ScaleBar | undefined;
  readonly marker: OrientationMarker | undefined;
}

/** The part of a canvas whose lower corners have the annotations, in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Distance of the scale bar and its text from the borders, in em. */
const MARGIN_EMS = 1;

/**
 * The annotations of a picture, which has none if the settings show none or there is no room.
 * @param width Width, height and font size are in CSS pixels.
 */
export function annotationsFor(
  settings: Pick<DrawnSettings, "scalebar" | "orientation" | "aspect" | "camera" | "flip">,
  volume: Grid & Pick<ScalarImage, "oriented">,
  width: number,
  height: number,
  fontSize = axesFontSize(width, height),
  say: Say = inEnglish,
): Annotations {
  const bar = settings.scalebar ? scaleBarFor(settings, volume, width, height, say) : undefined;
  const room = width - 2 * MARGIN_EMS * fontSize;
  const scaleBar = bar && Math.max(bar.pixels, 2 * halfSize(bar.text, fontSize)[0]) <= room ? bar : undefined;
  const hasMarker = settings.orientation && Math.min(width, height) >= MARKER_EMS * fontSize;
  return {
    fontSize,
    scaleBar,
    marker: hasMarker ? orientationMarkerFor(settings, volume, fontSize) : undefined,
  };
}

/** The rectangles that annotations take in the lower corners of a picture, in CSS pixels. */
export function annotationShapes(
  { fontSize, scaleBar, marker }: Annotations,
  width: number,
  height: number,
): readonly (readonly Point[])[] {
  const shapes: (readonly Point[])[] = [];
  if (marker) shapes.push(rectangle(0, height - marker.size, marker.size, height));
  if (scaleBar) {
    const wide =
      Math.max(scaleBar.pixels, 2 * halfSize(scaleBar.text, fontSize)[0]) + 2 * MARGIN_EMS * fontSize;
    shapes.push(rectangle(width - wide, height - (MARGIN_EMS + SCALE_BAR_EMS) * fontSize, width, height));
  }
  return shapes;
}

function rectangle(left: number, top: number, right: number, bottom: number): Point[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** Height of the part of a picture that annotations take, in CSS pixels. */
export function annotationsHeight({ fontSize }: Annotations): number {
  return MARKER_EMS * fontSize;
}

/** Straight red, green, blue and alpha, 0 to 1. */
type Color = Parameters<typeof contrasting>[0];

/**
 * Colour of the annotations' halo: that of an opaque background, where it cannot be seen beside the volume; otherwise
 * black or white, in contrast to the ink. Colours are straight RGBA, 0 to 1.
 */
export function haloOf(background: Color, ink: Color): string {
  if (background[3] < 1) return contrasting(ink);
  return `rgb(${background
    .slice(0, 3)
    .map((part) => Math.round(255 * part))
    .join(" ")})`;
}

/** Paints annotations into the lower corners of `frame`. Restores the context's state. */
export function paintAnnotations(
  context: Context,
  { fontSize, scaleBar, marker }: Annotations,
  { left, top, width, height }: Frame,
  style: PenStyle,
): void {
  const [right, bottom] = [left + width, top + height];
  const margin = MARGIN_EMS * fontSize;
  drawWithHalo(context, style, fontSize, (pen) => {
    if (scaleBar) paintScaleBar(pen, scaleBar, [right - margin, bottom - margin], fontSize);
    if (marker)
      paintOrientationMarker(pen, marker, [left + marker.size / 2, bottom - marker.size / 2], fontSize);
  });
}

/** Describes annotations in words, for screen readers; empty if there is no scale bar. */
export function describeAnnotations({ scaleBar }: Annotations, say: Say = inEnglish): string {
  return scaleBar ? say("Scale bar: {length}", { length: scaleBar.text }) : "";
}
