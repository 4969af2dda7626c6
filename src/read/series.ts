/** seriesBeside: files that may make up a volume together, as the slices of a DICOM series. */

import { VoxelVolumeError } from "../errors.ts";
import { mapAtOnce } from "../map-at-once.ts";
import type { Format } from "./formats/format.ts";
import type { ByteFile } from "./util/byte-file.ts";

/** A file, and what it was recognised as. */
export interface Recognized {
  readonly file: ByteFile;
  readonly head: Uint8Array;
  readonly format?: Format;
  /** Whether to open it as an archive. */
  readonly isZip: boolean;
  /** Whether `file` and `head` are those of what a gzip file holds. */
  readonly isGzipped: boolean;
}

/**
 * `main` and the files beside it of the same format; where the format of `main` is unknown, as of a text among dropped
 * slices, the files beside it of the first format whose volumes may consist of many files.
 */
export async function seriesBeside(
  main: Recognized,
  recognize: (file: ByteFile) => Promise<Recognized>,
): Promise<readonly Recognized[]> {
  const { file, format } = main;
  const beside = await mapAtOnce((await file.beside?.()) ?? [], async (other) => {
    if (other.path === file.path) return main;
    // A file that cannot be read is left out of the series.
    return recognize(other).catch((error) => {
      if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
      return undefined;
    });
  });
  const series = format ?? beside.find((other) => other?.format?.isSeries)?.format;
  const others = beside.flatMap((other) =>
    other && other !== main && other.format === series ? [other] : [],
  );
  if (!format) return series ? others : [];
  return [main, ...others];
}
