/** Files that may make up a volume together. */

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
  const beside = await mapAtOnce((await file.beside?.()) ?? [], async (other) =>
    other.path === file.path ? main : recognize(other),
  );
  const series = format ?? beside.find((other) => other.format?.isSeries)?.format;
  const others = beside.filter((other) => other !== main && other.format === series);
  if (!format) return series ? others : [];
  return [main, ...others];
}
