/** What the controls need of the element that they belong to. */

import type { OptionName } from "../../options/options.ts";
import type { Settings } from "../../options/settings.ts";
import type { EntryInfo } from "../../read/index.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";

/** An option as a property: text or a number as in the attribute; undefined: from the view, or its default. */
export type OptionValue = string | number | boolean | undefined;

/** A <voxel-volume>; it calls the controls' `requestUpdate()` whenever any of this changes. */
export interface Viewer extends HTMLElement, Record<Exclude<OptionName, keyof HTMLElement>, OptionValue> {
  src: string | undefined;
  entry: string | undefined;
  frame: number;
  /** Every option resolved, views applied; undefined while one does not fit. */
  readonly settings: Settings | undefined;
  /** The volume that is shown or about to be. */
  readonly volume: ScalarImage | undefined;
  /** Whether it is on screen. */
  readonly loaded: boolean;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** Whether a volume is being loaded and made. */
  readonly busy: boolean;
  /** Name of the file that was opened. */
  readonly sourceName: string;
  /** Voxels of the grid that is drawn. */
  readonly gridDims: Vec3 | undefined;
  /** How many of the volume's normalised values fall into each of `bins` equal bins. */
  histogram(bins: number): Promise<Uint32Array>;
  open(files: Iterable<File>): Promise<void>;
  toBlob(options: { samples: number; background?: string }): Promise<Blob>;
  resetCamera(): void;
}
