/** Source: somewhere bytes come from, with the files lying beside it; in memory or as dropped files. */
import { VoxelVolumeError } from "../../errors.ts";

/** How far a download or an inflation is, in bytes; `total` is undefined where it cannot be known. */
export interface Progress {
  readonly phase: "download" | "inflate";
  readonly loaded: number;
  readonly total: number | undefined;
}

export interface ReadOptions {
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Bytes of which parts can be read. */
export interface Parts {
  /** Number of bytes. */
  readonly size: number;
  /** Whether all bytes are in memory, so that a part takes no fetching. */
  readonly inMemory?: true;
  /** Bytes `[start, end)`, neither beyond `size`; progress is that of these bytes. */
  read(start: number, end: number, options?: ReadOptions): Promise<Uint8Array>;
}

/** Somewhere bytes come from; knows the files lying beside it. */
export interface Source {
  /** File name with extension. */
  readonly name: string;
  /** All bytes, as stored. */
  bytes(options?: ReadOptions): Promise<Uint8Array>;
  /** Access to parts of the file, where not all of it has to be read. It may read all, where there are no parts. */
  open?(options?: ReadOptions): Promise<Parts>;
  /** The file of that name beside this one; undefined where it is known not to be there. */
  sibling(name: string): Source | undefined;
}

/** Parts of what is there as a whole. */
export function inMemory({ buffer, byteOffset, length }: Uint8Array): Parts {
  // Not a Node Buffer, whose slice() does not copy.
  const whole = new Uint8Array(buffer, byteOffset, length);
  return {
    size: length,
    inMemory: true,
    async read(start, end) {
      const view = whole.subarray(start, end);
      // A view saves memory, unless it is badly aligned for the GPU or keeps a much larger file alive.
      return view.byteOffset % 8 === 0 && view.length > length / 2 ? view : view.slice();
    },
  };
}

/** A browser's `File`, or anything like it. */
export type NamedBlob = Blob & { readonly name: string };

/**
 * Bytes in memory, which are not copied; `siblings` are the files beside them, by name. The format is recognised by
 * content, so that any name will do for a single file; pairs find each other by name.
 */
export function fromBytes(
  name: string,
  bytes: Uint8Array | ArrayBuffer,
  siblings: Readonly<Record<string, Uint8Array | ArrayBuffer>> = {},
): Source {
  const view = ArrayBuffer.isView(bytes) ? bytes : new Uint8Array(bytes);
  return {
    name,
    bytes: async () => view,
    sibling(wanted) {
      const found = matchName(Object.keys(siblings), wanted);
      return found === undefined
        ? undefined
        : fromBytes(found, siblings[found], { ...siblings, [name]: bytes });
    },
  };
}

/**
 * Files chosen or dropped together, in any order. The source is the one to open (an .hdr rather than its
 * .img); of several the largest, an .hdr counting with its .img. Throws `invalid-option` for none.
 */
export function fromFiles(files: readonly NamedBlob[]): Source {
  for (const file of files) {
    if (file instanceof Blob && typeof file.name === "string") continue;
    throw new VoxelVolumeError("invalid-option", `A file with a name is needed, not ${String(file)}.`);
  }
  const rank = (file: NamedBlob) => (VOLUME.test(file.name) ? 2 : IMAGE.test(file.name) ? 0 : 1);
  const weight = (file: NamedBlob) =>
    files.reduce((sum, other) => (stem(other.name) === stem(file.name) ? sum + other.size : sum), 0);
  const [main] = [...files].sort((a, b) => rank(b) - rank(a) || weight(b) - weight(a));
  if (!main) throw new VoxelVolumeError("invalid-option", "No file was given; choose a volume.");
  return fromFile(main, files);
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
    sibling(wanted) {
      const names = beside.map((other) => other.name);
      const found = matchName(names, wanted);
      return found === undefined ? undefined : fromFile(beside[names.indexOf(found)], beside);
    },
  };
}

const VOLUME = /\.(zip|nii|hdr|np[yz])(\.gz)?$/i;
const IMAGE = /\.img(\.gz)?$/i;

/** A path without what tells a header, its image and their compression apart. */
export function stem(path: string): string {
  return path.replace(/\.gz$/i, "").replace(/\.(hdr|img|nii|npy)$/i, "");
}

/** The name among `names` that is `wanted`, or else differs from it in case only. */
function matchName(names: readonly string[], wanted: string): string | undefined {
  const folded = wanted.toLowerCase();
  return names.find((name) => name === wanted) ?? names.find((name) => name.toLowerCase() === folded);
}

/** What an unknown thrown value says, without a full stop. */
export function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
}
