/** The figures of a comparison, and the ratios between them. */

import { median } from "../numbers.ts";
import type { Program } from "./programs.ts";
import type { PageRun } from "./run-page.ts";

/** Medians of one program in one scene, or the reason why there are none. */
export interface ProgramResult {
  readonly scene: Program["scene"];
  readonly name: string;
  readonly method: string;
  readonly own: boolean;
  readonly failed?: string;
  readonly figures?: Figures;
}

export interface Figures {
  readonly firstPictureMs: number;
  readonly frameMs: number;
  readonly scriptBytes: number;
  readonly gzipBytes: number;
  /** Undefined if the system does not report it. */
  readonly peakBytes?: number;
  readonly idleBytes?: number;
  /** Fraction of the picture that is not white. */
  readonly covered: number;
  /** The times of which the medians are taken. */
  readonly firstPictures: readonly number[];
  readonly frames: readonly number[];
  /** Time of voxel-volume's engine to its first picture, without the element. */
  readonly engineFirstPictureMs?: number;
}

/**
 * The figures of a program from its rounds, each of which runs every page. First picture and script size come from the
 * first page, frames from the last, memory from the page that needs more.
 */
export function figuresOf(rounds: readonly (readonly PageRun[])[]): Figures {
  const first = rounds.map((pages) => pages[0]);
  const last = rounds.map((pages) => pages[pages.length - 1]);
  const firstPictures = first.map(({ firstPictureMs }) => firstPictureMs);
  const frames = last.flatMap(({ frameMs }) => frameMs);
  const peaks = rounds.map((pages) => Math.max(...pages.map(({ peakBytes = 0 }) => peakBytes)));
  const { scriptBytes, gzipBytes } = first[0];
  return {
    firstPictureMs: median(firstPictures),
    frameMs: median(frames),
    scriptBytes,
    gzipBytes,
    ...(median(peaks) > 0 && { peakBytes: median(peaks), idleBytes: last[0].idleBytes }),
    covered: last[0].covered,
    firstPictures,
    frames,
    ...(rounds[0].length > 1 && {
      engineFirstPictureMs: median(last.map(({ firstPictureMs }) => firstPictureMs)),
    }),
  };
}

/** Compared figures with their names in tables. */
export const COMPARED = {
  firstPictureMs: "first picture",
  frameMs: "frame",
  gzipBytes: "script",
  peakBytes: "memory",
} as const;
export type Compared = keyof typeof COMPARED;

export interface Ratio {
  readonly scene: Program["scene"];
  readonly ours: string;
  readonly theirs: string;
  /** Ours / theirs: below 1 if ours is less. */
  readonly ratios: Partial<Record<Compared, number>>;
}

/** Ours / theirs, for all figures that both have. */
export function ratiosOf(results: readonly ProgramResult[]): Ratio[] {
  return results.flatMap((ours) =>
    results
      .filter((theirs) => ours.own && !theirs.own && theirs.scene === ours.scene)
      .flatMap((theirs) => {
        const [a, b] = [ours.figures, theirs.figures];
        if (!a || !b) return [];
        const ratios = Object.keys(COMPARED).flatMap((key) => {
          const [x, y] = [a[key as Compared], b[key as Compared]];
          return x && y ? [[key, x / y]] : [];
        });
        return [
          { scene: ours.scene, ours: ours.name, theirs: theirs.name, ratios: Object.fromEntries(ratios) },
        ];
      }),
  );
}
