/** openFile: every volume in a file, whatever holds it. */

import { fetched, VoxelVolumeError } from "../errors.ts";
import type { Container } from "./containers/container.ts";
import { gzip } from "./containers/gzip.ts";
import { zip } from "./containers/zip.ts";
import { type Format, HEAD_BYTES } from "./formats/format.ts";
import { formatNames, formatOf, isVolumeName } from "./formats/registry.ts";
import type { ByteFile } from "./util/byte-file.ts";
import { mapAtOnce } from "./util/read-ranges.ts";
import { type Found, foundVolume, orCorrupt } from "./volume-reader.ts";

/** Asked in this order, before formats. One may hold only those after it, and formats: nothing nests without end. */
const containers: readonly Container[] = [zip, gzip];

/** A file whose kind is known. */
interface Recognized {
  readonly file: ByteFile;
  readonly head: Uint8Array;
  readonly format?: Format;
  /** Place among the containers. */
  readonly container: number;
  /** What a gzip file holds, once it is opened. */
  held?: ByteFile;
}

/**
 * Every volume in a file. Rejects with `corrupt-file` for an empty or damaged file, `unsupported-format` for
 * one that is of no known format, `entry-not-found` for an archive without volumes.
 */
export async function openFile(file: ByteFile, signal?: AbortSignal): Promise<Found[]> {
  const recognized = await recognize(file, 0, signal);
  const found = await open(recognized, await seriesWith(recognized, signal), signal);
  if (found) return found;
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

/** The files beside one that may belong to its volume, and itself. */
async function seriesWith({ file, format }: Recognized, signal?: AbortSignal): Promise<readonly ByteFile[]> {
  if (!format?.isSeries) return [file];
  const beside = await mapAtOnce((await file.beside?.()) ?? [], async (other) =>
    other.path === file.path ? undefined : recognize(other, containers.length, signal),
  );
  return [file, ...beside.flatMap((other) => (other?.format === format ? [other.file] : []))];
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
    });
  }
  if (!format) return undefined;
  const found = await orCorrupt(file.path, () => format.open(file, { head, signal, series }), signal);
  return found.map((volume) => foundVolume(volume, file));
}

/** The volumes in the files of an archive; those of one series are opened once. */
async function openAll(files: readonly ByteFile[], first: number, signal?: AbortSignal): Promise<Found[]> {
  const attempt = async <T>(path: string, work: () => Promise<T>): Promise<T | Found> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof VoxelVolumeError) || error.code === "network") throw error;
      return { path, error };
    }
  };
  const recognized = await mapAtOnce(files, (file) =>
    attempt(file.path, () => recognize(file, first, signal)),
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
    return attempt(one.file.path, async () => {
      const volumes = await open(one, series, signal);
      if (volumes) return volumes;
      const { headerMissing } = await fetched(import("./formats/unknown-format.ts"));
      const error = headerMissing(one.file);
      return error ? { path: one.file.path, error } : [];
    });
  });
  return found.flat();
}
