/** Choices of the film form, and the options of `toFilm` that follow from it. */

import { contrasting } from "../../../axes/index.ts";
import { planFilm } from "../../../film/film-options.ts";
import type { FilmFormat } from "../../../film/formats.ts";
import { movingText } from "../../../film/moving-options.ts";
import { isListed } from "../../../options/kinds.ts";
import type { OptionName } from "../../../options/options.ts";
import { cssColor } from "../../../picture/css-color.ts";
import type { Say, Text } from "../../../texts.ts";
import type { BlobOptions, FilmOptions } from "../../api-types.ts";
import type { Viewer } from "../viewer.ts";

export interface FilmChoices {
  format: FilmFormat;
  /** Pixels. */
  width: number;
  height: number;
  samples: string;
  /** CSS colour; "" for the element's own. */
  background: string;
  /** Degrees. */
  turntable: number;
  seconds: number;
  fps: number;
  /** The option that changes; "" for none. */
  option: OptionName | "";
  /** Its text in the last frame. */
  end: string;
  /** True if the frames of the file play. */
  plays: boolean;
}

/** Names of formats, and what they are for. */
export const FORMAT_NAMES: Readonly<Record<FilmFormat, string>> = {
  mp4: "MP4",
  webm: "WebM",
  gif: "GIF",
  zip: "PNG",
};

/** Options that can be chosen to change; for explicit voxels, only those of the camera. */
const CHANGES: readonly (readonly [name: OptionName, text: Text])[] = [
  ["opacity", "Opacity"],
  ["zoom", "Zoom"],
  ["elevation", "Elevation"],
  ["crop", "Crop"],
  ["clip", "Clip plane"],
  ["explode", "Explode"],
  ["window", "Window"],
  ["threshold", "Threshold"],
  ["floor", "Floor"],
];
const OF_CAMERA: readonly OptionName[] = ["zoom", "elevation"];

/** Longest side of a film, in pixels, unless another is chosen. */
const LONGEST = 1080;

/** A film of a whole turn, in the proportions of the picture on this screen. */
export function firstFilm({ clientWidth, clientHeight }: Viewer): FilmChoices {
  const shown = [clientWidth, clientHeight].map((side) => Math.max(1, side) * devicePixelRatio);
  const part = Math.min(1, LONGEST / Math.max(...shown));
  const [width, height] = shown.map((side) => 2 * Math.max(1, Math.round((side * part) / 2)));
  const moves = { turntable: 360, seconds: 6, fps: 30, option: "" as const, end: "", plays: false };
  return { format: "mp4", width, height, samples: "4", background: "", ...moves };
}

/** The options that can change in a film of what is shown, with their texts. */
export function changesOf({ settings, profile }: Viewer): (readonly [name: OptionName, text: Text])[] {
  if (!settings) return [];
  const { kind } = settings;
  return CHANGES.filter(([name]) => {
    if (!profile && !OF_CAMERA.includes(name)) return false;
    if (name === "threshold") return kind === "signed";
    if (name === "window" || name === "floor")
      return !isListed(kind) && movingText(name, settings) !== undefined;
    return movingText(name, settings) !== undefined;
  });
}

/** The text of an option as shown now. */
export function textNow(name: OptionName, { settings }: Viewer): string {
  return (settings && movingText(name, settings)) ?? "";
}

/** The options with which the film is made. */
export function filmOptions(choices: FilmChoices, viewer: Viewer): FilmOptions {
  const { format, turntable, seconds, fps, option, end, plays } = choices;
  return {
    ...frameOptions(choices, viewer),
    format,
    turntable,
    ...(option && { to: { [option]: end } }),
    ...(plays && { frames: "all" }),
    fps,
    seconds,
  };
}

/** The options of the picture that is the film's last frame, at most `longest` pixels a side. */
export function lastFrameOptions(choices: FilmChoices, viewer: Viewer, longest: number): BlobOptions {
  planFilm(filmOptions(choices, viewer));
  const { width, height, turntable, option, end } = choices;
  const part = Math.min(1, longest / Math.max(width, height));
  const azimuth = (viewer.settings?.camera.azimuth ?? 0) + turntable;
  const small = [width, height].map((side) => Math.max(1, Math.round(side * part)));
  return {
    ...frameOptions(choices, viewer),
    size: small.join("x"),
    samples: 1,
    options: { azimuth, ...(option && { [option]: end }) },
  };
}

function frameOptions(
  { width, height, samples, background, format }: FilmChoices,
  viewer: Viewer,
): BlobOptions {
  const asShown = format === "zip" ? getComputedStyle(viewer).backgroundColor : behind(viewer);
  const isLost = background === "transparent" && format !== "zip";
  return {
    size: `${width}x${height}`,
    samples: Number(samples),
    background: isLost || background === "" ? asShown : background,
  };
}

/** The colour behind an element: its own, or the first one below it that is not transparent. */
function behind(viewer: Viewer): string {
  for (let element: Element | null = viewer; element; element = parentOf(element)) {
    const { backgroundColor } = getComputedStyle(element);
    if (cssColor(backgroundColor)[3] > 0) return backgroundColor;
  }
  // A page without a colour is white, or dark if its text is light.
  return contrasting(cssColor(getComputedStyle(viewer).color));
}

function parentOf(element: Element): Element | null {
  const { host } = element.getRootNode() as ShadowRoot;
  return element.parentElement ?? host ?? null;
}

/** Description of the film that will be made. */
export function describeFilm({ width, height, seconds, fps }: FilmChoices, say: Say): string {
  const frames = Math.round(seconds * fps);
  return say("{frames} frames of {width} × {height} pixels", { frames, width, height });
}
