/** Opens the encoder of a format, whose code is fetched then, and finds the formats that the browser can write. */

import { fetched, VoxelVolumeError } from "../../errors.ts";
import { check, FPS } from "../film-options.ts";
import { evenSize, FILM_FORMATS, type FilmFormat, isVideo } from "../formats.ts";
import type { FilmEncoder, FilmShape } from "./encoder.ts";

/** Most frames a second of a GIF: browsers show faster ones at 10 frames a second. */
const MOST_GIF_FPS = 50;
/** The film whose codecs are asked for if no other is given. */
const USUAL: FilmShape = { width: 640, height: 480, fps: FPS };

/**
 * The formats in which the browser can write films of this size, in pixels.
 * @throws VoxelVolumeError "network" if the code for this could not be fetched.
 */
export async function writableFormats(shape: Partial<FilmShape> = {}): Promise<FilmFormat[]> {
  const { codecFor } = await fetched(import("./video.ts"));
  const film = { ...USUAL, ...shape };
  const isWritable = await Promise.all(
    FILM_FORMATS.map(async (format) => {
      if (!isVideo(format)) return format !== "gif" || film.fps <= MOST_GIF_FPS;
      return (await codecFor(format, { ...film, ...evenSize(format, film) })) !== undefined;
    }),
  );
  return FILM_FORMATS.filter((_, i) => isWritable[i]);
}

/**
 * The encoder of a format, for frames of `evenSize`.
 * @throws VoxelVolumeError "unsupported-format" if the browser lacks it, "invalid-option" for more frames a second than it
 *   can have, "network".
 */
export async function openEncoder(format: FilmFormat, shape: FilmShape): Promise<FilmEncoder<Blob>> {
  if (isVideo(format)) {
    const { codecFor, videoEncoder } = await fetched(import("./video.ts"));
    const codec = await codecFor(format, shape);
    if (codec) return videoEncoder(format, codec, shape);
    const size = `${shape.width}x${shape.height}`;
    const others = (await writableFormats(shape)).join(", ");
    throw new VoxelVolumeError(
      "unsupported-format",
      `This browser cannot write ${format} films of ${size} pixels; it can write ${others}`,
    );
  }
  if (format === "zip") return (await fetched(import("./png-zip.ts"))).zipEncoder();
  check(shape.fps <= MOST_GIF_FPS, `fps ${shape.fps}: a GIF has at most ${MOST_GIF_FPS} frames a second`);
  return (await fetched(import("./gif.ts"))).gifEncoder(shape);
}
