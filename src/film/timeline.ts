/** The timeline of a film: the options of each of its frames, and the frame of the file that it shows. */

import { isListed } from "../options/kinds.ts";
import type { OptionName, OptionTexts } from "../options/options.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import { check, type FilmPlan } from "./film-options.ts";
import { movingText, textsBetween } from "./moving-options.ts";

/** Subject of a film: options, file and values. */
export interface FilmSubject {
  /** Options of the picture. */
  readonly options: OptionTexts;
  /** Frames in the file. */
  readonly fileFrames: number;
  /** The values of the volume; undefined for explicit voxels. */
  readonly profile?: Pick<ValueProfile, "min" | "max">;
  /**
   * The settings of each view of the figure with these options. Those that are `auto` are the same for all frames of the
   * file, so that their pictures can be compared.
   */
  readonly views: (options: OptionTexts) => readonly DrawnSettings[];
}

/** One frame of a film. */
export interface FilmFrame {
  /** Settings of each view. */
  readonly views: readonly DrawnSettings[];
  /** Frame of the file; undefined for the one that is already read. */
  readonly fileFrame?: number;
  /** Equal for frames that look the same. */
  readonly key: string;
}

export interface Timeline {
  /** Number of frames. */
  readonly length: number;
  /** Length in seconds. */
  readonly seconds: number;
  readonly fps: number;
  /** Frames of the file that are left out, because the film has fewer frames. */
  readonly skipped: number;
  /** The frame with this index, from 0. */
  at(index: number): FilmFrame;
}

/** Length of a film in seconds, if it is not given. */
export const SECONDS = 3;
const FEWEST = 2;
const MOST = 20_000;

/**
 * The timeline of a film. All of its options are checked before the first frame is drawn.
 * @throws VoxelVolumeError "invalid-option".
 */
export function timeline(plan: FilmPlan, subject: FilmSubject): Timeline {
  const { options, fileFrames, profile } = subject;
  const shown = playedFrames(plan, fileFrames);
  const { fps, seconds = Math.max(SECONDS, (shown?.count ?? 0) / fps) } = plan;
  const length = Math.round(seconds * fps);
  check(
    length >= FEWEST && length <= MOST,
    `${seconds} s at ${fps} frames a second are ${length} frames: a film has ${FEWEST} to ${MOST}`,
  );
  const names = [...new Set([...Object.keys(plan.from), ...Object.keys(plan.to)])] as OptionName[];
  const isWindowed = profile && (shown || names.includes("window"));
  const views = (texts: OptionTexts) =>
    isWindowed ? subject.views(texts).map((settings) => windowed(settings, profile)) : subject.views(texts);
  const [start, end] = [plan.from, plan.to].map((texts) => views({ ...options, ...texts })[0]);
  for (const name of names)
    for (const [settings, side] of [[start, "from"] as const, [end, "to"] as const])
      check(
        movingText(name, settings) !== undefined,
        `${name} has no value at one end of the film: give it by ${side}, too`,
      );
  const isLoop = plan.turntable % 360 === 0;
  const at = (index: number): FilmFrame => {
    const part = index / (length - 1);
    const texts = { ...options, ...textsBetween(names, start, end, part) };
    const degrees = plan.turntable * (isLoop ? index / length : part);
    const fileFrame = shown && shown.first + Math.floor((index * shown.count) / length);
    return {
      views: views(texts).map((settings) => turned(settings, degrees)),
      fileFrame,
      key: JSON.stringify([texts, degrees, fileFrame]),
    };
  };
  for (let index = 0; index < length; index++) at(index);
  return { length, seconds: length / fps, fps, skipped: Math.max(0, (shown?.count ?? 0) - length), at };
}

/** The settings with the range of the values as a window, in place of the range of what each frame of the file has. */
function windowed(settings: DrawnSettings, { min, max }: Pick<ValueProfile, "min" | "max">): DrawnSettings {
  const isRanged = settings.window === null && !isListed(settings.kind) && min < max;
  return isRanged ? { ...settings, window: [min, max] } : settings;
}

function turned(settings: DrawnSettings, degrees: number): DrawnSettings {
  const { camera } = settings;
  return { ...settings, camera: { ...camera, azimuth: camera.azimuth + degrees } };
}

/** The frames of the file that a film plays; undefined if it plays none. */
function playedFrames({ frames }: FilmPlan, all: number): { first: number; count: number } | undefined {
  if (frames === undefined) return undefined;
  check(all > 1, "frames: the file has only one frame");
  const [first, last] = frames === "all" ? [0, all - 1] : frames;
  check(last < all, `frames "${first}-${last}": the file has the frames 0-${all - 1}`);
  return { first, count: last - first + 1 };
}
