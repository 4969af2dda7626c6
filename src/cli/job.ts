/** What the command line and its headless page say to each other. */

import type { ErrorCode } from "../errors.ts";
import type { OptionTexts } from "../options/options.ts";

/** The stages that `export` writes. */
export const STAGES = ["raw", "normalized", "transformed", "resized", "rgba"] as const;

/** What the command line asks of the page. URLs are of its own server. */
export interface Job {
  /** The files of the volume, the one to open first. */
  readonly input: readonly string[];
  readonly entry?: string;
  readonly frame?: number;
  readonly options: OptionTexts;
  /** Table of label names and colours, and its file's name. */
  readonly labels?: { readonly text: string; readonly name: string };
  /** Where the result is to be sent: PNG or NumPy bytes. */
  readonly output: string;
  /** Pixels, and any CSS colour. */
  readonly picture?: {
    readonly size: readonly [number, number];
    readonly background: string;
    readonly samples: number;
  };
  readonly stage?: (typeof STAGES)[number];
  /** Measure passes and histograms, too. */
  readonly stats?: boolean;
}

/** What `--stats` writes. Times are in milliseconds. */
export type Stats = Record<string, unknown>;

export type Outcome = { stats: Stats } | { error: { code: ErrorCode; message: string } };

/** Called by the page when it begins a part of the work, where the command line shows that. */
export type TellTask = (task: string) => void;
/** Its name among the page's globals. */
export const TELL_TASK = "voxelVolumeTask";
