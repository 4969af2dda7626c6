/** A figure: one or several views of a volume in a row, with title, letters, axes and colour bar. */

import { type Annotations, annotationShapes, annotationsFor, haloOf } from "../axes/annotations.ts";
import { barContent } from "../axes/bar-content.ts";
import { type ColorBar, type Legend, type PlacedColorBar, placeColorBar } from "../axes/color-bar.ts";
import { type Axes, axesFontSize, axesFor, contrasting } from "../axes/index.ts";
import { type DrawnSettings, TRANSPARENT } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import { inEnglish, type Say } from "../texts.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage } from "../volume.ts";
import { type Color, cssColor } from "./css-color.ts";
import { loadFigureFont } from "./figure-font.ts";
import { letterAt } from "./figure-views.ts";
import { TITLE_LINE_EMS, titleLines } from "./title.ts";

/** Layout of a figure. */
export interface FigureFormat {
  /** Size of the whole figure in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels per CSS pixel: texts and lines have their sizes in CSS pixels. */
  readonly scale: number;
  /** Samples per pixel: a square number. */
  readonly samples: number;
  /** Any CSS colour. */
  readonly background: string;
  /** Text above the views. */
  readonly title?: string;
  /** Letter of the first view; the others have the next ones. */
  readonly letters?: string;
  /** Largest font size in CSS pixels; by default it grows with the figure. */
  readonly largestFont?: number;
  /** Language of the texts. */
  readonly say?: Say;
}

/** Subject of a figure: a volume, and its profile unless it consists of explicit voxels. */
export interface FigureSubject {
  readonly volume: ScalarImage;
  readonly profile?: ValueProfile;
}

/** Draws the subject of a figure. */
export interface FigureDrawing {
  /** Mapping of values to colours; undefined for explicit voxels. */
  valueScale(settings: DrawnSettings): Promise<ValueScale | undefined>;
  /** A picture of `width` x `height` pixels, `scale` of them per CSS pixel: straight RGBA, top row first. */
  pixels(
    settings: DrawnSettings,
    width: number,
    height: number,
    samples: number,
    scale: number,
  ): Promise<Uint8ClampedArray<ArrayBuffer>>;
}

/** A drawn figure: see paint-figure.ts. Positions are in pixels from the upper left corner. */
export interface Figure extends Pick<FigureFormat, "width" | "height" | "scale"> {
  readonly background: Color;
  /** CSS colour of texts and lines, which contrasts with the background. */
  readonly ink: string;
  /** CSS colour around annotations, which lie over the volume. */
  readonly halo: string;
  /** In CSS pixels. */
  readonly fontSize: number;
  readonly title: readonly string[];
  readonly panels: readonly FigurePanel[];
}

export interface FigurePanel {
  readonly left: number;
  readonly top: number;
  readonly pixels: ImageData;
  readonly axes: Axes | null;
  readonly annotations: Annotations;
  readonly letter: string;
  /** The colour bar at the right of the panel. */
  readonly bar: PlacedColorBar | undefined;
}

/**
 * Draws a figure with a panel for each of `views`. Panels that map values to the same colours share one colour bar.
 * @throws VoxelVolumeError "invalid-option" if the background is not a colour, and as `drawing`.
 */
export async function drawFigure(
  { volume, profile }: FigureSubject,
  views: readonly DrawnSettings[],
  format: FigureFormat,
  drawing: FigureDrawing,
): Promise<Figure> {
  await loadFigureFont();
  const { width, height, scale, samples, background, say = inEnglish } = format;
  const color = cssColor(background);
  const [cssWidth, cssHeight] = [width / scale, height / scale];
  const largest = format.largestFont ?? Number.POSITIVE_INFINITY;
  const fontSize = Math.min(largest, axesFontSize(cssWidth / views.length, cssHeight));
  const title = titleLines(format.title ?? "", cssWidth, fontSize);
  const top = Math.min(height - 1, Math.round(title.length * TITLE_LINE_EMS * fontSize * scale));
  const bars = await barsOf(volume, profile, views, drawing, say);
  const place = (content: ColorBar | Legend | undefined, room: number) =>
    content && placeColorBar(content, room, cssHeight - top / scale, fontSize, say);
  const shared = bars.length === 1 ? place(bars[0], cssWidth) : undefined;
  const strip = (bar: PlacedColorBar | undefined) => Math.round((bar?.width ?? 0) * scale);
  const edge = (panel: number) => Math.round((panel * (width - strip(shared))) / views.length);

  const panels: FigurePanel[] = [];
  for (const [i, settings] of views.entries()) {
    const isLast = i === views.length - 1;
    const [left, right] = [edge(i), edge(i + 1)];
    const own = bars.length > 1 ? place(bars[i], (right - left) / scale) : undefined;
    const size = [Math.max(1, right - left - strip(own)), height - top] as const;
    const cssSize = [size[0] / scale, size[1] / scale] as const;
    const annotations = annotationsFor(settings, volume, ...cssSize, fontSize, say);
    const axes = axesFor(settings, volume, ...cssSize, fontSize, annotationShapes(annotations, ...cssSize));
    // Axes lie between the background and the volume.
    const shown = { ...settings, background: axes ? TRANSPARENT : color };
    const pixels = await drawing.pixels(shown, ...size, samples, scale);
    panels.push({
      left,
      top,
      pixels: new ImageData(pixels, ...size),
      axes,
      annotations,
      letter: letterAt(format.letters ?? "", i),
      bar: own ?? (isLast ? shared : undefined),
    });
  }
  const ink = contrasting(color);
  const halo = haloOf(color, cssColor(ink));
  return { width, height, scale, background: color, ink, halo, fontSize, title, panels };
}

/** Notes on what a figure lacks although it was asked for, one line each. */
export function figureNotes(
  { panels }: Figure,
  { scalebar, orientation, aspect }: Pick<DrawnSettings, "scalebar" | "orientation" | "aspect">,
): string[] {
  const lacks = (name: "scaleBar" | "marker") => panels.some(({ annotations }) => !annotations[name]);
  const why =
    aspect === "cube" ? "in a cube, a length looks different along each axis" : "there is no room for it";
  return [
    ...(scalebar && lacks("scaleBar") ? [`no scale bar: ${why}`] : []),
    ...(orientation && lacks("marker") ? ["no orientation marker: there is no room for it"] : []),
  ];
}

/** The colour bars of views: one if it holds for all, else one for each; empty if none is wanted. */
async function barsOf(
  volume: ScalarImage,
  profile: ValueProfile | undefined,
  views: readonly DrawnSettings[],
  drawing: FigureDrawing,
  say: Say,
): Promise<readonly (ColorBar | Legend | undefined)[]> {
  if (!profile || !views[0].colorbar) return [];
  const bars: (ColorBar | Legend | undefined)[] = [];
  for (const settings of views) {
    const scale = await drawing.valueScale(settings);
    bars.push(scale && (await barContent(scale, settings, profile, volume, say)));
  }
  const texts = bars.map((bar) =>
    JSON.stringify(bar && { ...bar, ...("colors" in bar && { colors: [...bar.colors] }) }),
  );
  return texts.every((text) => text === texts[0]) ? [bars[0]] : bars;
}
