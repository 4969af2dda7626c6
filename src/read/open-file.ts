/** openFile: finds all volumes in a file, which may be an archive or a gzip file. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import { mapAtOnce } from "../map-at-once.ts";
import { gunzipped } from "./containers/gzip.ts";
import { isGzip } from "./containers/magic.ts";
import { zip } from "./containers/zip.ts";
import { type Format, HEAD_BYTES } from "./formats/format.ts";
import { formatNames, formatOf, isVolumeName } from "./formats/registry.ts";
import type { Recognized } from "./series.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { type Found, foundVolume, orCorrupt, type Unreadable } from "./volume-reader.ts";

/** Names of containers, for messages. */
const CONTAINERS = [zip.name, "gzip (.gz of one of the others)"];
/** How many times a file may be gzipped: by the program that wrote it, and by the user. */
const MOST_GZIPS = 2;

/**
 * All volumes in a file. Rejects with `corrupt-file` for an empty or damaged file, `unsupported-format` for an unknown
 * format, `entry-not-found` for an archive without volumes.
 */
export async function openFile(file: ByteFile, signal?: AbortSignal): Promise<Found[]> {
  const recognized = await recognize(file, true, signal);
  const series = await seriesWith(recognized, signal);
  const found = await open(
    series[0] ?? recognized,
    series.map(({ file }) => file),
    signal,
  );
  if (found && found.length > 0) return found;
  if (found) throw new VoxelVolumeError("entry-not-found", `${file.path} holds no volume.`);
  const { head, isGzipped } = recognized;
  if (head.length === 0 && !isGzipped) {
    throw new VoxelVolumeError("corrupt-file", `${file.path} is empty (0 bytes). Get the file again.`);
  }
  const { unknownFormat } = await fetched(import("./formats/unknown-format.ts"));
  throw await unknownFormat(recognized.file, isGzipped, [...CONTAINERS, ...(await formatNames())]);
}

/**
 * Recognises a file, or the contents of a gzip file. Archives inside a gzip file or inside another archive are not
 * opened.
 */
async function recognize(file: ByteFile, mayBeZip: boolean, signal?: AbortSignal): Promise<Recognized> {
  signal?.throwIfAborted();
  let [plain, head] = [file, await file.head(HEAD_BYTES)];
  for (let i = 0; i < MOST_GZIPS && isGzip(head); i++) {
    plain = gunzipped(plain);
    head = await plain.head(HEAD_BYTES);
  }
  const isGzipped = plain !== file;
  const mayHold = mayBeZip && !isGzipped;
  const isZip = mayHold && zip.matches(head);
  const format = isZip ? undefined : await formatOf(head, file.path);
  return {
    file: plain,
    head,
    format,
    isGzipped,
    isZip: isZip || (mayHold && !format && zip.mayHold(head, file.path)),
  };
}

async function seriesWith(main: Recognized, signal?: AbortSignal): Promise<readonly Recognized[]> {
  if (main.isZip || (main.format && !main.format.isSeries)) return [main];
  const { seriesBeside } = await fetched(import("./series.ts"));
  return seriesBeside(main, (other) => recognize(other, false, signal));
}

async function open(
  { file, head, format, isZip }: Recognized,
  series: readonly ByteFile[],
  signal?: AbortSignal,
): Promise<Found[] | undefined> {
  if (isZip) {
    return zip.open(file, {
      signal,
      isVolumeName,
      innerOfAll: (held) => openAll(held, signal),
      isOfSeries: async (held) => {
        const known = await orFailure(held.path, () => recognize(held, false, signal));
        return "file" in known && known.format?.isSeries === true;
      },
    });
  }
  if (!format) return undefined;
  const found = await orCorrupt(file.path, () => format.open(file, { head, signal, series }), signal);
  return found.map((volume) => foundVolume(volume, file));
}

/** The result of `work`, or an `Unreadable` with its error. Network errors reject. */
async function orFailure<T>(path: string, work: () => Promise<T>): Promise<T | Unreadable> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
    return { path, error };
  }
}

/** The volumes in an archive's files; the files of a series are opened together. */
async function openAll(files: readonly ByteFile[], signal?: AbortSignal): Promise<Found[]> {
  const recognized = await mapAtOnce(files, (file) =>
    orFailure(file.path, () => recognize(file, false, signal)),
  );
  const seriesOf = new Map<Format, ByteFile[]>();
  for (const one of recognized) {
    if (!("file" in one) || !one.format?.isSeries) continue;
    const series = seriesOf.get(one.format);
    if (series) series.push(one.file);
    else seriesOf.set(one.format, [one.file]);
  }
  const found = await mapAtOnce(recognized, async (one): Promise<Found | Found[]> => {
    if (!("file" in one)) return one;
    const series = (one.format?.isSeries && seriesOf.get(one.format)) || [one.file];
    if (series[0] !== one.file) return [];
    return orFailure(one.file.path, async () => {
      const volumes = await open(one, series, signal);
      if (volumes) return volumes;
      const { headerMissing } = await fetched(import("./formats/unknown-format.ts"));
      const error = headerMissing(one.file);
      return error ? { path: one.file.path, error } : [];
    });
  });
  return found.flat();
}
