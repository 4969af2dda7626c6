/** Makes a film in the headless page, and posts it to the command line. */

import type { FilmEncoder, FilmShape } from "../film/encoders/encoder.ts";
import { planFilm } from "../film/film-options.ts";
import { evenSize, filmNotes, openEncoder } from "../film/formats.ts";
import { makeFilm } from "../film/make-film.ts";
import { type FilmFrame, timeline } from "../film/timeline.ts";
import { drawnSettings } from "../options/appearance.ts";
import { settingsFrom } from "../options/options.ts";
import { sayNotes } from "../texts.ts";
import { drawPicture, type Subject } from "./headless-picture.ts";
import type { FilmJob, Job, Stats } from "./job.ts";
import { send, tellTask } from "./page-messages.ts";

/** Makes the film of a job. @returns what the statistics tell of it. */
export async function film(
  subject: Subject,
  { entry, options, output }: Job,
  picture: NonNullable<Job["picture"]>,
  { motion, format }: FilmJob,
): Promise<Stats> {
  const { renderer, file, volume, profile, settings: now } = subject;
  const frames = timeline(planFilm(motion, options), {
    options,
    fileFrames: volume.frames,
    resolve: (texts) => drawnSettings(settingsFrom(texts, now.background, now.labels), volume, profile),
  });
  const { length, seconds, fps, skipped } = frames;
  const [width, height] = picture.size;
  const wanted: FilmShape = { width, height, fps };
  const shape: FilmShape = format === "folder" ? wanted : { ...wanted, ...evenSize(format, wanted) };
  const started = performance.now();
  const draw = async ({ settings, fileFrame }: FilmFrame): Promise<OffscreenCanvas> => {
    const shown = fileFrame === undefined ? volume : (await file.read({ entry, frame: fileFrame })).volume;
    await renderer.update(shown, settings);
    const size = [shape.width, shape.height] as const;
    return drawPicture({ ...subject, volume: shown, settings }, { ...picture, size });
  };
  const onProgress = (done: number) => tellTask(`frame ${done} of ${length},`);
  const encoder = format === "folder" ? postEach(output) : await openEncoder(format, shape);
  const made = await makeFilm(frames, draw, encoder, { onProgress });
  const frameMs = (performance.now() - started) / length;
  if (made) {
    tellTask("writing");
    await send(output, [made]);
  }
  return {
    size: [shape.width, shape.height],
    frames: length,
    fps,
    seconds,
    codec: encoder.codec,
    frameMs,
    notes: [
      ...sayNotes(volume),
      ...(format === "folder" ? [] : filmNotes(format, wanted, now.background[3])),
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
