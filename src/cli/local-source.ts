/** The files of an input, read in parts directly from disk. */

import { type FileHandle, stat } from "node:fs/promises";
import { join } from "node:path";
import { VoxelVolumeError } from "../errors.ts";
import type { Parts, Source } from "../read/index.ts";
import { folderOf, matchName } from "../read/util/file-names.ts";
import { openReal } from "./real-file.ts";

/** A file that may be read, by its path relative to the input's folder, with slashes. */
export interface InputFile {
  readonly name: string;
  /** Its real path. */
  readonly path: string;
  /** Size in bytes. */
  readonly size: number;
}

/** The files that a command may read. */
export interface InputFiles {
  /** Path of the folder that holds them. */
  readonly folder: string;
  /** Name of the file to open. */
  readonly main: string;
  /** All files that may belong to it, and the file itself. */
  readonly files: readonly InputFile[];
}

/** Source that reads the input in parts, directly from disk. */
export function sourceOf({ folder, main, files }: InputFiles): Source {
  const names = files.map(({ name }) => name);
  const path = files.find(({ name }) => name === main)?.path ?? join(folder, main);
  const inFolder = folderOf(main);
  return {
    name: main,
    bytes: async () => {
      const file = await opened(path);
      return file.readFile().finally(() => file.close());
    },
    open: () => partsOf(path),
    sibling(name) {
      const found = matchName(names, inFolder + name);
      return found === undefined ? undefined : sourceOf({ folder, main: found, files });
    },
    beside: async () => names.map((name) => sourceOf({ folder, main: name, files })),
  };
}

/** Parts of the regular file at a real path. */
export async function partsOf(path: string): Promise<Parts> {
  const { size } = await stat(path);
  return {
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      const file = await opened(path);
      try {
        // A read may return fewer bytes than requested.
        for (let at = 0; at < bytes.length; ) {
          const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
          if (bytesRead === 0) return bytes.subarray(0, at);
          at += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}

async function opened(path: string): Promise<FileHandle> {
  const file = await openReal(path);
  if (file) return file;
  throw new VoxelVolumeError("corrupt-file", `${path} could not be read: check its permissions`);
}
