/** openFile: every volume in a file, whatever holds it. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import type { Container } from "./containers/container.ts";
import { gzip } from "./containers/gzip.ts";
import { zip } from "./containers/zip.ts";
import { type Format, HEAD_BYTES } from "./formats/format.ts";
import { formatNames, formatOf, isVolumeName } from "./formats/registry.ts";
import type { Recognized } from "./series.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { mapAtOnce } from "./util/read-ranges.ts";
import { type Found, foundVolume, orCorrupt, type Unreadable } from "./volume-reader.ts";

/** Asked in this order, before formats. One may hold only those after it, and formats: nothing nests without end. */
const containers: readonly Container[] = [zip, gzip];

/**
 * Every volume in a file. Rejects with `corrupt-file` for an empty or damaged file, `unsupported-format` for
 * one that is of no known format, `entry-not-found` for an archive without volumes.
 */
export async function openFile(file: ByteFile, signal?: AbortSignal): Promise<Found[]> {
  const recognized = await recognize(file, 0, signal);
  const series = await seriesWith(recognized, signal);
  const found = await open(
    series[0] ?? recognized,
    series.map(({ file }) => file),
    signal,
  );
  if (found && found.length > 0) return found;
  if (found) throw new VoxelVolumeError("entry-not-found", `${file.path} holds no volume.`);
  if (recognized.head.length === 0) {
    throw new VoxelVolumeError("corrupt-file", `${file.path} is empty (0 bytes). Get the file again.`);
  }
  const { unknownFormat } = await fetched(import("./formats/unknown-format.ts"));
  const names = [...containers.map(({ name }) => name), ...(await formatNames())];
  throw await unknownFormat(file, recognized.held, names);
}

async function recognize(file: ByteFile, first: number, signal?: AbortSignal): Promise<Recognized> {
  signal?.throwIfAborted();
  const head = await file.head(HEAD_BYTES);
  const find = (matches: (one: Container) => boolean | undefined) =>
    containers.findIndex((one, i) => i >= first && matches(one));
  const sure = find((one) => one.matches(head));
  if (sure >= 0) return { file, head, container: sure };
  const format = await formatOf(head, file.path);
  return { file, head, format, container: format ? -1 : find((one) => one.mayHold?.(head, file.path)) };
}

async function seriesWith(main: Recognized, signal?: AbortSignal): Promise<readonly Recognized[]> {
  if (main.container >= 0 || (main.format && !main.format.isSeries)) return [main];
  const { seriesBeside } = await fetched(import("./series.ts"));
  return seriesBeside(main, (other) => recognize(other, containers.length, signal));
}

async function open(
  recognized: Recognized,
  series: readonly ByteFile[],
  signal?: AbortSignal,
): Promise<Found[] | undefined> {
  const { file, head, format, container } = recognized;
  if (container >= 0) {
    return containers[container].open(file, {
      signal,
      isVolumeName,
      inner: async (held) => {
        recognized.held = held;
        return open(await recognize(held, container + 1, signal), [held], signal);
      },
      innerOfAll: (held) => openAll(held, container + 1, signal),
      isOfSeries: async (held) => {
        const known = await orFailure(held.path, () => recognize(held, containers.length, signal));
        return "file" in known && known.format?.isSeries === true;
      },
    });
  }
  if (!format) return undefined;
  const found = await orCorrupt(file.path, () => format.open(file, { head, signal, series }), signal);
  return found.map((volume) => foundVolume(volume, file));
}

/** What `work` gives, or why the file cannot be read; a failure of the network is none of the file's. */
async function orFailure<T>(path: string, work: () => Promise<T>): Promise<T | Unreadable> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
    return { path, error };
  }
}

/** The volumes in the files of an archive; those of one series are opened once. */
async function openAll(files: readonly ByteFile[], first: number, signal?: AbortSignal): Promise<Found[]> {
  const recognized = await mapAtOnce(files, (file) =>
    orFailure(file.path, () => recognize(file, first, signal)),
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
