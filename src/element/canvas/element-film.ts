/** A film of the picture of an element. */

import { openEncoder, writableFormats } from "../../film/encoders/open-encoder.ts";
import { check, planFilm } from "../../film/film-options.ts";
import { evenSize, FILM_FORMATS } from "../../film/formats.ts";
import { makeFilm } from "../../film/make-film.ts";
import { type FilmFrame, timeline } from "../../film/timeline.ts";
import { cssColor } from "../../picture/css-color.ts";
import { figureCanvas } from "../../picture/figure-file.ts";
import type { FilmOptions } from "../api-types.ts";
import type { Loaded } from "../load-state.ts";
import type { Ready } from "./canvas-renderer.ts";
import { drawSnapshot, type SnapshotHost, snapshotFormat } from "./snapshot.ts";

/**
 * Makes a film of an element's picture, which stays as it is on screen.
 * Rejects with `invalid-option`, `unsupported-format`, `too-large` or `network`, or with the reason of an aborted signal.
 */
export async function elementFilm(ready: Ready, host: SnapshotHost, options: FilmOptions): Promise<Blob> {
  const { signal, onProgress } = options;
  const { renderer, loaded } = ready;
  const { volume, profile } = loaded;
  signal?.throwIfAborted();
  const { format: figure, texts, views } = snapshotFormat(ready, host, options);
  cssColor(figure.background);
  const fileFrames = volume.kind === "volume" ? volume.frames : 1;
  const frames = timeline(planFilm(options, texts), { options: texts, fileFrames, profile, views });
  const wanted = { width: figure.width, height: figure.height, fps: frames.fps };
  const { format = (await writableFormats(wanted))[0] } = options;
  check(FILM_FORMATS.includes(format), `format "${format}": expected ${FILM_FORMATS.join(", ")}`);
  const shape = { ...wanted, ...evenSize(format, wanted) };
  const draw = async ({ views, fileFrame }: FilmFrame): Promise<OffscreenCanvas> => {
    const shown = await frameOf(loaded, fileFrame, signal);
    return figureCanvas(await drawSnapshot(renderer, shown, views, { ...figure, ...shape }));
  };
  return makeFilm(frames, draw, await openEncoder(format, shape), { signal, onProgress });
}

/** The loaded file with another frame of it. */
async function frameOf(loaded: Loaded, frame: number | undefined, signal?: AbortSignal): Promise<Loaded> {
  const { file, entry, channel } = loaded.request;
  if (frame === undefined || !file) return loaded;
  return { ...loaded, volume: (await file.read({ entry, frame, channel, signal })).volume };
}
