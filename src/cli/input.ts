/** The input of a command: the files of a path or URL, and a label table. */

import { readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { VoxelVolumeError } from "../errors.ts";
import { parseLabelTable } from "../options/label-table.ts";
import { readVolume } from "../read/index.ts";
import { type Downloaded, type DownloadOptions, download } from "./download.ts";
import { filesOf, localPath } from "./input-files.ts";
import { type Input, sourceOf } from "./local-source.ts";

export interface InputOptions extends DownloadOptions {
  /** Path of the volume to read in an archive. */
  readonly entry?: string;
}

/** A file with names and colours of labels. */
export interface LabelsFile {
  readonly text: string;
  readonly name: string;
  /** Real path. */
  readonly path: string;
}

/**
 * The files of an input, from a path or a URL; the latter is downloaded or comes from the cache.
 * @throws VoxelVolumeError "entry-not-found", "unsupported-format", "network", "too-large"; for a download, also the
 * error of reading it.
 */
export async function inputOf(input: string, options: InputOptions = {}): Promise<Input> {
  if (!isUrl(input)) return filesOf(localPath(input), input);
  const downloaded = await download(input, options);
  const files = await filesOf(downloaded.path, input);
  if (downloaded.isNew) await keepVolume(downloaded, files, options);
  return files;
}

/** Keeps a download in the cache only if it can be read; it may be something else, such as a login page. */
async function keepVolume(downloaded: Downloaded, files: Input, { entry }: InputOptions): Promise<void> {
  try {
    await readVolume(sourceOf(files), { entry });
  } catch (error) {
    // An archive that lacks the entry has been read nevertheless, and so has a volume that is too large.
    const isVolume =
      error instanceof VoxelVolumeError &&
      (error.code === "too-large" || (entry !== undefined && error.code === "entry-not-found"));
    if (!isVolume) await downloaded.discard();
    else await downloaded.keep();
    throw error;
  }
  await downloaded.keep();
}

/** A label table, from a path or URL. */
export async function labelsOf(input: string, options: DownloadOptions): Promise<LabelsFile> {
  const downloaded = isUrl(input) ? await download(input, options) : undefined;
  const path = await realpath(downloaded?.path ?? localPath(input));
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    const problem = cause.code === "EISDIR" ? "is not a file" : `could not be read: ${cause.message}`;
    throw new VoxelVolumeError("unsupported-format", `${input} ${problem}`, { cause });
  });
  try {
    parseLabelTable(text, input);
  } catch (error) {
    if (downloaded?.isNew) await downloaded.discard();
    throw error;
  }
  if (downloaded?.isNew) await downloaded.keep();
  return { text, name: basename(input), path };
}

function isUrl(input: string): boolean {
  return /^https?:\/\//i.test(input);
}
