/** Container: what holds files of other formats. */

import type { ByteFile } from "../util/byte-file.ts";
import type { Found } from "../volume-reader.ts";

export interface ContainerContext {
  readonly signal?: AbortSignal;
  /** Whether a file is called as volumes are. */
  isVolumeName(path: string): boolean;
  /** Whether a file is of a format whose volumes may be in many files, which then have any names. */
  isOfSeries(file: ByteFile): Promise<boolean>;
  /** Opens the one file that a container holds; undefined where it is no volume. */
  inner(file: ByteFile): Promise<Found[] | undefined>;
  /** Opens those of the files that hold volumes; what fails but for the network is `Unreadable`. */
  innerOfAll(files: readonly ByteFile[]): Promise<Found[]>;
}

export interface Container {
  /** For messages: what it is and its extensions. */
  readonly name: string;
  /** Tells by content whether a file is one. */
  matches(head: Uint8Array): boolean;
  /** Tells by what no format knows, and its name, whether to try to open it all the same. */
  mayHold?(head: Uint8Array, path: string): boolean;
  /** The volumes in it; undefined where it holds something else. */
  open(file: ByteFile, context: ContainerContext): Promise<Found[] | undefined>;
}
