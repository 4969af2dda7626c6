/** fromFiles: files of a browser, chosen or dropped, as a Source. */
import { VoxelVolumeError } from "../../errors.ts";
import { isVolumeName } from "../formats/registry.ts";
import { matchName, stem } from "../util/file-names.ts";
import { type ReadOptions, reason, type Source } from "./source.ts";

/** A browser's `File`, or anything like it. */
export type NamedBlob = Blob & { readonly name: string };

/**
 * Files chosen or dropped together, in any order. The source is the one to open (an .hdr rather than its
 * .img); of several the largest, an .hdr counting with its .img. Throws `invalid-option` for none.
 */
export function fromFiles(files: readonly NamedBlob[]): Source {
  for (const file of files) {
    if (file instanceof Blob && typeof file.name === "string") continue;
    throw new VoxelVolumeError("invalid-option", `A file with a name is needed, not ${String(file)}.`);
  }
  const main = mainFile(files);
  if (!main) throw new VoxelVolumeError("invalid-option", "No file was given; choose a volume.");
  return fromFile(main, files);
}

/** The file to open of several that lie together; undefined for none. */
export function mainFile<T extends { readonly name: string; readonly size: number }>(
  files: readonly T[],
): T | undefined {
  const rank = ({ name }: T) => (IMAGE.test(name) ? 0 : ARCHIVE.test(name) || isVolumeName(name) ? 2 : 1);
  const weights = new Map<string, number>();
  for (const { name, size } of files) weights.set(stem(name), (weights.get(stem(name)) ?? 0) + size);
  const weight = ({ name }: T) => weights.get(stem(name)) ?? 0;
  return [...files].sort((a, b) => rank(b) - rank(a) || weight(b) - weight(a))[0];
}

function fromFile(file: NamedBlob, beside: readonly NamedBlob[]): Source {
  const read = async (start: number, end: number, { signal }: ReadOptions = {}) => {
    signal?.throwIfAborted();
    try {
      const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
      signal?.throwIfAborted();
      return bytes;
    } catch (cause) {
      signal?.throwIfAborted();
      throw new VoxelVolumeError("corrupt-file", `${file.name} could not be read: ${reason(cause)}.`, {
        cause,
      });
    }
  };
  return {
    name: file.name,
    bytes: (options) => read(0, file.size, options),
    open: async () => ({ size: file.size, read }),
    beside: async () => beside.map((other) => fromFile(other, beside)),
    sibling(wanted) {
      const names = beside.map((other) => other.name);
      const found = matchName(names, wanted);
      return found === undefined ? undefined : fromFile(beside[names.indexOf(found)], beside);
    },
  };
}

const ARCHIVE = /\.(zip|npz)$/i;
const IMAGE = /\.img(\.gz)?$/i;
