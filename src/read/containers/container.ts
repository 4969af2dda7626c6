/** Container: an archive of files of other formats. */

import type { ByteFile } from "../util/byte-file.ts";
import type { Found } from "../volume-reader.ts";

export interface ContainerContext {
  readonly signal?: AbortSignal;
  /** Whether a file's name is like that of a volume. */
  isVolumeName(path: string): boolean;
  /** Whether a file has a format whose volumes may span many files, which may have any name. */
  isOfSeries(file: ByteFile): Promise<boolean>;
  /**
   * Opens those of the files that hold volumes. A file that fails becomes `Unreadable`, except for network errors,
   * which reject.
   */
  innerOfAll(files: readonly ByteFile[]): Promise<Found[]>;
}

export interface Container {
  /** Format and extensions, for messages. */
  readonly name: string;
  /** Whether the first bytes are those of such an archive. */
  matches(head: Uint8Array): boolean;
  /** Whether an unrecognised file is worth opening as such an archive, by its first bytes and its name. */
  mayHold(head: Uint8Array, path: string): boolean;
  /** The volumes in the archive; undefined if the file is not an archive after all. */
  open(file: ByteFile, context: ContainerContext): Promise<Found[] | undefined>;
}
