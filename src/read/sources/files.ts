/** fromFiles: files of a browser, chosen or dropped, as a Source. */
import { VoxelVolumeError } from "../../errors.ts";
import { isVolumeName } from "../formats/registry.ts";
import { matchName, stem } from "../util/file-names.ts";
import { type ReadOptions, reason, type Source } from "./source.ts";

/** A browser's `File`, or anything like it. */
export type NamedBlob = Blob & { readonly name: string };

/** A file, and its path in the folder with which it was chosen or dropped. */
interface PathFile {
  readonly path: string;
  readonly file: NamedBlob;
}

/**
 * Files chosen or dropped together, in any order; those of folders are told apart by their paths, which are their names
 * or, of an input for folders, their `webkitRelativePath`. The source is the one to open (an .hdr rather than its
 * .img, a slice without extension rather than a text); of several the largest, an .hdr counting with its .img. Throws
 * `invalid-option` for none.
 */
export function fromFiles(files: readonly NamedBlob[]): Source {
  const all = files.map((file): PathFile => {
    if (!(file instanceof Blob) || typeof file.name !== "string")
      throw new VoxelVolumeError("invalid-option", `A file with a name is needed, not ${String(file)}.`);
    const { webkitRelativePath } = file as NamedBlob & { webkitRelativePath?: string };
    return { path: webkitRelativePath || file.name, file };
  });
  const weights = new Map<string, number>();
  for (const { path, file } of all) {
    const name = stem(path);
    weights.set(name, (weights.get(name) ?? 0) + file.size);
  }
  const rank = ({ path }: PathFile) => {
    if (ARCHIVE.test(path) || isVolumeName(path)) return 3;
    return IMAGE.test(path) ? 0 : /(^|\/)[^./]+$/.test(path) ? 2 : 1;
  };
  const weight = ({ path }: PathFile) => weights.get(stem(path)) as number;
  const [main] = [...all].sort((a, b) => rank(b) - rank(a) || weight(b) - weight(a));
  if (!main) throw new VoxelVolumeError("invalid-option", "No file was given; choose a volume.");
  return fromFile(main, all);
}

function fromFile({ path, file }: PathFile, beside: readonly PathFile[]): Source {
  const read = async (start: number, end: number, { signal }: ReadOptions = {}) => {
    signal?.throwIfAborted();
    try {
      const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
      signal?.throwIfAborted();
      return bytes;
    } catch (cause) {
      signal?.throwIfAborted();
      throw new VoxelVolumeError("corrupt-file", `${path} could not be read: ${reason(cause)}.`, {
        cause,
      });
    }
  };
  return {
    name: path,
    bytes: (options) => read(0, file.size, options),
    open: async () => ({ size: file.size, read }),
    beside: async () => beside.map((other) => fromFile(other, beside)),
    sibling(wanted) {
      const names = beside.map((other) => other.path);
      const found = matchName(names, path.slice(0, path.lastIndexOf("/") + 1) + wanted);
      return found === undefined ? undefined : fromFile(beside[names.indexOf(found)], beside);
    },
  };
}

const ARCHIVE = /\.(zip|npz)$/i;
const IMAGE = /\.img(\.gz)?$/i;
