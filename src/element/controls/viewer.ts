/** What the controls need of the element that they belong to. */

import type { OptionName } from "../../options/options.ts";
import type { AxisViewName } from "../../options/orientation.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { EntryInfo } from "../../read/index.ts";
import type { Texts } from "../../texts.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";
import type { OptionValue } from "../option-properties.ts";

/** A <voxel-volume>; it calls the controls' `requestUpdate()` whenever any of this changes. */
export interface Viewer extends HTMLElement, Record<Exclude<OptionName, keyof HTMLElement>, OptionValue> {
  /** Translations of the texts. */
  readonly texts: Texts | undefined;
  src: string | undefined;
  entry: string | undefined;
  frame: number;
  /** Whether the frames of a 4-D volume are played, and how many a second. */
  readonly playing: boolean;
  frameRate: number;
  /** Every option resolved, views applied; undefined while one does not fit. */
  readonly settings: DrawnSettings | undefined;
  /** The volume that is shown or about to be. */
  readonly volume: ScalarImage | undefined;
  /** What all of its values tell; undefined for explicit voxels. */
  readonly profile: ValueProfile | undefined;
  /** How values are drawn. */
  readonly scale: ValueScale | undefined;
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
  open(files: Iterable<File>): Promise<void>;
  toBlob(options: { samples: number; background?: string }): Promise<Blob>;
  step(by: number): void;
  play(): void;
  pause(): void;
  resetCamera(): void;
  /** Turns the camera to look along an axis of the volume. */
  lookAlong(view: AxisViewName): void;
}
