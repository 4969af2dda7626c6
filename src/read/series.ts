/** Files that may make up a volume together. */

import { VoxelVolumeError } from "../errors.ts";
import type { Format } from "./formats/format.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { mapAtOnce } from "./util/read-ranges.ts";

/** A file whose kind is known. */
export interface Recognized {
  readonly file: ByteFile;
  readonly head: Uint8Array;
  readonly format?: Format;
  /** Place among the containers. */
  readonly container: number;
  /** What a gzip file holds, once it is opened. */
  held?: ByteFile;
}

/**
 * The files that may make up a volume together: a file itself, where it is known, and those beside it that are of its format;
 * where it is not, as a text among dropped slices, those beside it that are of a series.
 */
export async function seriesBeside(
  main: Recognized,
  recognize: (file: ByteFile) => Promise<Recognized>,
): Promise<readonly Recognized[]> {
  const { file, format } = main;
  const beside = await mapAtOnce((await file.beside?.()) ?? [], async (other) => {
    if (other.path === file.path) return main;
    // A file that cannot be read is none of the series.
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
