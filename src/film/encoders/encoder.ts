/** FilmEncoder: takes the frames of a film and makes a file of them. */

/** Size and speed of a film. */
export interface FilmShape {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames a second. */
  readonly fps: number;
}

export interface FilmEncoder<Film> {
  /** Name of the codec, for people, as "H.264". */
  readonly codec: string;
  /** Adds a frame of the film's size. Resolves when the next one may come. */
  add(frame: OffscreenCanvas): Promise<void>;
  /** Ends the film after the last frame. */
  finish(): Promise<Film>;
  /** Ends the work without a film. */
  cancel(): Promise<void>;
}
