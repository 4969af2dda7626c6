/** seriesBeside: finds files that may form a volume together, such as the slices of a DICOM series. */

import { VoxelVolumeError } from "../errors.ts";
import { mapAtOnce } from "../map-at-once.ts";
import type { Format } from "./formats/format.ts";
import type { ByteFile } from "./util/byte-file.ts";

/** A file and its recognised format. */
export interface Recognized {
  readonly file: ByteFile;
  readonly head: Uint8Array;
  readonly format?: Format;
  /** Whether to open the file as an archive. */
  readonly isZip: boolean;
  /** Whether `file` and `head` are the contents of a gzip file. */
  readonly isGzipped: boolean;
}

/**
 * `main` and the files beside it of the same format. If the format of `main` is unknown, such as for a text among
 * dropped slices, the files beside it of the first format whose volumes may span several files.
 */
export async function seriesBeside(
  main: Recognized,
  recognize: (file: ByteFile) => Promise<Recognized>,
): Promise<readonly Recognized[]> {
  const { file, format } = main;
  const beside = await mapAtOnce((await file.beside?.()) ?? [], async (other) => {
    if (other.path === file.path) return main;
    // An unreadable file is left out of the series.
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
