/** Messages between the command line and its headless page. */

import type { ErrorCode } from "../errors.ts";
import type { FilmMotion } from "../film/film-options.ts";
import type { FilmFormat } from "../film/formats.ts";
import type { OptionTexts } from "../options/options.ts";
import type { FigureSize } from "../picture/figure-size.ts";

/** Stages that `export` can write. */
export const STAGES = ["raw", "normalized", "transformed", "resized", "rgba"] as const;

/** A film of a figure. */
export interface FilmJob {
  readonly motion: FilmMotion;
  /** `folder`: the frames are posted as PNGs, one after the other. */
  readonly format: FilmFormat | "folder";
}

/** A job for the page. URLs are those of the command line's own server. */
export interface Job {
  /** The files of the volume, starting with the one to open; or its folder, which ends with a slash. */
  readonly input: readonly string[];
  readonly entry?: string;
  readonly frame?: number;
  readonly channel?: number;
  /** Most bytes of GPU memory; by default as the adapter suggests. */
  readonly gpuMemory?: number;
  /** How long a still waits for the parts of a large volume, in ms. */
  readonly timeoutMs: number;
  readonly options: OptionTexts;
  /** Label table (names and colours), and the name of its file. */
  readonly labels?: { readonly text: string; readonly name: string };
  /** URL to which the result is posted: a picture, a film, a page or NumPy bytes. */
  readonly output: string;
  readonly picture?: PictureJob;
  /** A film of that figure. */
  readonly film?: FilmJob;
  readonly page?: PageJob;
  readonly stage?: (typeof STAGES)[number];
  /** Whether to measure passes and histograms. */
  readonly stats?: boolean;
}

/** A figure to draw: see src/picture/figure.ts. */
export interface PictureJob {
  readonly size: FigureSize;
  /** Names of views; empty for the one of the options. */
  readonly views: readonly string[];
  readonly letters: string;
  readonly title: string;
  /** Any CSS colour. */
  readonly background: string;
  readonly samples: number;
  /** Media type; a PDF is left in the page for the browser to print. */
  readonly type: string;
}

/** A live page to make: see src/page/make-page.ts. */
export interface PageJob {
  readonly form: "html" | "zip";
  /** The options as given; those of the job are for the still. */
  readonly options: OptionTexts;
  /** CSS colour behind the picture, or "transparent". */
  readonly background: string;
  readonly title?: string;
  readonly alt?: string;
  readonly controls: boolean;
  /** Most bytes of the volume in one file. */
  readonly maxInline?: number;
}

/** Media type of PDF. */
export const PDF = "application/pdf";

/** Content of the `--stats` file. Times are in milliseconds. */
export type Stats = Record<string, unknown>;

export type Outcome = { stats: Stats } | { error: { code: ErrorCode; message: string } };

/** Called by the page when it starts a part of the work, for the command line to show. */
export type TellTask = (task: string) => void;
/** Name of that function among the page's globals. */
export const TELL_TASK = "voxelVolumeTask";
