/** Source: somewhere bytes come from, with the files lying beside it; and bytes in memory as one. */
import { matchName } from "../util/file-names.ts";

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
  /** All files that lie together with this one, where that can be known. */
  beside?(): Promise<readonly Source[]>;
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
    async beside() {
      const all = { ...siblings, [name]: bytes };
      return Object.keys(all).map((other) => fromBytes(other, all[other], all));
    },
  };
}

/** What an unknown thrown value says, in one line without a full stop. */
export function reason(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").replace(/\.$/, "");
}
