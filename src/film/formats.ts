/** The formats of films, and which of them the browser can write. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import type { FilmEncoder, FilmShape } from "./encoders/encoder.ts";
import { check, FPS } from "./film-options.ts";

/** Formats of films: `zip` has the frames as PNGs. */
export const FILM_FORMATS = ["mp4", "webm", "gif", "zip"] as const;
export type FilmFormat = (typeof FILM_FORMATS)[number];

/** Most frames a second of a GIF: browsers show faster ones at 10 frames a second. */
const MOST_GIF_FPS = 50;
/** The film whose codecs are asked for if no other is given. */
const USUAL: FilmShape = { width: 640, height: 480, fps: FPS };

/**
 * The formats in which the browser can write films of this size, in pixels.
 * @throws VoxelVolumeError "network" if the code for this could not be fetched.
 */
export async function writableFormats(shape: Partial<FilmShape> = {}): Promise<FilmFormat[]> {
  const { codecFor } = await fetched(import("./encoders/video.ts"));
  const isWritable = await Promise.all(
    FILM_FORMATS.map(async (format) => {
      if (!isVideo(format)) return true;
      return (
        (await codecFor(format, { ...USUAL, ...shape, ...evenSize(format, { ...USUAL, ...shape }) })) !==
        undefined
      );
    }),
  );
  return FILM_FORMATS.filter((_, i) => isWritable[i]);
}

/** The size of a film's frames: videos have even sides, so odd ones get one pixel more. */
export function evenSize(
  format: FilmFormat,
  { width, height }: Pick<FilmShape, "width" | "height">,
): Pick<FilmShape, "width" | "height"> {
  return isVideo(format) ? { width: width + (width % 2), height: height + (height % 2) } : { width, height };
}

/** Whether films of a format can have transparent parts. */
export function hasAlpha(format: FilmFormat): boolean {
  return format === "zip";
}

/**
 * The encoder of a format, for frames of `evenSize`.
 * @throws VoxelVolumeError "unsupported-format" if the browser lacks it, "invalid-option" for more frames a second than it
 *   can have, "network".
 */
export async function openEncoder(format: FilmFormat, shape: FilmShape): Promise<FilmEncoder<Blob>> {
  if (isVideo(format)) {
    const { codecFor, videoEncoder } = await fetched(import("./encoders/video.ts"));
    const codec = await codecFor(format, shape);
    if (codec) return videoEncoder(format, codec, shape);
    const size = `${shape.width}x${shape.height}`;
    const others = (await writableFormats(shape)).join(", ");
    throw new VoxelVolumeError(
      "unsupported-format",
      `This browser cannot write ${format} films of ${size} pixels; it can write ${others}`,
    );
  }
  if (format === "zip") return (await fetched(import("./encoders/png-zip.ts"))).zipEncoder();
  check(shape.fps <= MOST_GIF_FPS, `fps ${shape.fps}: a GIF has at most ${MOST_GIF_FPS} frames a second`);
  return (await fetched(import("./encoders/gif.ts"))).gifEncoder(shape);
}

/**
 * Notes on what differs from the request in a film of this format, one line each.
 * @param alpha opacity of the requested background, 0 to 1.
 */
export function filmNotes(format: FilmFormat, { width, height, fps }: FilmShape, alpha: number): string[] {
  const even = evenSize(format, { width, height });
  const isEven = even.width === width && even.height === height;
  const delay = 100 / fps;
  return [
    ...(isEven ? [] : [`${format} needs even sides: drawn at ${even.width}x${even.height}`]),
    ...(alpha < 1 && !hasAlpha(format)
      ? [`${format} has no transparency: drawn on white; frames as zip or in a folder keep it`]
      : []),
    ...(format === "gif" && !Number.isInteger(delay)
      ? [
          `a GIF counts in 1/100 s: its frames take ${Math.floor(delay)} or ${Math.ceil(delay)} of them, ${fps} a second on average`,
        ]
      : []),
  ];
}

function isVideo(format: FilmFormat): format is "mp4" | "webm" {
  return format === "mp4" || format === "webm";
}
