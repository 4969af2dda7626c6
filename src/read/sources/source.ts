/** Source: where bytes come from, with the files beside it; and a source for bytes in memory. */
import type { Traffic } from "../../volume.ts";
import { matchName } from "../util/file-names.ts";

/** Progress of a download or an inflation in bytes; `total` is undefined if it is unknown. */
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

/** Bytes that can be read in parts. */
export interface Parts {
  /** Number of bytes. */
  readonly size: number;
  /** True if all bytes are in memory, so that nothing has to be fetched. */
  readonly inMemory?: true;
  /** Bytes `[start, end)`, neither beyond `size`; progress counts these bytes only. */
  read(start: number, end: number, options?: ReadOptions): Promise<Uint8Array>;
}

/** The bytes `[start, end)` of a file, or its last bytes. */
export type FileRange = { readonly start: number; readonly end: number } | { readonly last: number };

/** A folder whose files are read by their paths. */
export interface Folder {
  /**
   * Bytes of the file at a path below the folder, as "0/.zarray": all or those of a range, fewer if the file ends
   * before; undefined if there is no such file. They must not be modified. Rejects with a VoxelVolumeError `network` or
   * `corrupt-file`, or the signal's reason.
   */
  read(path: string, range?: FileRange, options?: ReadOptions): Promise<Uint8Array | undefined>;
  /** Paths of all files, if they are known. */
  readonly paths?: readonly string[];
  /** What has been fetched, if the files are fetched. */
  readonly traffic?: Traffic;
}

/** A file from anywhere, and access to the files beside it. */
export interface Source {
  /** File name with extension. */
  readonly name: string;
  /** All bytes, as stored. */
  bytes(options?: ReadOptions): Promise<Uint8Array>;
  /** Opens the file for reading in parts. May read all of it if parts are not available. */
  open?(options?: ReadOptions): Promise<Parts>;
  /** The file with that name beside this one; undefined if it is known to be missing. */
  sibling(name: string): Source | undefined;
  /** All files beside this one, including it, if they are known. */
  beside?(): Promise<readonly Source[]>;
  /** Opens the source if it is a folder, which is read by its files and not as bytes. */
  folder?(): Promise<Folder>;
}

/** Parts of bytes that are in memory. */
export function inMemory({ buffer, byteOffset, length }: Uint8Array): Parts {
  // Not a Node Buffer, whose slice() does not copy.
  const whole = new Uint8Array(buffer, byteOffset, length);
  return {
    size: length,
    inMemory: true,
    async read(start, end) {
      const view = whole.subarray(start, end);
      // A view saves memory, but is not used if it is misaligned for the GPU or would keep a much larger file alive.
      return view.byteOffset % 8 === 0 && view.length > length / 2 ? view : view.slice();
    },
  };
}

/**
 * Bytes in memory, not copied; `siblings` are the files beside them, by name. The format is recognised by content, so
 * any name will do for a single file; pairs find each other by name.
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
    async beside() {
      const all = { ...siblings, [name]: bytes };
      return Object.keys(all).map((other) => fromBytes(other, all[other], all));
    },
  };
}

/** Message of an unknown thrown value, in one line without a full stop. */
export function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").replace(/\.$/, "");
}
