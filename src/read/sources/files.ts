/** fromFiles: makes a Source of files that were chosen or dropped in a browser. */
import { fetched, VoxelVolumeError } from "../../errors.ts";
import { textOf } from "../../text-of.ts";
import { isVolumeName } from "../formats/registry.ts";
import { baseName, folderOf, matchName, stem, ZARR } from "../util/file-names.ts";
import { type ReadOptions, reason, type Source } from "./source.ts";

/** A browser's `File`, or a similar object. */
export type NamedBlob = Blob & { readonly name: string };

/** A file and its path in the chosen or dropped folder. */
interface PathFile {
  readonly name: string;
  readonly size: number;
  readonly file: NamedBlob;
}

/**
 * Files that were chosen or dropped together, in any order. Those in folders are distinguished by their paths, which
 * are their names or, for a folder input, their `webkitRelativePath`. The source is the file to open (an .hdr rather
 * than its .img, a slice without extension rather than a text); of several the largest, where an .hdr counts with its
 * .img. The files of a Zarr folder are one source. Throws `invalid-option` for an empty list.
 */
export function fromFiles(files: readonly NamedBlob[]): Source {
  const all = files.map((file): PathFile => {
    if (!(file instanceof Blob) || typeof file.name !== "string")
      throw new VoxelVolumeError("invalid-option", `A file with a name is needed, not ${textOf(file)}.`);
    const { webkitRelativePath } = file as NamedBlob & { webkitRelativePath?: string };
    return { name: webkitRelativePath || file.name, size: file.size, file };
  });
  const main = mainFile(all);
  if (!main) throw new VoxelVolumeError("invalid-option", "No file was given; choose a volume.");
  const roots = all.flatMap(({ name }) => ZARR.exec(name)?.[1] ?? []);
  const root = roots.find((start) => all.every(({ name }) => name.startsWith(start)));
  const source = fromFile(main, all);
  if (root === undefined) return source;
  const folder = async () =>
    (await fetched(import("../zarr/index.ts"))).sourcesFolder(
      all.map((file) => fromFile(file, all)),
      root,
    );
  return { ...source, name: baseName(root.slice(0, -1)) || "Zarr", folder };
}

/** The file to open among several; undefined if there are none. */
export function mainFile<T extends { readonly name: string; readonly size: number }>(
  files: readonly T[],
): T | undefined {
  const rank = ({ name }: T) => {
    if (IMAGE.test(name)) return 0;
    return ARCHIVE.test(name) || isVolumeName(name) ? 3 : /(^|\/)[^./]+$/.test(name) ? 2 : 1;
  };
  const weights = new Map<string, number>();
  for (const { name, size } of files) weights.set(stem(name), (weights.get(stem(name)) ?? 0) + size);
  const weight = ({ name }: T) => weights.get(stem(name)) ?? 0;
  return [...files].sort((a, b) => rank(b) - rank(a) || weight(b) - weight(a))[0];
}

function fromFile({ name, file }: PathFile, beside: readonly PathFile[]): Source {
  const read = async (start: number, end: number, { signal }: ReadOptions = {}) => {
    signal?.throwIfAborted();
    try {
      const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
      signal?.throwIfAborted();
      return bytes;
    } catch (cause) {
      signal?.throwIfAborted();
      throw new VoxelVolumeError("corrupt-file", `${name} could not be read: ${reason(cause)}.`, {
        cause,
      });
    }
  };
  return {
    name,
    bytes: (options) => read(0, file.size, options),
    open: async () => ({ size: file.size, read }),
    beside: async () => beside.map((other) => fromFile(other, beside)),
    sibling(wanted) {
      const names = beside.map((other) => other.name);
      const found = matchName(names, folderOf(name) + wanted);
      return found === undefined ? undefined : fromFile(beside[names.indexOf(found)], beside);
    },
  };
}

const ARCHIVE = /\.(zip|npz|ozx)$/i;
const IMAGE = /\.img(\.gz)?$/i;
