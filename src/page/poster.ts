/** The stills of a page: shown until the volume is drawn, and to readers without WebGPU. */

import { LARGEST_FONT } from "../axes/index.ts";
import type { Renderer } from "../engine/renderer.ts";
import { TRANSPARENT } from "../options/settings.ts";
import { drawFigure } from "../picture/figure.ts";
import { figureFile } from "../picture/figure-file.ts";
import { rendererDrawing } from "../picture/renderer-drawing.ts";
import type { Shown } from "./reduced-volume.ts";

/** Pixels per side. The window of the camera is a square, so a square fits as the live picture does. */
const SIDE = 1024;
/** Pixels per CSS pixel. */
const SCALE = 2;
const TYPE = "image/webp";
const QUALITY = 0.9;

/**
 * The picture as WebP on a transparent background, with dark texts, and with light ones if it has texts.
 * `background` is the CSS colour that will be behind it.
 */
export async function posters(
  renderer: Renderer,
  { volume, profile, settings }: Shown,
  background: string,
): Promise<{ poster: Blob; darkPoster?: Blob; isDark: boolean }> {
  const { device } = renderer.memory;
  const samples = device.adapterInfo?.isFallbackAdapter ? 1 : 4;
  const format = { width: SIDE, height: SIDE, scale: SCALE, samples, background, largestFont: LARGEST_FONT };
  const drawing = rendererDrawing(renderer, volume);
  const figure = await drawFigure({ volume, profile }, [settings], format, {
    ...drawing,
    pixels: (settings, ...size) => drawing.pixels({ ...settings, background: TRANSPARENT }, ...size),
  });
  const file = (ink: string) =>
    figureFile({ ...figure, background: TRANSPARENT, ink }, { type: TYPE, quality: QUALITY });
  const isDark = figure.ink === "white";
  const { axes, colorbar, scalebar, orientation } = settings;
  const hasTexts = axes !== null || colorbar || scalebar || orientation;
  const poster = await file(isDark ? LIGHT : DARK);
  // Over a colour of its own, the picture is the same in both schemes.
  if (!hasTexts || background !== "transparent") return { poster, isDark };
  return { poster, darkPoster: await file(LIGHT), isDark };
}

/** The element's colours of texts. */
const [DARK, LIGHT] = ["#1c1b22", "#f4f3f8"];
