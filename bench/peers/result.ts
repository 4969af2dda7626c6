/** The figures of a comparison, and the ratios between them. */

import { median } from "../numbers.ts";
import type { Program } from "./programs.ts";
import type { PageRun } from "./run-page.ts";

/** Medians of one program in one scene, or why there are none. */
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
  /** Undefined where the system does not tell. */
  readonly peakBytes?: number;
  readonly idleBytes?: number;
  /** Share of the picture that is not white. */
  readonly covered: number;
  /** Times that the medians are taken of. */
  readonly firstPictures: readonly number[];
  readonly frames: readonly number[];
  /** Time of voxel-volume's engine to its first picture, without the element around it. */
  readonly engineFirstPictureMs?: number;
}

/**
 * The figures of a program from its rounds, each with a run of every page: first picture and script are of the first
 * page, frames of the last, memory of that which takes more.
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
  /** Ours by theirs: below 1 where ours is less. */
  readonly ratios: Partial<Record<Compared, number>>;
}

/** Ours by theirs, for all pairs that both have figures. */
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
