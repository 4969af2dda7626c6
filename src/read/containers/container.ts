/** Container: an archive of files of other formats. */

import type { ByteFile } from "../util/byte-file.ts";
import type { Found } from "../volume-reader.ts";

export interface ContainerContext {
  readonly signal?: AbortSignal;
  /** Whether a file has a name like those of volumes. */
  isVolumeName(path: string): boolean;
  /** Whether a file is of a format whose volumes may consist of many files, which then have any names. */
  isOfSeries(file: ByteFile): Promise<boolean>;
  /** Opens those of the files that hold volumes; a file that fails, unless by the network, is `Unreadable`. */
  innerOfAll(files: readonly ByteFile[]): Promise<Found[]>;
}

export interface Container {
  /** Format and extensions, for messages. */
  readonly name: string;
  /** Whether a file is such an archive, by its first bytes. */
  matches(head: Uint8Array): boolean;
  /** Whether to try to open a file that no format recognises, by its first bytes and its name. */
  mayHold(head: Uint8Array, path: string): boolean;
  /** The volumes in it; undefined if the file is not an archive after all. */
  open(file: ByteFile, context: ContainerContext): Promise<Found[] | undefined>;
}
