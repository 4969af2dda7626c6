/** Draws the figure of `render` in the headless page. */

import type { PixelOptions } from "../../engine/read-pixels.ts";
import type { Renderer } from "../../engine/renderer.ts";
import { fetched, VoxelVolumeError } from "../../errors.ts";
import type { OptionTexts } from "../../options/options.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import { drawFigure, type Figure, type FigureSubject } from "../../picture/figure.ts";
import { figureFile } from "../../picture/figure-file.ts";
import { FIGURE_FONT } from "../../picture/figure-font.ts";
import { CSS_DPI } from "../../picture/figure-size.ts";
import { rendererDrawing } from "../../picture/renderer-drawing.ts";
import type { VolumeFile } from "../../read/index.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { Volume } from "../../volume.ts";
import { PDF, type PictureJob } from "../job.ts";
import { send } from "./send.ts";

/** Subject of a job: what it draws. */
export interface JobSubject {
  readonly file: VolumeFile;
  readonly volume: Volume;
  readonly profile: ValueProfile;
  /** The settings of each view of the figure, with these options. */
  readonly views: (options: OptionTexts) => DrawnSettings[];
}

/** Draws a figure with a panel for each of `views`. @throws VoxelVolumeError "too-large" and as `drawFigure`. */
export async function drawPicture(
  renderer: Renderer,
  subject: FigureSubject & { readonly volume: Volume },
  views: readonly DrawnSettings[],
  { size, background, samples, title, letters }: PictureJob,
  { profiler, waitMs }: Pick<PixelOptions, "profiler" | "waitMs"> = {},
): Promise<Figure> {
  const { device } = renderer.memory;
  const { width, height, dpi = CSS_DPI } = size;
  const most = device.limits.maxTextureDimension2D;
  if (Math.max(width, height) > most)
    throw new VoxelVolumeError(
      "too-large",
      `size ${width}x${height}: this GPU draws at most ${most} pixels a side`,
    );
  const drawing = rendererDrawing(renderer, subject.volume, { profiler, waitMs });
  const scale = dpi / CSS_DPI;
  return drawFigure(subject, views, { width, height, scale, samples, background, title, letters }, drawing);
}

/** Posts a figure as a file; shows one that becomes a PDF in the page, for the browser to print. */
export async function sendPicture(figure: Figure, { size, type }: PictureJob, output: string): Promise<void> {
  if (type === PDF) await showFigure(figure);
  else await send(output, [await figureFile(figure, { type, dpi: size.dpi })]);
}

/** Fills the page with a figure, in CSS pixels. */
async function showFigure(figure: Figure): Promise<void> {
  const { svgFigure } = await fetched(import("../../picture/svg-figure.ts"));
  const element = svgFigure(figure, FIGURE_FONT);
  Object.assign(element.style, {
    display: "block",
    width: `${figure.width / figure.scale}px`,
    height: `${figure.height / figure.scale}px`,
  });
  Object.assign(document.body.style, { margin: 0, overflow: "hidden" });
  // Browsers round the page up to whole points.
  const [red, green, blue, alpha] = figure.background.map((part, i) => (i < 3 ? 255 * part : part));
  document.documentElement.style.background = `rgb(${red} ${green} ${blue} / ${alpha})`;
  document.body.replaceChildren(element);
}
