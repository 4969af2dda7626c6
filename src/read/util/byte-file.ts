/** ByteFile: a file that can be read in parts, whether it is plain, compressed or inside an archive. */
import type { ReadNote } from "../../volume.ts";
import type { ReadOptions } from "../sources/source.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export type ByteStream = ReadableStream<Bytes>;

/** Options for reading a part of a file. */
export interface PartOptions extends ReadOptions {
  /** Whether nothing after the part will be read; compressed data are then verified as far as that is cheap. */
  readonly isLast?: boolean;
}

export interface ByteFile {
  /** File name, or path inside the archive. */
  readonly path: string;
  /** Name of the archive that contains the file. */
  readonly archive?: string;
  /** The most bytes that the file can have: exact for a plain file, an upper limit for a compressed one. */
  size(): Promise<number>;
  /** Stored bytes of a compressed file, to check a header's claims against. */
  stored?(): Promise<number>;
  /** The first `length` bytes, or all of a shorter file; fetches little more than these. */
  head(length: number): Promise<Uint8Array>;
  /** Bytes `[start, end)`, fewer if the file ends before; rejects with `corrupt-file` or `too-large`. */
  read(start: number, end: number, options?: PartOptions): Promise<Uint8Array>;
  /** All bytes, read on demand. */
  stream(options?: ReadOptions): Promise<ByteStream>;
  /** Whether parts are fetched separately, so that bytes that are not read cost nothing. */
  inParts(): Promise<boolean>;
  /** Set if the file is compressed: a part then costs as much as everything before it. */
  readonly inflates?: true;
  /** The file with that name or path in the folder of this one; undefined if it is known to be missing. */
  sibling(name: string): ByteFile | undefined;
  /** All files beside this one, including it, if they are known. */
  beside?(): Promise<readonly ByteFile[]>;
  /** Notes on what has been read so far. */
  notes?(): readonly ReadNote[];
}

const CHUNK = 1 << 16;

/** A stream of `parts`, one after the other. */
export function streamOf(parts: Iterable<Uint8Array>): ByteStream {
  return streamFrom(chunksOf(parts));
}

/** A stream of a generator's chunks; the generator advances only as far as the stream is read. */
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
