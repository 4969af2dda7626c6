/** Makes a film: draws its frames one after the other and hands each to an encoder. */

import type { FilmEncoder } from "./encoders/encoder.ts";
import type { FilmFrame, Timeline } from "./timeline.ts";

export interface MakeFilmOptions {
  /** Ends the work; the film then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with the number of finished frames, and of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Draws and encodes a film. Only one frame is in memory at a time: the next one is drawn when the encoder has taken it.
 * Equal frames in a row are drawn once.
 * @returns what the encoder makes of the frames.
 */
export async function makeFilm<Film>(
  timeline: Timeline,
  draw: (frame: FilmFrame) => Promise<OffscreenCanvas>,
  encoder: FilmEncoder<Film>,
  { signal, onProgress }: MakeFilmOptions = {},
): Promise<Film> {
  try {
    let last: { readonly key: string; readonly picture: OffscreenCanvas } | undefined;
    for (let index = 0; index < timeline.length; index++) {
      signal?.throwIfAborted();
      const frame = timeline.at(index);
      if (frame.key !== last?.key) last = { key: frame.key, picture: await draw(frame) };
      signal?.throwIfAborted();
      await encoder.add(last.picture);
      onProgress?.(index + 1, timeline.length);
    }
    signal?.throwIfAborted();
    return await encoder.finish();
  } catch (error) {
    await encoder.cancel();
    throw error;
  }
}
