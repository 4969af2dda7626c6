/** The stills of a page: shown until the volume is drawn, and to readers without WebGPU. */

import { renderPixels } from "../engine/read-pixels.ts";
import type { Renderer } from "../engine/renderer.ts";
import { drawFigure } from "../picture/figure.ts";
import { figureFile } from "../picture/figure-file.ts";
import { loadFigureFont } from "../picture/figure-font.ts";
import type { Shown } from "./reduced-volume.ts";

/** Pixels per side. The window of the camera is a square, so a square fits as the live picture does. */
const SIDE = 1024;
/** Pixels per CSS pixel. */
const SCALE = 2;
const TYPE = "image/webp";
const QUALITY = 0.9;
/** Largest size of texts, in CSS pixels: as in the element. */
const LARGEST_FONT = 14;

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
  await loadFigureFont();
  const samples = device.adapterInfo?.isFallbackAdapter ? 1 : 4;
  const format = { width: SIDE, height: SIDE, scale: SCALE, samples, background, largestFont: LARGEST_FONT };
  const figure = await drawFigure({ volume, profile }, [settings], format, {
    valueScale: async (settings) => {
      await renderer.update(volume, settings);
      return renderer.pipeline.scale;
    },
    pixels: async (settings, width, height, samples, scale) => {
      await renderer.update(volume, settings);
      const shown = { ...settings, background: [0, 0, 0, 0] } as const;
      return renderPixels(device, renderer, width, height, shown, { samples, scale });
    },
  });
  const file = (ink: string) =>
    figureFile({ ...figure, background: [0, 0, 0, 0], ink }, { type: TYPE, quality: QUALITY });
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
