/** Makes a film in the headless page, and posts it to the command line. */

import type { Renderer } from "../../engine/renderer.ts";
import type { FilmEncoder } from "../../film/encoders/encoder.ts";
import { openEncoder } from "../../film/encoders/open-encoder.ts";
import { planFilm } from "../../film/film-options.ts";
import { evenSize, filmNotes } from "../../film/formats.ts";
import { makeFilm } from "../../film/make-film.ts";
import { type FilmFrame, timeline } from "../../film/timeline.ts";
import { figureCanvas } from "../../picture/figure-file.ts";
import { sayNotes } from "../../texts.ts";
import type { FilmJob, Job, PictureJob, Stats } from "../job.ts";
import { drawPicture, type JobSubject } from "./draw-picture.ts";
import { send, tellTask } from "./send.ts";

/** Makes the film of a job. @returns what the statistics tell of it. */
export async function film(
  renderer: Renderer,
  { file, volume, profile, views }: JobSubject,
  { entry, channel, options, output, timeoutMs: waitMs }: Job,
  picture: PictureJob,
  { motion, format }: FilmJob,
): Promise<Stats> {
  const subject = { options, fileFrames: volume.frames, profile, views };
  const frames = timeline(planFilm(motion, options), subject);
  const { length, seconds, fps, skipped } = frames;
  const wanted = { width: picture.size.width, height: picture.size.height, fps };
  const shape = format === "folder" ? wanted : { ...wanted, ...evenSize(format, wanted) };
  const size = { ...picture.size, width: shape.width, height: shape.height };
  const draw = async ({ views, fileFrame }: FilmFrame): Promise<OffscreenCanvas> => {
    const shown =
      fileFrame === undefined ? volume : (await file.read({ entry, channel, frame: fileFrame })).volume;
    return figureCanvas(
      await drawPicture(renderer, { volume: shown, profile }, views, { ...picture, size }, { waitMs }),
    );
  };
  const onProgress = (done: number) => tellTask(`frame ${done} of ${length},`);
  const started = performance.now();
  const encoder = format === "folder" ? postEach(output) : await openEncoder(format, shape);
  const made = await makeFilm(frames, draw, encoder, { onProgress });
  const frameMs = (performance.now() - started) / length;
  if (made) await send(output, [made]);
  const { background } = views(options)[0];
  return {
    size: [shape.width, shape.height],
    frames: length,
    fps,
    seconds,
    codec: encoder.codec,
    frameMs,
    notes: [
      ...sayNotes(volume),
      ...(format === "folder" ? [] : filmNotes(format, wanted, background[3])),
      ...(skipped > 0
        ? [
            `${skipped} frames of the file are left out, as the film has ${length}: give it more seconds or fps`,
          ]
        : []),
    ],
  };
}

/** Posts each frame as a PNG. */
function postEach(output: string): FilmEncoder<undefined> {
  return {
    codec: "PNG",
    async add(frame) {
      await send(output, [await frame.convertToBlob({ type: "image/png" })]);
    },
    finish: async () => undefined,
    cancel: async () => {},
  };
}
