/** Zarr folders for tests: in memory, on disk, and written by zarr-python. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileRange, Folder, ReadOptions, Source } from "../../src/read/index.ts";

/** Files by their paths below the folder. */
export type Files = Record<string, Uint8Array>;

/** A folder in memory that lists what has been read. */
export class MemoryFolder implements Folder {
  /** Paths that were read, with those that are missing. */
  readonly asked: string[] = [];
  readonly traffic = { bytes: 0, requests: 0 };

  constructor(readonly files: Files) {}

  async read(path: string, range?: FileRange, { signal }: ReadOptions = {}): Promise<Uint8Array | undefined> {
    this.asked.push(path);
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    this.traffic.requests++;
    const bytes = this.files[path];
    if (!bytes) return undefined;
    const part = !range
      ? bytes
      : "last" in range
        ? bytes.slice(-range.last)
        : bytes.slice(range.start, range.end);
    this.traffic.bytes += part.length;
    return part;
  }
}

/** The source of a folder, or of one in memory; its bytes cannot be read. */
export function folderSource(files: Files | MemoryFolder, name = "image.zarr"): Source {
  const folder = files instanceof MemoryFolder ? files : new MemoryFolder(files);
  return {
    name,
    folder: async () => folder,
    bytes: () => Promise.reject(new Error("a folder has no bytes")),
    sibling: () => undefined,
  };
}

/** All files below a folder on disk. */
export function filesIn(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [path.replaceAll("\\", "/"), new Uint8Array(readFileSync(join(folder, path)))]),
  );
}

/** JSON as the bytes of a file. */
export const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** Debian's Python has its own packages. */
const PYTHON = "/usr/bin/python3";

/** Why tests are skipped where zarr-python is missing. */
export const NO_ZARR = "needs a Python with zarr, such as Debian's python3-zarr";

export const hasZarr = (): boolean => spawnSync(PYTHON, ["-c", "import zarr, numpy"]).status === 0;

/** The files that a Python script writes, which runs in an empty folder with `np` and `zarr`. */
export function written(script: string): Files {
  const folder = mkdtempSync(join(tmpdir(), "voxel-volume-zarr-"));
  try {
    execFileSync(PYTHON, ["-c", `import numpy as np, zarr, json, numcodecs\n${script}`], { cwd: folder });
    return filesIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files below a folder among others. */
export function below(files: Files, folder: string): Files {
  const start = `${folder}/`;
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, bytes]) =>
      path.startsWith(start) ? [[path.slice(start.length), bytes]] : [],
    ),
  );
}
