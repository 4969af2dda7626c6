/** Draws the picture of an element as a figure, and saves it. */

import { LARGEST_FONT } from "../../axes/index.ts";
import { VoxelVolumeError } from "../../errors.ts";
import { drawnSettings, plainSettings } from "../../options/appearance.ts";
import { OPTION_NAMES, type OptionName, type OptionTexts, settingsFrom } from "../../options/options.ts";
import { type DrawnSettings, TRANSPARENT } from "../../options/settings.ts";
import { drawFigure, type Figure, type FigureFormat, type FigureSubject } from "../../picture/figure.ts";
import { figureFile } from "../../picture/figure-file.ts";
import { CSS_DPI, type FigureSize, figureSize, parseDpi } from "../../picture/figure-size.ts";
import { parseLetters, parseViews, viewSettings } from "../../picture/figure-views.ts";
import { textOf } from "../../text-of.ts";
import type { Say } from "../../texts.ts";
import type { BlobOptions } from "../api-types.ts";
import type { ShownVolume } from "../explicit-volume.ts";
import type { CanvasRenderer, Ready } from "./canvas-renderer.ts";

/** Options that a view of a figure sets, instead of the element. */
const OF_A_VIEW = ["flip", "crop", "clip", "azimuth", "view"] as const;

/** Parts of an element that a snapshot needs. */
export interface SnapshotHost {
  /** The box of the picture on screen. */
  readonly picture: HTMLElement;
  /** The element's options. */
  readonly texts: OptionTexts;
  readonly say: Say;
}

/**
 * The picture of an element as a file. Without a printed size, labels and lines keep their size relative to the picture
 * on screen. Rejects with `invalid-option` or `too-large`.
 */
export async function snapshot(ready: Ready, host: SnapshotHost, options: BlobOptions): Promise<Blob> {
  const { format, dpi, texts, views } = snapshotFormat(ready, host, options);
  const figure = await drawSnapshot(ready.renderer, ready.loaded, views(texts), format);
  return figureFile(figure, { type: options.type, quality: options.quality, dpi });
}

/** Format of the picture of an element as a figure. */
export interface SnapshotFormat {
  readonly format: FigureFormat;
  /** Pixels per inch, if the figure has a printed size. */
  readonly dpi?: number;
  /** Options of the picture. */
  readonly texts: OptionTexts;
  /** The settings of each view, with these options. */
  readonly views: (texts: OptionTexts) => DrawnSettings[];
}

/** Format of the picture of an element that `options` ask for. @throws VoxelVolumeError "invalid-option". */
export function snapshotFormat(
  { loaded: { volume, profile }, settings }: Ready,
  { picture, texts, say }: SnapshotHost,
  options: BlobOptions,
): SnapshotFormat {
  const { samples = 1, background = "transparent", title } = options;
  check([1, 4, 9, 16].includes(samples), `samples ${samples}: expected 1, 4, 9 or 16`);
  const names = viewNames(options.views);
  const panels = Math.max(1, names.length);
  const letters = parseLetters(options.letters ?? "", panels);
  const shown = [picture.clientWidth, picture.clientHeight] as const;
  const { width, height, scale, dpi } = sizeOf(options, shown, panels);
  const resolve = (texts: OptionTexts): DrawnSettings => {
    const wanted = settingsFrom(texts, TRANSPARENT, settings.labels);
    return volume.kind === "volume" && profile
      ? drawnSettings(wanted, volume, profile)
      : plainSettings(wanted, volume);
  };
  return {
    format: { width, height, scale, samples, background, title, letters, largestFont: LARGEST_FONT, say },
    dpi,
    texts: { ...own(texts, names), ...textsOf(options.options) },
    views: (texts) => viewSettings(names, texts, volume, resolve),
  };
}

/** Draws the picture of an element as a figure, off screen. Rejects with `too-large`. */
export async function drawSnapshot(
  renderer: CanvasRenderer,
  { volume, profile }: FigureSubject & { readonly volume: ShownVolume },
  views: readonly DrawnSettings[],
  format: FigureFormat,
): Promise<Figure> {
  return drawFigure({ volume, profile }, views, format, {
    valueScale: (settings) => renderer.scale(volume, settings),
    pixels: (settings, width, height, samples, scale) =>
      renderer.picture(volume, settings, width, height, samples, scale),
  });
}

/** The element's options without those that the views set. */
function own(texts: OptionTexts, views: readonly string[]): OptionTexts {
  if (views.length === 0) return texts;
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !OF_A_VIEW.includes(name as never)));
}

/** Options of a single file, as texts. */
function textsOf(options: BlobOptions["options"] = {}): OptionTexts {
  const entries = Object.entries(options ?? {});
  for (const [name] of entries)
    check(OPTION_NAMES.includes(name as OptionName), `options: there is no option ${name}`);
  return Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)]));
}

function viewNames(views: BlobOptions["views"]): string[] {
  const text = typeof views === "string" ? views : (views ?? []).join(",");
  return text === "" ? [] : parseViews(text);
}

/** Size in pixels, and pixels per CSS pixel. */
function sizeOf(
  options: BlobOptions,
  [shownWidth, shownHeight]: readonly [number, number],
  panels: number,
): FigureSize & { readonly scale: number } {
  const dpi = parseDpi(options.dpi);
  const isShown = shownWidth >= 1 && shownHeight >= 1;
  check(isShown || options.size !== undefined, "no size: is the element on the page and not hidden?");
  if (options.size !== undefined) {
    const size = figureSize(options.size, dpi, panels);
    // A figure without a printed size looks as on screen.
    const shorter = Math.min(shownWidth, shownHeight) || Math.min(size.width / panels, size.height);
    const scale = size.dpi ? size.dpi / CSS_DPI : Math.min(size.width / panels, size.height) / shorter;
    return { ...size, scale };
  }
  const { width, height } = options;
  const scale = width ? width / (panels * shownWidth) : height ? height / shownHeight : devicePixelRatio;
  const [wide, high] = [width ?? panels * shownWidth * scale, height ?? shownHeight * scale].map(Math.round);
  check(wide >= 1 && high >= 1, `size ${wide}x${high}: expected at least one pixel a side`);
  return { width: wide, height: high, dpi, scale: dpi ? dpi / CSS_DPI : scale };
}

function check(fits: boolean, message: string): void {
  if (!fits) throw new VoxelVolumeError("invalid-option", message);
}
