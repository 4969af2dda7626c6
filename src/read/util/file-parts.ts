/** Files made of other files: a part of one, or several joined. */
import { VoxelVolumeError } from "../../errors.ts";
import { mapAtOnce } from "../../map-at-once.ts";
import { type ReadOptions, reason } from "../sources/source.ts";
import { type ByteFile, streamOf } from "./byte-file.ts";
import { allocate } from "./memory.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes `[start, end)` of a file, fewer if it ends before; path and siblings are those of the file. */
export function partOf(file: ByteFile, start: number, end = Number.POSITIVE_INFINITY): ByteFile {
  if (start === 0 && end === Number.POSITIVE_INFINITY) return file;
  const read: ByteFile["read"] = (from, to, options) =>
    file.read(Math.min(start + from, end), Math.min(start + to, end), options);
  return {
    ...file,
    size: async () => Math.max(0, Math.min(await file.size(), end) - start),
    head: (length) => read(0, length),
    read,
    async stream(options) {
      let at = 0;
      const cut = new TransformStream<Bytes, Bytes>({
        transform(chunk, controller) {
          const wanted = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
          at += chunk.length;
          if (wanted.length > 0) controller.enqueue(wanted);
        },
      });
      return (await file.stream(options)).pipeThrough(cut);
    },
  };
}

/** Opens a file on demand. */
export type LateFile = () => Promise<ByteFile>;

/** Opens the file once; after a failure, the next call tries again. */
export function lateFile(make: LateFile): LateFile {
  let made: Promise<ByteFile> | undefined;
  return () => {
    made ??= make();
    made.catch(() => {
      made = undefined;
    });
    return made;
  };
}

/**
 * Joins files of `bytes` bytes each. Only files that are needed are opened, a few at a time; a shorter file rejects
 * with `corrupt-file`.
 */
export function joined(header: ByteFile, files: readonly LateFile[], bytes: number): ByteFile {
  const { path } = header;
  const size = files.length * bytes;
  const read = async (start: number, end: number, { signal }: ReadOptions = {}) => {
    const stop = Math.min(end, size);
    const first = Math.floor(start / bytes);
    const parts = await mapAtOnce(files.slice(first, Math.ceil(stop / bytes)), async (open, i) => {
      signal?.throwIfAborted();
      const file = await open();
      const before = (first + i) * bytes;
      const [from, to] = [Math.max(0, start - before), Math.min(bytes, stop - before)];
      // Checked before memory is allocated for the header's claim. Progress is not reported, as it would be that of one
      // part.
      const there = await file.size();
      const part = there < to ? undefined : await file.read(from, to, signal && { signal });
      if (part?.length === to - from) return part;
      const [has, wanted] = [part ? from + part.length : there, bytes].map((n) => n.toLocaleString("en"));
      const message = `${path}: ${file.path}, a part of it, holds no more than ${has} of ${wanted} bytes. The file is cut off, or the header is wrong.`;
      throw new VoxelVolumeError("corrupt-file", message);
    });
    const whole = allocate(path, Math.max(0, stop - start));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };
  return {
    path,
    size: async () => size,
    head: (length) => read(0, length),
    read,
    stream: async (options) => streamOf([await read(0, size, options)]),
    inParts: async () => (await files[0]()).inParts(),
    sibling: header.sibling,
  };
}

/** The last `bytes` bytes of a file, or all of a shorter one. */
export async function endOf(file: ByteFile, bytes: number): Promise<ByteFile> {
  return partOf(file, Math.max(0, (await lengthOf(file)) - bytes));
}

/** Length of a file in bytes, also if `size` is only an upper limit. */
async function lengthOf(file: ByteFile): Promise<number> {
  if (await file.inParts()) return file.size();
  let length = 0;
  for await (const chunk of chunksOf(file)) length += chunk.length;
  return length;
}

/** Length of a file's first lines in bytes; rejects with `corrupt-file` if it has fewer lines. */
export async function lengthOfLines(file: ByteFile, lines: number): Promise<number> {
  let [left, length] = [lines, 0];
  for await (const chunk of chunksOf(file)) {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
      if (--left === 0) return length + at + 1;
    }
    length += chunk.length;
  }
  const message = `${file.path}: ${lines} lines are to be skipped before the voxels, but it has ${lines - left}. The file is cut off, or the header is wrong.`;
  throw new VoxelVolumeError("corrupt-file", message);
}

const NEWLINE = 10;

/** The chunks of a file. The stream is cancelled when iteration stops; damage rejects with `corrupt-file`. */
export async function* chunksOf(file: ByteFile, options?: ReadOptions): AsyncGenerator<Bytes, undefined> {
  const reader = (await file.stream(options)).getReader();
  const damage = (cause: unknown) => {
    if (cause instanceof VoxelVolumeError || options?.signal?.aborted) throw cause;
    const message = `${file.path}: its compressed data break off or are damaged (${reason(cause)}). Get the file again.`;
    throw new VoxelVolumeError("corrupt-file", message, { cause });
  };
  try {
    for (;;) {
      options?.signal?.throwIfAborted();
      const { done, value } = await reader.read().catch(damage);
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
