/** The input of a command: the files of a path or URL, and a label table. */

import { readFile, realpath } from "node:fs/promises";
import { basename } from "node:path";
import { VoxelVolumeError } from "../errors.ts";
import { parseLabelTable } from "../options/label-table.ts";
import { readVolume } from "../read/index.ts";
import { type DownloadOptions, download } from "./download.ts";
import { filesOf, localPath } from "./input-files.ts";
import { folderTree, type InputTree, isZarrFolder } from "./input-tree.ts";
import { type InputFiles, sourceOf } from "./local-source.ts";
import { isFolderUrl, RemoteTree } from "./remote-tree.ts";

/** What a command reads: files that are known, or a folder of very many. */
export type Input = InputFiles | InputTree;

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
 * Has `read` read an input, from a path or a URL; the latter is downloaded or comes from the cache. A download is kept
 * in the cache only if it could be read: it may be something else, such as a login page. Nothing is downloaded of a
 * Zarr: its files are fetched as they are needed.
 * @throws VoxelVolumeError "entry-not-found", "unsupported-format", "network", "too-large", and as `read`.
 */
export async function withInput<T>(
  input: string,
  options: InputOptions,
  read: (files: Input) => Promise<T>,
): Promise<T> {
  const tree = await treeOf(input, options);
  if (tree) {
    const result = await read(tree).catch((error) => {
      throw tree.failure ?? error;
    });
    // A picture that lacks parts is not a result.
    if (tree.failure) throw tree.failure;
    return result;
  }
  if (!isUrl(input)) return read(await filesOf(localPath(input), input));
  const downloaded = await download(input, options);
  try {
    const result = await read(await filesOf(downloaded.path, input));
    await downloaded.keep();
    return result;
  } catch (error) {
    if (isOfReading(error, options)) await downloaded.discard();
    else await downloaded.keep();
    throw error;
  }
}

/** The input as a folder of very many files; undefined if it is none. */
async function treeOf(input: string, options: InputOptions): Promise<InputTree | undefined> {
  if (isUrl(input)) return isFolderUrl(input) ? new RemoteTree(input, options) : undefined;
  const path = localPath(input);
  return isZarrFolder(path) ? folderTree(path) : undefined;
}

/**
 * The files of an input, for those who read it later, such as a page. A download is read first.
 * @throws VoxelVolumeError as `withInput`, and for a download as `readVolume`.
 */
export function inputOf(input: string, options: InputOptions = {}): Promise<Input> {
  return withInput(input, options, async (files) => {
    if (isUrl(input) && "files" in files) await readVolume(sourceOf(files), options);
    return files;
  });
}

/**
 * Whether an error may mean that the input is not a volume. An archive that lacks the entry has been read nevertheless,
 * and so has a volume that is too large or cannot be drawn as requested.
 */
function isOfReading(error: unknown, { entry }: InputOptions): boolean {
  const { code } = error as Partial<VoxelVolumeError>;
  if (code === "entry-not-found") return entry === undefined;
  return code !== "too-large" && code !== "out-of-memory" && code !== "invalid-option";
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
