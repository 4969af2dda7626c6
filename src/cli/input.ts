/** The input of a command: a file or a folder on disk, with what lies beside it. */

import { existsSync, statSync } from "node:fs";
import { type FileHandle, open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { VoxelVolumeError } from "../errors.ts";
import { isDicom } from "../read/formats/dicom-signature.ts";
import { HEAD_BYTES } from "../read/formats/format.ts";
import { fromUrl, type Parts, type Source } from "../read/index.ts";
import { mainFile } from "../read/sources/files.ts";
import { matchName, stem } from "../read/util/file-names.ts";
import { download } from "./download.ts";

/** A file that may be read, by its path from the input's folder, with slashes. */
export interface InputFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** The files that a command may read. */
export interface Input {
  /** Path of the folder in which they are. */
  readonly folder: string;
  /** The one to open. */
  readonly main: string;
  /** All that may belong to it, and itself. */
  readonly files: readonly InputFile[];
}

/** Path of a file on disk; a URL's is downloaded, or comes from the cache. */
export async function localFile(input: string): Promise<string> {
  const path = await localPath(input);
  if (!statSync(path).isFile()) throw new VoxelVolumeError("unsupported-format", `${input} is not a file`);
  return path;
}

/**
 * The files of an input, a path or a URL. Of a folder these are all in it; of a file those that may belong to it: of its name but
 * for the extension, of those that its header names, and for a slice the others.
 * @throws VoxelVolumeError "entry-not-found", "unsupported-format" for an empty folder, "network".
 */
export async function inputOf(input: string): Promise<Input> {
  const path = await localPath(input);
  if (!statSync(path).isDirectory()) {
    const [folder, main] = [dirname(path), basename(path)];
    const named = HEADERS.test(main) ? await namesIn(path) : [];
    const all = await readdir(folder);
    const beside = all.filter((name) => isSibling(name, main) || named.some((one) => one.test(name)));
    if (await isSlice(path)) {
      for (const name of all)
        if (!beside.includes(name) && (await isSlice(join(folder, name)))) beside.push(name);
    }
    // Those in folders below are there by their paths.
    const below = named.flatMap(({ path }) => (path.includes("/") ? [path] : []));
    return { folder, main, files: await sized(folder, [...beside, ...below]) };
  }
  const names = (await readdir(path, { recursive: true })).map((name) => name.split(sep).join("/"));
  const files = await sized(
    path,
    names.filter((name) => !/(^|\/)\./.test(name)),
  );
  const main = mainFile(files)?.name;
  if (main === undefined)
    throw new VoxelVolumeError("unsupported-format", `The folder ${input} holds no files`);
  return { folder: path, main, files };
}

/** Reads the input in parts, straight from the disk. */
export function sourceOf({ folder, main, files }: Input): Source {
  const names = files.map(({ name }) => name);
  const path = join(folder, main);
  const inFolder = main.slice(0, main.lastIndexOf("/") + 1);
  return {
    name: main,
    bytes: () => readFile(path),
    open: () => partsOf(path),
    sibling(name) {
      const found = matchName(names, inFolder + name);
      return found === undefined ? undefined : sourceOf({ folder, main: found, files });
    },
    beside: async () => names.map((name) => sourceOf({ folder, main: name, files })),
  };
}

async function partsOf(path: string): Promise<Parts> {
  const { size } = await stat(path);
  return {
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      const file: FileHandle = await open(path).catch((cause: Error) => {
        throw new VoxelVolumeError("corrupt-file", `${path} could not be read: ${cause.message}`, { cause });
      });
      try {
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        // A file may be read in pieces.
        for (let at = bytesRead; at < bytes.length; ) {
          const more = await file.read(bytes, at, bytes.length - at, start + at);
          if (more.bytesRead === 0) return bytes.subarray(0, at);
          at += more.bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}

/** Headers that name the files of their voxels. */
const HEADERS = /\.(nhdr|nrrd|mhd|mha)$/i;
/** Bytes of a header that are looked at. */
const HEADER_BYTES = 1 << 16;

/** The files that a text names: a path below its folder, or a pattern with a number, as in slice%03d.raw. */
async function namesIn(header: string): Promise<{ path: string; test(name: string): boolean }[]> {
  const file = await open(header);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const text = buffer.subarray(0, bytesRead).toString("latin1");
    const values = text.split(/\r?\n/).map((line) => line.replace(/^[\w ]*[:=]+/, "").trim());
    return values
      .filter((value) => value.length > 1 && value.length < 256 && !/(^|\/)\.\.(\/|$)|^\//.test(value))
      .map((value) => {
        // A pattern is followed by the numbers that it takes.
        const [path] = value.split(/ (?=[\d-]+( |$))/);
        const [before, after] = path.toLowerCase().split(/%0?\d*d/);
        const test = (name: string) => {
          const lower = name.toLowerCase();
          if (after === undefined) return lower === before;
          return lower.startsWith(before) && lower.endsWith(after) && /\d/.test(lower.slice(before.length));
        };
        return { path, test };
      });
  } finally {
    await file.close();
  }
}

/** Whether the file `name` differs from `main` by its extension at most, as a .hdr and its .img do. */
function isSibling(name: string, main: string): boolean {
  return name === main || (/\.(hdr|img)(\.gz)?$/i.test(name) && bare(name) === bare(main));
}

const bare = (name: string) => stem(name).toLowerCase();

/** Whether a file is of DICOM, of which the slices of a series go by no names. */
async function isSlice(path: string): Promise<boolean> {
  try {
    const { read } = await partsOf(path);
    return isDicom(await read(0, HEAD_BYTES));
  } catch {
    return false;
  }
}

async function sized(folder: string, names: readonly string[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  const inside = (await realpath(folder)) + sep;
  for (const name of names) {
    // Links that lead nowhere, or out of the folder, are left out.
    const real = await realpath(join(folder, name)).catch(() => "");
    if (!real.startsWith(inside)) continue;
    const found = await stat(real);
    if (found.isFile()) files.push({ name, size: found.size });
  }
  return files;
}

async function localPath(input: string): Promise<string> {
  if (/^https?:\/\//i.test(input)) return download(input, tellProgress);
  // What is neither a path nor an address of the web says what to give instead.
  if (/^(?!file:)[a-z][a-z\d+.-]+:\/\//i.test(input)) fromUrl(input);
  const path = resolve(/^file:/i.test(input) ? pathOfUrl(input) : input);
  if (!existsSync(path)) throw new VoxelVolumeError("entry-not-found", `There is no file ${input}`);
  const found = statSync(path);
  if (!found.isFile() && !found.isDirectory()) {
    throw new VoxelVolumeError(
      "unsupported-format",
      `${input} is neither a file nor a folder: write it to a file first`,
    );
  }
  return path;
}

function pathOfUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new VoxelVolumeError("invalid-option", `${url} is no file of this computer: give its path`, {
      cause,
    });
  }
}

function tellProgress(loaded: number, total?: number): void {
  if (!process.stderr.isTTY) return;
  const all = total ? ` of ${(total / 1e6).toFixed(1)}` : "";
  process.stderr.write(`\rdownloading ${(loaded / 1e6).toFixed(1)}${all} MB `);
  if (loaded === total) process.stderr.write("\n");
}
