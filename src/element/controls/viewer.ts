/** The interface that the controls need of their element. */

import type { OptionName } from "../../options/options.ts";
import type { AxisViewName } from "../../options/orientation.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { EntryInfo } from "../../read/index.ts";
import type { ViewerState } from "../../state/state.ts";
import type { Texts } from "../../texts.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { ScalarImage, Vec3 } from "../../volume.ts";
import type { BlobOptions, FilmOptions, PageOptions } from "../api-types.ts";
import type { OptionValue } from "../option-properties.ts";

/** A <voxel-volume>. It calls the controls' `requestUpdate()` whenever any of this changes. */
export interface Viewer extends HTMLElement, Record<Exclude<OptionName, keyof HTMLElement>, OptionValue> {
  /** Translations of the texts. */
  readonly texts: Texts | undefined;
  src: string | undefined;
  /** Key of the state in the hash of the page's URL; undefined if the element does not follow the hash. */
  readonly permalink: string | undefined;
  /** Volume, options and camera. */
  readonly state: ViewerState | undefined;
  entry: string | undefined;
  frame: number;
  channel: number;
  /** Playback of a 4-D volume: true while its frames play, and frames per second. */
  readonly playing: boolean;
  frameRate: number;
  /** All options, resolved; undefined while one is invalid. */
  readonly settings: DrawnSettings | undefined;
  /** The volume that is shown or about to be shown. */
  readonly volume: ScalarImage | undefined;
  /** Statistics of its values; undefined for explicit voxels. */
  readonly profile: ValueProfile | undefined;
  /** How values are drawn. */
  readonly scale: ValueScale | undefined;
  /** True if the volume is on screen. */
  readonly loaded: boolean;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** True if a volume is being loaded or prepared. */
  readonly busy: boolean;
  /** Name of the opened file. */
  readonly sourceName: string;
  /** Dimensions of the drawn voxel grid. */
  readonly gridDims: Vec3 | undefined;
  open(files: Iterable<File>): Promise<void>;
  toBlob(options: BlobOptions): Promise<Blob>;
  toFilm(options: FilmOptions): Promise<Blob>;
  toPage(options: PageOptions): Promise<Blob>;
  step(by: number): void;
  play(): void;
  pause(): void;
  resetCamera(): void;
  /** Turns the camera to look along an axis of the volume. */
  lookAlong(view: AxisViewName): void;
}
