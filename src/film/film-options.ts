/** The options of a film: what moves in it and how long it is; for the element and the command line. */

import { VoxelVolumeError } from "../errors.ts";
import { type OptionName, type OptionTexts, settingsFrom } from "../options/options.ts";
import { isMoving, MOVING_NAMES } from "./moving-options.ts";

/** Motion in a film, and its length. */
export interface FilmMotion {
  /**
   * Degrees by which the camera turns around the z axis during the film. With 360, or a multiple of it, the last frame
   * is one step before the first, so that the film can repeat without a jump.
   */
  readonly turntable?: number;
  /**
   * Options in the first frame, as `{ opacity: 0 }`, which change evenly to those of `to`; options that are given only
   * in one of both start or end as in the picture.
   */
  readonly from?: MovingOptions;
  /** Options in the last frame. */
  readonly to?: MovingOptions;
  /** Frames of a 4-D file that play during the film: `all`, or the first and the last one, from 0, as `0-9`. */
  readonly frames?: string;
  /** Frames a second, at most 120; 30 by default. */
  readonly fps?: number;
  /** Length in seconds; by default 3, or longer, so that each of the file's frames is seen. */
  readonly seconds?: number;
}

/** Values of options: those of `MOVING_NAMES` can change during a film. */
export type MovingOptions = Partial<Record<OptionName, string | number>>;

/** Motion in a film, checked; see `FilmMotion`. */
export interface FilmPlan {
  readonly turntable: number;
  readonly from: OptionTexts;
  readonly to: OptionTexts;
  /** The first and the last frame of the file, or all; undefined: the file's frame does not change. */
  readonly frames?: "all" | readonly [first: number, last: number];
  readonly fps: number;
  /** Undefined if the length depends on the file. */
  readonly seconds?: number;
}

/** Frames a second, if they are not given. */
export const FPS = 30;
const MOST_FPS = 120;
const MOST_SECONDS = 3600;
const MOST_DEGREES = 1e6;

/**
 * Checks what moves in a film of a picture with these options.
 * @throws VoxelVolumeError "invalid-option", also if nothing moves.
 */
export function planFilm(
  { turntable = 0, from = {}, to = {}, frames, fps = FPS, seconds }: FilmMotion,
  options: OptionTexts = {},
): FilmPlan {
  check(
    Math.abs(turntable) <= MOST_DEGREES,
    `turntable "${turntable}": expected degrees, as 360 for a whole turn`,
  );
  check(fps > 0 && fps <= MOST_FPS, `fps "${fps}": expected frames a second, at most ${MOST_FPS}`);
  check(
    seconds === undefined || (seconds > 0 && seconds <= MOST_SECONDS),
    `seconds "${seconds}": expected a number of seconds, at most ${MOST_SECONDS}`,
  );
  const ends = [from, to].map((values) => {
    const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
    for (const name of Object.keys(texts))
      check(
        isMoving(name),
        `${name} cannot change during a film: expected one of ${MOVING_NAMES.join(", ")}`,
      );
    settingsFrom({ ...options, ...texts });
    return texts as OptionTexts;
  });
  const isMoved = turntable !== 0 || frames !== undefined || ends.some((end) => Object.keys(end).length > 0);
  check(isMoved, "nothing moves in this film: give it a turntable (as 360), from and to, or frames");
  return {
    turntable,
    from: ends[0],
    to: ends[1],
    ...(frames !== undefined && { frames: parseFrames(frames) }),
    fps,
    seconds,
  };
}

function parseFrames(text: string): NonNullable<FilmPlan["frames"]> {
  if (text === "all") return text;
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  check(
    first !== undefined && Number(first) < Number(last),
    `frames "${text}": expected all, or the first and the last one, as 0-9`,
  );
  return [Number(first), Number(last)];
}

/** @throws VoxelVolumeError "invalid-option" with this message, unless `fits`. */
export function check(fits: boolean, message: string): void {
  if (!fits) throw new VoxelVolumeError("invalid-option", message);
}
