/** ByteFile: a file to be read in parts, whether it lies there plain, compressed or inside an archive. */
import type { ReadNote } from "../../volume.ts";
import type { ReadOptions } from "../sources/source.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export type ByteStream = ReadableStream<Bytes>;

/** Options for reading a part of a file. */
export interface PartOptions extends ReadOptions {
  /** Whether nothing behind the part is wanted: what is compressed is then checked as far as that is cheap. */
  readonly isLast?: boolean;
}

export interface ByteFile {
  /** File name, or path inside the archive. */
  readonly path: string;
  /** Name of the archive that holds the file. */
  readonly archive?: string;
  /** The most bytes that it can hold: exact for a plain file, a limit for a compressed one. */
  size(): Promise<number>;
  /** Bytes that are there for it, where it is compressed: what a header claims is to be measured against them. */
  stored?(): Promise<number>;
  /** The first `length` bytes, or all of a shorter file, for which not much more is fetched. */
  head(length: number): Promise<Uint8Array>;
  /** Bytes `[start, end)`, fewer where the file ends before; rejects with `corrupt-file` or `too-large`. */
  read(start: number, end: number, options?: PartOptions): Promise<Uint8Array>;
  /** All bytes, as they are wanted. */
  stream(options?: ReadOptions): Promise<ByteStream>;
  /** Whether parts are fetched on their own: then bytes that are not read cost nothing. */
  inParts(): Promise<boolean>;
  /** Set where the file is compressed, so that any part costs as much as all that comes before it. */
  readonly inflates?: true;
  /** The file of that name, or path, in the folder of this one; undefined where it is known not to be there. */
  sibling(name: string): ByteFile | undefined;
  /** All files that lie together with this one, where that can be known. */
  beside?(): Promise<readonly ByteFile[]>;
  /** Remarks on what was read of it so far. */
  notes?(): readonly ReadNote[];
}

const CHUNK = 1 << 16;

/** The bytes of `parts`, one after the other, in chunks. */
export function streamOf(parts: Iterable<Uint8Array>): ByteStream {
  return streamFrom(chunksOf(parts));
}

/** The chunks of a generator, which goes on no further than the stream is read. */
export function streamFrom(
  chunks: Generator<Bytes, undefined> | AsyncGenerator<Bytes, undefined>,
): ByteStream {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

function* chunksOf(parts: Iterable<Uint8Array>): Generator<Bytes, undefined> {
  for (const part of parts) {
    for (let at = 0; at < part.length; at += CHUNK) yield part.subarray(at, at + CHUNK) as Bytes;
  }
}
