/** ByteFile: a file to be read in parts, whether it lies there plain, compressed or inside an archive. */
import { inMemory, type Parts, type ReadOptions, type Source } from "./source.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export type ByteStream = ReadableStream<Bytes>;

export interface ByteFile {
  /** File name, or path inside the archive. */
  readonly path: string;
  /** The most bytes that it can hold: exact for a plain file, a limit for a compressed one. */
  size(): Promise<number>;
  /** The first `length` bytes, or all of a shorter file, for which not much more is fetched. */
  head(length: number): Promise<Uint8Array>;
  /** Bytes `[start, end)`, fewer where the file ends before; rejects with `corrupt-file` or `too-large`. */
  read(start: number, end: number, options?: ReadOptions): Promise<Uint8Array>;
  /** All bytes, as they are wanted. */
  stream(options?: ReadOptions): Promise<ByteStream>;
  sibling(name: string): ByteFile | undefined;
}

const CHUNK = 1 << 16;

/** The file that a source gives, opened when first read; the progress of all that is fetched adds up. */
export function sourceFile(root: Source, { signal, onProgress }: ReadOptions): ByteFile {
  let received = 0;
  /** `last`: whether nothing is known to be fetched after it, so that its total is that of all. */
  const adding = (last: boolean): ReadOptions => {
    let own = 0;
    return {
      signal,
      onProgress({ phase, loaded, total }) {
        received += loaded - own;
        own = loaded;
        const known = last && total !== undefined;
        onProgress?.({ phase, loaded: received, total: known ? received - own + total : undefined });
      },
    };
  };
  const file = (source: Source): ByteFile => {
    let opening: Promise<Parts> | undefined;
    const open = () => {
      opening ??= source.open?.(adding(true)) ?? source.bytes(adding(true)).then(inMemory);
      return opening;
    };
    const read: ByteFile["read"] = async (start, end, options) => {
      const parts = await open();
      // Voxels are read with progress, and last.
      const voxels = options?.onProgress !== undefined;
      return parts.read(Math.min(start, parts.size), Math.min(end, parts.size), adding(voxels));
    };
    return {
      path: source.name,
      size: async () => (await open()).size,
      head: (length) => read(0, length),
      read,
      stream: async (options) => streamOf([await read(0, Number.POSITIVE_INFINITY, options)]),
      sibling(name) {
        const beside = source.sibling(name);
        return beside && file(beside);
      },
    };
  };
  return file(root);
}

/** The bytes of `parts`, one after the other, in chunks. */
export function streamOf(parts: Iterable<Uint8Array>): ByteStream {
  const chunks = chunksOf(parts);
  return new ReadableStream({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function* chunksOf(parts: Iterable<Uint8Array>): Generator<Bytes, undefined> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += CHUNK) yield part.subarray(at, at + CHUNK) as Bytes;
  }
}
