/** OutputFolder: writes the frames of a film, or the files of a page, into a folder, completely or not at all. */

import { lstatSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { arrayBuffer } from "node:stream/consumers";
import { VoxelVolumeError } from "../errors.ts";
import { frameName } from "../film/encoders/frame-name.ts";
import { atExit } from "./cleanup.ts";
import { canWrite, failure, type Output, realFolderOf, temporaryName } from "./output-file.ts";

/** Folder test of an output: its name ends in a slash, or the folder is there. */
export function isFolder(output: string): boolean {
  if (/[/\\]$/.test(output)) return true;
  try {
    return statSync(output).isDirectory();
  } catch {
    return false;
  }
}

/** A folder to write. */
export interface FolderTarget {
  /** The path as the user wrote it. */
  readonly text: string;
  /** Real path. */
  readonly path: string;
  readonly isFolder: true;
  /** True for a folder that is there, and empty. */
  readonly exists: boolean;
  /** True if its files come as one zip archive, false for frames one after the other. */
  readonly isUnzipped: boolean;
}

/**
 * Checks that a folder can be written, as far as possible before the work.
 * @throws VoxelVolumeError "invalid-option", also for a folder that is not empty.
 */
export function folderTargetOf(text: string, isUnzipped = false): FolderTarget {
  const given = resolve(text);
  const found = filesIn(given, text);
  if (found && found.length > 0)
    throw new VoxelVolumeError(
      "invalid-option",
      `the folder ${text} is not empty: name a new one, or remove what is in it`,
    );
  const path = found ? realpathSync.native(given) : join(realFolderOf(text, given), basename(given));
  // An existing folder stays, with its permissions; it may be a mount point, or the current folder.
  if (!canWrite(found ? path : dirname(path)))
    throw new VoxelVolumeError("invalid-option", `the folder of ${text} cannot be written to`);
  return { text, path, isFolder: true, exists: found !== undefined, isUnzipped };
}

/** Names of what is in a folder; undefined if it does not exist. */
function filesIn(path: string, text: string): string[] | undefined {
  try {
    return readdirSync(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    if (code === "ENOENT" && !isLink) return undefined;
    if (code === "ENOENT")
      throw new VoxelVolumeError("invalid-option", `${text} is a link that leads nowhere`, { cause });
    const why = code === "ENOTDIR" ? "is there and is not a folder" : `cannot be written: ${message}`;
    throw new VoxelVolumeError("invalid-option", `${text} ${why}`, { cause });
  }
}

/**
 * A folder that is being written, under a temporary name beside it or, if it is there, in it. What is written is removed
 * if the process ends before `commit`.
 */
export class OutputFolder implements Output {
  #count = 0;
  readonly #forget: () => void;

  private constructor(
    private readonly target: FolderTarget,
    private readonly temporary: string,
  ) {
    this.#forget = atExit(() => rmSync(temporary, { recursive: true, force: true }));
  }

  /** @throws VoxelVolumeError "invalid-option"; "too-large" if the disk is full. */
  static async open(target: FolderTarget): Promise<OutputFolder> {
    const { path, exists } = target;
    const temporary = join(exists ? path : dirname(path), temporaryName(path));
    try {
      await mkdir(temporary);
      return new OutputFolder(target, temporary);
    } catch (error) {
      throw failure(target, error);
    }
  }

  /** Writes the next frame, or the files of an archive. */
  async write(body: Readable | string): Promise<void> {
    try {
      if (this.target.isUnzipped)
        return await this.#unzip(Buffer.from(await arrayBuffer(Readable.from(body))));
      await writeFile(join(this.temporary, frameName(this.#count)), body, { flag: "wx" });
      this.#count++;
    } catch (error) {
      throw failure(this.target, error);
    }
  }

  async #unzip(bytes: Buffer): Promise<void> {
    const { default: JSZip } = await import("jszip");
    for (const file of Object.values((await JSZip.loadAsync(bytes)).files))
      await writeFile(join(this.temporary, basename(file.name)), await file.async("nodebuffer"), {
        flag: "wx",
      });
  }

  /** Gives the folder its final name, or its files to the folder that is there. */
  async commit(): Promise<void> {
    try {
      const { path, exists } = this.target;
      if (exists) {
        for (const name of await readdir(this.temporary))
          await rename(join(this.temporary, name), join(path, name));
        await rmdir(this.temporary);
      } else await rename(this.temporary, path);
      this.#forget();
    } catch (error) {
      throw failure(this.target, error);
    }
  }

  /** Removes what has been written, unless it was committed. */
  async discard(): Promise<void> {
    await rm(this.temporary, { recursive: true, force: true });
    this.#forget();
  }
}
