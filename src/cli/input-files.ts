/** Finds the files of an input on disk: a file and those beside it, or a folder. */

import { existsSync, statSync } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { VoxelVolumeError } from "../errors.ts";
import { isDicom } from "../read/formats/dicom-signature.ts";
import { HEAD_BYTES } from "../read/formats/format.ts";
import { fromUrl } from "../read/index.ts";
import { mainFile } from "../read/sources/files.ts";
import { stem } from "../read/util/file-names.ts";
import { type InputFile, type InputFiles, partsOf } from "./local-source.ts";
import { realPathIn } from "./real-file.ts";

/**
 * The files of an input at a path; `input` is its name in messages. For a folder, these are all files in it. For a
 * file, these are the files that may belong to it: those with its name and another extension, those that its header
 * names, and for a slice all others.
 * @throws VoxelVolumeError "unsupported-format" for an empty folder.
 */
export async function filesOf(path: string, input: string): Promise<InputFiles> {
  if (!statSync(path).isDirectory()) {
    const [folder, main] = [dirname(path), basename(path)];
    const named = HEADERS.test(main) ? await namesIn(path) : [];
    const all = await readdir(folder);
    const beside = all.filter((name) => isSibling(name, main) || named.some((one) => one.test(name)));
    if (await isSlice(path)) {
      for (const name of all)
        if (!beside.includes(name) && (await isSlice(join(folder, name)))) beside.push(name);
    }
    // Files in subfolders keep their paths. The main file keeps its own spelling, if the file system ignores case.
    const below = named.flatMap(({ path }) => (path.includes("/") ? [path] : []));
    return { folder, main, files: await sized(folder, [...new Set([...beside, ...below, main])], main) };
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

/**
 * Path of a file or folder on disk, from a path or a file: address.
 * @throws VoxelVolumeError "entry-not-found", "unsupported-format", "invalid-option".
 */
export function localPath(input: string): string {
  // For other schemes than file: and http:, `fromUrl` throws an error with advice.
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

/** Headers that name the files of their voxels. */
const HEADERS = /\.(nhdr|nrrd|mhd|mha)$/i;
/** Bytes to read of a header. */
const HEADER_BYTES = 1 << 16;

/** The files that a header names: a path below its folder, or a pattern with a number, as in slice%03d.raw. */
async function namesIn(header: string): Promise<{ path: string; test(name: string): boolean }[]> {
  const file = await open(header);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const text = buffer.subarray(0, bytesRead).toString("latin1");
    const values = text.split(/\r?\n/).map((line) => line.replace(/^[\w ]*[:=]+/, "").trim());
    return values
      .filter((value) => value.length > 1 && value.length < 256 && !/(^|\/)\.\.(\/|$)|^\//.test(value))
      .map((value) => {
        // A pattern is followed by its range of numbers.
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

/** True if the file `name` has the name of `main`, up to the extension, as a .hdr and its .img do. */
function isSibling(name: string, main: string): boolean {
  return name === main || (/\.(hdr|img)(\.gz)?$/i.test(name) && bare(name) === bare(main));
}

const bare = (name: string) => stem(name).toLowerCase();

/** True if a file is DICOM, whose slices may have any name. */
async function isSlice(path: string): Promise<boolean> {
  try {
    const { read } = await partsOf(await realpath(path));
    return isDicom(await read(0, HEAD_BYTES));
  } catch {
    return false;
  }
}

/**
 * The files with their sizes, without broken links and links that lead out of the folder. `main` may be any link,
 * because the user named it.
 */
async function sized(folder: string, names: readonly string[], main?: string): Promise<InputFile[]> {
  const files: InputFile[] = [];
  const root = await realpath(folder);
  for (const name of names) {
    const path = name === main ? await realpath(join(root, name)) : await realPathIn(root, name);
    if (path === undefined) continue;
    const found = await stat(path);
    if (found.isFile()) files.push({ name, path, size: found.size });
  }
  return files;
}
