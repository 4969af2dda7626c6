/** The formats of films, and what each of them can have. */

import type { FilmShape } from "./encoders/encoder.ts";

/** Formats of films: `zip` has the frames as PNGs. */
export const FILM_FORMATS = ["mp4", "webm", "gif", "zip"] as const;
export type FilmFormat = (typeof FILM_FORMATS)[number];

/** The size of a film's frames: videos have even sides, so odd ones get one pixel more. */
export function evenSize(
  format: FilmFormat,
  { width, height }: Pick<FilmShape, "width" | "height">,
): Pick<FilmShape, "width" | "height"> {
  return isVideo(format) ? { width: width + (width % 2), height: height + (height % 2) } : { width, height };
}

/** Transparency of a format: true if its films can have transparent parts. */
function hasAlpha(format: FilmFormat): boolean {
  return format === "zip";
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

/** Test for a video format, which the browser encodes if it has a codec. */
export function isVideo(format: FilmFormat): format is "mp4" | "webm" {
  return format === "mp4" || format === "webm";
}
