/** What a command works on: the files of a path or URL, and a table of labels. */

import { readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { VoxelVolumeError } from "../errors.ts";
import { parseLabelTable } from "../options/label-table.ts";
import { readVolume } from "../read/index.ts";
import { type Downloaded, type DownloadOptions, download } from "./download.ts";
import { filesOf, localPath } from "./input-files.ts";
import { type Input, sourceOf } from "./local-source.ts";

export interface InputOptions extends DownloadOptions {
  /** Path of the volume that is to be read of an archive. */
  readonly entry?: string;
}

/** Names and colours of labels, as they are in a file. */
export interface LabelsFile {
  readonly text: string;
  readonly name: string;
  /** Real path. */
  readonly path: string;
}

/**
 * The files of an input, a path or a URL, which is downloaded or comes from the cache.
 * @throws VoxelVolumeError "entry-not-found", "unsupported-format", "network", "too-large"; of what was downloaded, too, why
 * it is not a volume.
 */
export async function inputOf(input: string, options: InputOptions = {}): Promise<Input> {
  if (!isUrl(input)) return filesOf(localPath(input), input);
  const downloaded = await download(input, options);
  const files = await filesOf(downloaded.path, input);
  if (downloaded.isNew) await keepVolume(downloaded, files, options);
  return files;
}

/** Keeps what was downloaded if it can be read, and not what a server has sent in its place, as a page to log in. */
async function keepVolume(downloaded: Downloaded, files: Input, { entry }: InputOptions): Promise<void> {
  try {
    await readVolume(sourceOf(files), { entry });
  } catch (error) {
    // An archive without the entry asked for was read all the same, and so was what is too large.
    const isVolume =
      error instanceof VoxelVolumeError &&
      (error.code === "too-large" || (entry !== undefined && error.code === "entry-not-found"));
    if (!isVolume) await downloaded.discard();
    else await downloaded.keep();
    throw error;
  }
  await downloaded.keep();
}

/** A table of labels, from a path or URL. */
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
