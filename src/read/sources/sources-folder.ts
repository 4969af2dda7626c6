/** sourcesFolder: a folder of files that are all known. */
import { type FileRange, type Folder, inMemory, type Source } from "./source.ts";

/** The files whose names begin with `root`; no other file is looked for. */
export function sourcesFolder(sources: readonly Source[], root: string): Folder {
  const byName = new Map(sources.map((source) => [source.name, source]));
  return {
    paths: sources.map(({ name }) => name.slice(root.length)),
    async read(path, range, options) {
      const source = byName.get(root + path);
      if (!source) return undefined;
      const parts = (await source.open?.(options)) ?? inMemory(await source.bytes(options));
      return parts.read(...limited(range, parts.size), options);
    },
  };
}

/** The range in a file of `size` bytes: its start and its end. */
export function limited(range: FileRange | undefined, size: number): [start: number, end: number] {
  if (!range) return [0, size];
  if ("last" in range) return [Math.max(0, size - range.last), size];
  const start = Math.min(range.start, size);
  return [start, Math.max(start, Math.min(range.end, size))];
}
