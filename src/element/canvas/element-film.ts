/** A film of the picture of an element. */

import { check, planFilm } from "../../film/film-options.ts";
import { evenSize, FILM_FORMATS, openEncoder, writableFormats } from "../../film/formats.ts";
import { makeFilm } from "../../film/make-film.ts";
import { type FilmFrame, timeline } from "../../film/timeline.ts";
import { drawnSettings, plainSettings } from "../../options/appearance.ts";
import { type OptionName, settingsFrom } from "../../options/options.ts";
import { TRANSPARENT } from "../../options/settings.ts";
import { cssColor } from "../../picture/still.ts";
import type { Say } from "../../texts.ts";
import type { FilmOptions } from "../api-types.ts";
import type { Loaded } from "../load-state.ts";
import { textsOf } from "../option-properties.ts";
import type { Ready } from "./canvas-renderer.ts";
import { drawStill, stillSize } from "./snapshot.ts";

/**
 * Makes a film of an element's picture, which stays as it is on screen.
 * Rejects with `invalid-option`, `unsupported-format`, `too-large` or `network`, or with the reason of an aborted signal.
 * @param element its options.
 * @param picture the bounding box of its picture.
 */
export async function elementFilm(
  element: Readonly<Record<OptionName, unknown>>,
  { renderer, loaded, settings: { labels } }: Ready,
  picture: HTMLElement,
  options: FilmOptions,
  say: Say,
): Promise<Blob> {
  const { signal, onProgress, samples, background = "transparent" } = options;
  signal?.throwIfAborted();
  const { volume, profile } = loaded;
  const texts = textsOf(element);
  const frames = timeline(planFilm(options, texts), {
    options: texts,
    fileFrames: volume.kind === "volume" ? volume.frames : 1,
    resolve: (texts) => {
      const settings = settingsFrom(texts, TRANSPARENT, labels);
      return volume.kind === "volume" && profile
        ? drawnSettings(settings, volume, profile)
        : plainSettings(settings, volume);
    },
  });
  cssColor(background);
  const [width, height] = stillSize(options, picture);
  const wanted = { width, height, fps: frames.fps };
  const { format = (await writableFormats(wanted))[0] } = options;
  check(FILM_FORMATS.includes(format), `format "${format}": expected ${FILM_FORMATS.join(", ")}`);
  const shape = { ...wanted, ...evenSize(format, wanted) };
  const draw = async ({ settings, fileFrame }: FilmFrame): Promise<OffscreenCanvas> => {
    const ready = { renderer, loaded: await frameOf(loaded, fileFrame, signal), settings };
    return drawStill(ready, picture, { ...shape, samples, background }, say);
  };
  return makeFilm(frames, draw, await openEncoder(format, shape), { signal, onProgress });
}

/** The loaded file with another frame of it. */
async function frameOf(loaded: Loaded, frame: number | undefined, signal?: AbortSignal): Promise<Loaded> {
  const { file, entry } = loaded.request;
  if (frame === undefined || !file) return loaded;
  return { ...loaded, volume: (await file.read({ entry, frame, signal })).volume };
}
