/** A still picture: the volume's pixels over its axes over a background, with a colour bar beside them. */

import { type Annotations, haloOf, paintAnnotations } from "../axes/annotations.ts";
import {
  type ColorBar,
  colorBar,
  type Legend,
  legend,
  type PlacedColorBar,
  placeColorBar,
} from "../axes/color-bar.ts";
import { type Axes, axesFontSize, contrasting, paintAxes } from "../axes/index.ts";
import { paintColorBar } from "../axes/paint-color-bar.ts";
import { fetched, VoxelVolumeError } from "../errors.ts";
import { palette } from "../options/colormaps.ts";
import { isListed } from "../options/kinds.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import { inEnglish, type Say } from "../texts.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { ScalarImage } from "../volume.ts";

/** Straight red, green, blue and alpha, 0 to 1. */
type Color = readonly [number, number, number, number];

export interface Still {
  /** Width of the whole still in pixels, with the colour bar. */
  readonly width: number;
  readonly height: number;
  /** Pixels per CSS pixel. */
  readonly scale: number;
  /** Any CSS colour. */
  readonly background: string;
  /** CSS colour of texts and lines on a transparent background. */
  readonly ink: string;
  readonly bar?: PlacedColorBar;
}

/** Size in pixels of the picture that is left beside the colour bar. */
export function pictureSize({ width, height, scale, bar }: Still): readonly [width: number, height: number] {
  return [width - Math.round((bar?.width ?? 0) * scale), height];
}

/** The colour bar of values, or the legend of labels, as they are drawn; undefined if all values are the same. */
export async function barContent(
  scale: ValueScale,
  settings: DrawnSettings,
  profile: ValueProfile,
  { unit }: Pick<ScalarImage, "unit">,
  say: Say = inEnglish,
): Promise<ColorBar | Legend | undefined> {
  if (isListed(settings.kind)) {
    const { labelsOf } = await fetched(import("../options/labels.ts"));
    return legend(labelsOf(profile, settings), settings.kind === "mask", unit, say);
  }
  return scale.window[0] < scale.window[1] ? colorBar(scale, palette(settings.colormap), unit) : undefined;
}

/** Places a colour bar in a still of this size, in CSS pixels. */
export function barFor(
  content: ColorBar | Legend | undefined,
  width: number,
  height: number,
  fontSize = axesFontSize(width, height),
  say: Say = inEnglish,
): PlacedColorBar | undefined {
  return content && placeColorBar(content, width, height, fontSize, say);
}

/**
 * Composes a still. `pixels` have the size of `pictureSize`: straight RGBA, rows from the top, on a transparent
 * background.
 */
export function composeStill(
  still: Still,
  pixels: Uint8ClampedArray<ArrayBuffer>,
  axes: Axes | null,
  annotations: Annotations,
): OffscreenCanvas {
  const { width, height, scale, background, bar } = still;
  const [pictureWidth] = pictureSize(still);
  const [canvas, context] = sheet(width, height);
  context.putImageData(new ImageData(pixels, pictureWidth, height), 0, 0);
  context.globalCompositeOperation = "destination-over";
  const color = cssColor(background);
  const ink = color[3] > 0 ? contrasting(color) : still.ink;
  const [behind, paper] = sheet(width, height);
  if (axes) paintAxes(paper, axes, { ink, scale });
  if (bar) paintColorBar(paper, bar, pictureWidth / scale, { ink, scale });
  if (axes || bar) context.drawImage(behind, 0, 0);
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "source-over";
  const frame = { left: 0, top: 0, width: pictureWidth / scale, height: height / scale };
  paintAnnotations(context, annotations, frame, { ink, scale, halo: haloOf(color, cssColor(ink)) });
  return canvas;
}

/** A CSS colour as numbers. @throws VoxelVolumeError "invalid-option" if it is not a colour. */
export function cssColor(text: string): Color {
  if (!CSS.supports("color", text)) {
    throw new VoxelVolumeError(
      "invalid-option",
      `background "${text}": expected a CSS colour, as in white, #1f77b4 or transparent`,
    );
  }
  const [, context] = sheet(1, 1);
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].map((c) => c / 255) as unknown as Color;
}

function sheet(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  return [canvas, canvas.getContext("2d") as OffscreenCanvasRenderingContext2D] as const;
}
