/** Writes a figure as a file: PNG, JPEG or WebP with its resolution, or SVG. */

import type { Context } from "../axes/context.ts";
import { fetched, VoxelVolumeError } from "../errors.ts";
import type { Figure, FigurePanel } from "./figure.ts";
import { FIGURE_FONT } from "./figure-font.ts";
import { FIGURE_TYPES } from "./figure-types.ts";
import { paintFigure } from "./paint-figure.ts";
import { withResolution } from "./resolution.ts";

export interface FigureFileOptions {
  /** Media type; "image/png" by default. */
  readonly type?: string;
  /** Quality of JPEG and WebP, 0 to 1. */
  readonly quality?: number;
  /** Pixels per inch, which PNG and JPEG state; an SVG then has a printed size. */
  readonly dpi?: number;
}

/**
 * Samples per pixel and axis for texts and lines. Browsers embolden small letters for screens; enough samples show their
 * exact shapes, as programs that show PDF and SVG do.
 */
const SAMPLES = 4;
/** Side of the parts that are painted at a time, in pixels: keeps canvases with all samples small. */
const TILE = 512;

/** Paints a figure on a canvas of its own. The figure's font has to be loaded. */
export function figureCanvas(figure: Figure): OffscreenCanvas {
  const [canvas, context] = sheet(figure.width, figure.height);
  const pictures = new Map(figure.panels.map((panel) => [panel, pictureOf(panel)]));
  const samples = hasVectors(figure) ? SAMPLES : 1;
  for (let y = 0; y < figure.height; y += TILE) {
    for (let x = 0; x < figure.width; x += TILE) {
      const [width, height] = [Math.min(TILE, figure.width - x), Math.min(TILE, figure.height - y)];
      const [fine, paper] = sheet(samples * width, samples * height);
      paper.translate(-samples * x, -samples * y);
      const picture = (panel: FigurePanel, left: number, top: number) => {
        const image = pictures.get(panel) as OffscreenCanvas;
        const [wide, high] = [samples * image.width, samples * image.height];
        paper.drawImage(image, Math.round(left), Math.round(top), wide, high);
      };
      paintFigure(paper, figure, { scale: samples * figure.scale, font: FIGURE_FONT, picture });
      context.drawImage(reduced(fine, samples), x, y);
    }
  }
  return canvas;
}

/** A figure on a canvas. JPEG has no transparency: what is transparent is white, with which black texts contrast. */
function canvasFor(figure: Figure, type: string): OffscreenCanvas {
  const canvas = figureCanvas(figure);
  if (type !== FIGURE_TYPES.jpg) return canvas;
  const [opaque, context] = sheet(canvas.width, canvas.height);
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(canvas, 0, 0);
  return opaque;
}

/** Test for a figure with texts or lines. */
function hasVectors({ title, panels }: Figure): boolean {
  const hasOwn = ({ axes, annotations: { scaleBar, marker }, bar, letter }: FigurePanel) =>
    axes || scaleBar || marker || bar || letter;
  return title.length > 0 || panels.some(hasOwn);
}

function pictureOf({ pixels }: FigurePanel): OffscreenCanvas {
  const [canvas, context] = sheet(pixels.width, pixels.height);
  context.putImageData(pixels, 0, 0);
  return canvas;
}

/** The mean of the samples of each pixel; `samples` is a power of two. */
function reduced(fine: OffscreenCanvas, samples: number): OffscreenCanvas {
  if (samples === 1) return fine;
  const [half, context] = sheet(fine.width / 2, fine.height / 2);
  // At exactly half the size, linear interpolation is the mean of four.
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "low";
  context.drawImage(fine, 0, 0, half.width, half.height);
  return reduced(half, samples / 2);
}

/**
 * A figure as a file.
 * @throws VoxelVolumeError "invalid-option" for a type that the browser cannot write.
 */
export async function figureFile(
  figure: Figure,
  { type = "image/png", quality, dpi }: FigureFileOptions = {},
): Promise<Blob> {
  if (type === FIGURE_TYPES.svg) {
    const { svgFile } = await fetched(import("./svg-figure.ts"));
    return svgFile(figure, dpi);
  }
  const known = Object.values(FIGURE_TYPES).includes(type);
  const blob = known ? await canvasFor(figure, type).convertToBlob({ type, quality }) : undefined;
  if (blob?.type !== type)
    throw new VoxelVolumeError(
      "invalid-option",
      `type "${type}": this browser cannot write it; expected ${[...new Set(Object.values(FIGURE_TYPES))].join(", ")}`,
    );
  return dpi === undefined ? blob : withResolution(blob, dpi);
}

/** A canvas and its context. */
function sheet(
  width: number,
  height: number,
): [OffscreenCanvas, OffscreenCanvasRenderingContext2D & Context] {
  const canvas = new OffscreenCanvas(width, height);
  // Painted on the CPU, which is the same on every machine.
  const settings = { willReadFrequently: true };
  const context = canvas.getContext("2d", settings) as OffscreenCanvasRenderingContext2D & Context;
  // Letters keep their exact shapes and distances instead of being fitted to the pixels of a screen.
  context.textRendering = "geometricPrecision";
  context.imageSmoothingEnabled = false;
  return [canvas, context];
}
