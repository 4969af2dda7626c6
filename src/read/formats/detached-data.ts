/** Voxels in separate files that the header names: one file, a list, or a pattern with numbers. */
import { VoxelVolumeError } from "../../errors.ts";
import { firstExisting } from "../sources/first-existing.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { damaged } from "../util/damaged.ts";
import { baseName } from "../util/file-names.ts";
import { joined, type LateFile, lateFile } from "../util/file-parts.ts";
import type { PlainVoxels } from "./format.ts";

/** Most files that a volume may span. */
const MOST_FILES = 100_000;

/**
 * Voxels in the files that a header names, each with an equal part of the `bytes` bytes. `decode` turns such a file
 * into one that starts with `bytes` bytes of voxels. Throws `entry-not-found` for a missing file, and
 * `unsupported-format` for a path outside the header's folder or more than 100,000 files.
 */
export function detachedVoxels(
  header: ByteFile,
  names: readonly string[],
  bytes: number,
  decode: (file: ByteFile, bytes: number) => Promise<ByteFile>,
): PlainVoxels {
  checkCount(header, names.length);
  const share = bytes / names.length;
  const parts = names.map((name) => {
    const open = detachedFile(header, name);
    return lateFile(async () => decode(await open(), share));
  });
  return { file: parts.length === 1 ? parts[0] : async () => joined(header, parts, share), offset: 0 };
}

/**
 * The file that a header names by a path in its folder. Throws `entry-not-found` if it is known to be missing,
 * `unsupported-format` for a path that leads out of the folder: a header must not make a page request other files.
 */
function detachedFile(header: ByteFile, name: string): LateFile {
  const path = name
    .trim()
    .replaceAll("\\", "/")
    .replace(/^(\.\/+)+/, "");
  const short = name.trim().slice(0, 80);
  if (path === "") throw damaged(header.path, "names no file for its voxels");
  if (/^(\/|[a-z][a-z\d+.-]*:)/i.test(path) || path.split("/").some((part) => /^\.{0,2}$/.test(part))) {
    const message = `${header.path} has its voxels in "${short}", outside its folder, where they are not looked for. Put that file beside the header, and name it there without a folder.`;
    throw new VoxelVolumeError("unsupported-format", message);
  }
  const named = (one: string) => inEitherCase(one).flatMap((name) => header.sibling(name) ?? []);
  const inFolder = named(path);
  // Files that are chosen or dropped may have no folders.
  const found = inFolder.length > 0 ? inFolder : named(baseName(path));
  const files = [...new Map(found.map((file) => [file.path, file])).values()];
  const missing = () => {
    const message = `${header.path} is only a header: its voxels are in "${short}", which is missing. Give both files.`;
    return new VoxelVolumeError("entry-not-found", message);
  };
  if (files.length === 0) throw missing();
  const open = async (file: ByteFile) => {
    await file.size();
    return file;
  };
  return async () => (await firstExisting(files, open)) ?? Promise.reject(missing());
}

/** A path as written, and with its extension in lower and upper case, because servers distinguish them. */
function inEitherCase(path: string): string[] {
  const [extension] = /\.[^./]*$/.exec(path) ?? [""];
  const stem = path.slice(0, path.length - extension.length);
  return [path, stem + extension.toLowerCase(), stem + extension.toUpperCase()];
}

/** The names that a pattern like "slice%03d.raw" stands for, with numbers from `min` to `max`. */
export function numberedNames(
  header: ByteFile,
  pattern: string,
  [min, max, step]: readonly [number, number, number],
): string[] {
  const count = Math.floor((max - min) / step) + 1;
  const parts = /^([^%]*)%(0?)(\d{0,2})[diu]([^%]*)$/.exec(pattern);
  if (!parts || ![min, max, step, count].every(Number.isSafeInteger) || count < 1) {
    throw damaged(
      header.path,
      `names its files by "${pattern.slice(0, 60)}" ${min} ${max} ${step}, which makes no sense`,
    );
  }
  checkCount(header, count);
  const [, before, fill, width, after] = parts;
  return Array.from({ length: count }, (_, i) => {
    const number = min + i * step;
    const digits = String(Math.abs(number));
    const sign = number < 0 ? "-" : "";
    const padded = fill
      ? sign + digits.padStart(Number(width) - sign.length, "0")
      : (sign + digits).padStart(Number(width));
    return before + padded + after;
  });
}

/** Throws `unsupported-format` for more files than a volume may span. */
function checkCount(header: ByteFile, count: number): void {
  if (count <= MOST_FILES) return;
  const message = `${header.path} has its voxels in ${count.toLocaleString("en")} files, more than are read. Save it as one file.`;
  throw new VoxelVolumeError("unsupported-format", message);
}
