/** OutputFile: writes an output file completely, or not at all. */

import { randomBytes } from "node:crypto";
import { accessSync, constants, lstatSync, realpathSync, rmSync, type Stats, statSync } from "node:fs";
import { type FileHandle, open, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { VoxelVolumeError } from "../errors.ts";
import { atExit } from "./cleanup.ts";

/** Where an output is written. */
export interface Target {
  /** The path as the user wrote it. */
  readonly text: string;
  /** Path with a real folder; "-" for standard output. */
  readonly path: string;
  /** Whether the target is written in place: pipes, terminals and other devices. */
  readonly isStream: boolean;
  /** Permissions of the file that will be replaced. */
  readonly mode?: number;
}

/** An output that is complete, or not there. */
export interface Output {
  /** Writes the content that the page posts; a folder takes one file after the other. */
  write(body: Readable | string): Promise<void>;
  /** Gives the output its final name. */
  commit(): Promise<void>;
  /** Removes what has been written, unless it was committed. */
  discard(): Promise<void>;
}

/** Names of open files: they are written to, never replaced. */
const OPEN_FILES = /^\/(dev\/(stdin|stdout|stderr|fd\/\d+)|proc\/.+)$/;
const STANDARD_OUTPUT = /^(-|\/dev\/stdout|\/dev\/fd\/1|\/proc\/self\/fd\/1)$/;
/** Most characters of the file's name that its temporary name includes. */
const SHARED_NAME = 40;
/** Permissions of new files, before the umask. */
const NEW_FILE = 0o666;

/** Whether an output goes to standard output, so that messages must not. */
export function writesToStandardOutput(...texts: readonly (string | undefined)[]): boolean {
  return texts.some((text) => text !== undefined && STANDARD_OUTPUT.test(text));
}

/**
 * Checks that a file can be written, as far as possible before the work; `example` is suggested if no file is given.
 * @throws VoxelVolumeError "invalid-option".
 */
export function targetOf(text: string | undefined, example: string): Target {
  if (!text) throw new VoxelVolumeError("invalid-option", `name the file to write with -o ${example}`);
  // If standard output is a socket, it cannot be opened by name.
  if (STANDARD_OUTPUT.test(text)) return { text, path: "-", isStream: true };
  const given = resolve(text);
  if (OPEN_FILES.test(given)) return { text, path: given, isStream: true };
  const folder = realFolderOf(text, given);
  const path = join(folder, basename(given));
  const { found, isLink } = lookUp(path, text);
  if (found && !found.isFile()) {
    if (found.isFIFO() || found.isCharacterDevice()) return { text, path, isStream: true };
    throw new VoxelVolumeError("invalid-option", `${text} is there and is not a file`);
  }
  // A link itself is replaced, not its target.
  if (found && !isLink && !isWritable(path, found))
    throw new VoxelVolumeError(
      "invalid-option",
      `${text} is read-only: choose another name, or chmod u+w it`,
    );
  if (!canWrite(folder))
    throw new VoxelVolumeError("invalid-option", `the folder of ${text} cannot be written to`);
  return { text, path, isStream: false, ...(found && !isLink && { mode: found.mode & 0o777 }) };
}

/** Real path of a file's folder. */
export function realFolderOf(text: string, path: string): string {
  try {
    const folder = realpathSync.native(dirname(path));
    if (statSync(folder).isDirectory()) return folder;
  } catch {
    // Reported below.
  }
  throw new VoxelVolumeError("invalid-option", `the folder of ${text} does not exist`);
}

/** Stats of a path, following links; undefined if it does not exist, also for a broken link. */
function lookUp(path: string, text: string): { found?: Stats; isLink: boolean } {
  try {
    const found = lstatSync(path);
    if (!found.isSymbolicLink()) return { found, isLink: false };
    return { found: statSync(path, { throwIfNoEntry: false }), isLink: true };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") return { isLink: false };
    if (code === "ENAMETOOLONG")
      throw new VoxelVolumeError("invalid-option", `the name ${text} is too long`, { cause });
    throw new VoxelVolumeError("invalid-option", `${text} cannot be written: ${message}`, { cause });
  }
}

/** Whether this user may write to a file. The mode is checked too, because the system lets root write to any file. */
function isWritable(path: string, { mode }: Stats): boolean {
  return (mode & 0o222) !== 0 && canWrite(path);
}

export function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A hidden name for what will have a path, which cannot be foreseen. */
export function temporaryName(path: string): string {
  return `.${basename(path).slice(0, SHARED_NAME)}.${randomBytes(8).toString("hex")}.tmp`;
}

/**
 * An output that is being written, under a temporary name in the same folder, which is removed if the process ends
 * before `commit`.
 */
export class OutputFile implements Output {
  readonly #target: Target;
  readonly #file: FileHandle | undefined;
  readonly #temporary: string | undefined;
  readonly #forget: () => void;

  private constructor(target: Target, file: FileHandle | undefined, temporary: string | undefined) {
    this.#target = target;
    this.#file = file;
    this.#temporary = temporary;
    this.#forget = temporary === undefined ? () => {} : atExit(() => rmSync(temporary, { force: true }));
  }

  /** @throws VoxelVolumeError "invalid-option"; "too-large" if the disk is full. */
  static async open(target: Target): Promise<OutputFile> {
    const { path, isStream, mode } = target;
    try {
      if (path === "-") return new OutputFile(target, undefined, undefined);
      if (isStream) return new OutputFile(target, await open(path, "w"), undefined);
      const temporary = join(dirname(path), temporaryName(path));
      const file = await open(temporary, "wx", mode ?? NEW_FILE);
      // The umask applies to new files only.
      if (mode !== undefined) await file.chmod(mode);
      return new OutputFile(target, file, temporary);
    } catch (error) {
      throw failure(target, error);
    }
  }

  /** Writes the whole content; may be called once. */
  async write(body: Readable | string): Promise<void> {
    try {
      if (this.#file) await writeFile(this.#file, body);
      else await pipeline(typeof body === "string" ? [body] : body, process.stdout, { end: false });
      if (this.#temporary) await this.#file?.sync();
    } catch (error) {
      throw failure(this.#target, error);
    }
  }

  /** Gives the file its final name. */
  async commit(): Promise<void> {
    try {
      await this.#file?.close();
      if (this.#temporary) await rename(this.#temporary, this.#target.path);
      this.#forget();
    } catch (error) {
      throw failure(this.#target, error);
    }
  }

  /** Removes what has been written, unless it was committed. */
  async discard(): Promise<void> {
    await this.#file?.close().catch(() => {});
    if (this.#temporary) await rm(this.#temporary, { force: true });
    this.#forget();
  }
}

/** The error for a file that could not be written. */
export function failure({ text }: Pick<Target, "text">, cause: unknown): VoxelVolumeError {
  if (cause instanceof VoxelVolumeError) return cause;
  const { code = "", message } = cause as NodeJS.ErrnoException;
  if (["ENOSPC", "EDQUOT", "EFBIG"].includes(code))
    return new VoxelVolumeError(
      "too-large",
      `there is no space left for ${text}: free some, or write elsewhere`,
      {
        cause,
      },
    );
  return new VoxelVolumeError("invalid-option", `${text} could not be written: ${message}`, { cause });
}
