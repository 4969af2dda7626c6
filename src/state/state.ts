/** State: what an element shows, as JSON that later versions still read. */

import type { OptionTexts } from "../options/options.ts";

/** The version of the states that this code makes. It would change only if a member got another meaning. */
export const STATE_VERSION = 1;

/**
 * Volume, options and camera of an element, without members that are `undefined`. Names of options are those of the
 * attributes; names that are not known are ignored.
 */
export interface ViewerState {
  readonly version: number;
  /** URL of the file; missing for a dropped file, bytes and explicit voxels. */
  readonly src?: string;
  /** Path of the volume in an archive. */
  readonly entry?: string;
  /** Frame of a 4-D volume; missing for the first. */
  readonly frame?: number;
  /** Channel of an OME-Zarr; missing for the first. */
  readonly channel?: number;
  /** URL or text of a label table; entries that a page has set are JSON. */
  readonly labels?: string;
  /** CSS colour behind the picture. */
  readonly background?: string;
  /** Options that differ from their defaults, as the texts of attributes. */
  readonly options?: OptionTexts;
}
