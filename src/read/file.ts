/** ByteFile: a file read from its start, whether it lies there plain, compressed or inside an archive. */
import { VoxelVolumeError } from "../errors.ts";
import { type ReadOptions, reason, type Source } from "./source.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export type ByteStream = ReadableStream<Bytes>;

export interface ByteFile {
  /** File name, or path inside the archive. */
  readonly path: string;
  /** The most bytes that it can hold: exact for a plain file, a limit for a compressed one. */
  size(): Promise<number>;
  /** Bytes `[start, end)`, fewer where the file ends before; rejects with `corrupt-file` or `too-large`. */
  read(start: number, end: number, options?: ReadOptions): Promise<Uint8Array>;
  stream(): Promise<ByteStream>;
  sibling(name: string): ByteFile | undefined;
}

/** Deflate codes at best 258 bytes in 2 bits, so that n bytes never inflate to more than n times this. */
export const MAX_INFLATION = 1032;

const CHUNK = 1 << 16;

/** The file that a source gives, fetched when first read; the progress of the files beside it adds up. */
export function sourceFile(root: Source, { signal, onProgress }: ReadOptions): ByteFile {
  let received = 0;
  const open = (source: Source): ByteFile => {
    const load = async () => {
      const before = received;
      const bytes = await source.bytes({
        signal,
        onProgress: ({ phase, loaded, total }) =>
          onProgress?.({ phase, loaded: before + loaded, total: total && before + total }),
      });
      received += bytes.length;
      // Not a Node Buffer, whose slice() does not copy.
      return new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
    };
    return plainFile(source.name, load, (name) => {
      const beside = source.sibling(name);
      return beside && open(beside);
    });
  };
  return open(root);
}

function plainFile(path: string, load: () => Promise<Bytes>, sibling: ByteFile["sibling"]): ByteFile {
  let loading: Promise<Bytes> | undefined;
  const bytes = () => {
    loading ??= load();
    return loading;
  };
  return {
    path,
    sibling,
    size: async () => (await bytes()).length,
    async read(start, end) {
      const whole = await bytes();
      const view = whole.subarray(start, end);
      // A view saves memory, unless it is badly aligned for the GPU or keeps a much larger file alive.
      return view.byteOffset % 8 === 0 && view.length > whole.length / 2 ? view : view.slice();
    },
    async stream() {
      const whole = await bytes();
      let at = 0;
      return new ReadableStream({
        pull(controller) {
          if (at >= whole.length) return controller.close();
          controller.enqueue(whole.subarray(at, at + CHUNK));
          at += CHUNK;
        },
      });
    },
  };
}

/** A file whose bytes come out of `stream` from the start each time, at most `size` of them. */
export function streamedFile(
  path: string,
  size: () => Promise<number>,
  stream: () => Promise<ByteStream>,
  sibling: ByteFile["sibling"],
): ByteFile {
  const read: ByteFile["read"] = async (start, end, options) =>
    take(path, await stream(), start, end, options ?? {});
  return { path, size, stream, sibling, read };
}

/**
 * Bytes `[start, end)` of a stream, fewer where it ends before. It stops once a byte after `end` comes, and
 * not at `end` itself, so that the checksum at the end of a stream has its say.
 */
async function take(
  path: string,
  stream: ByteStream,
  start: number,
  end: number,
  { signal, onProgress }: ReadOptions,
): Promise<Uint8Array> {
  const out = allocate(path, end - start);
  const reader = stream.getReader();
  let at = 0;
  let rested = performance.now();
  const damage = (cause: unknown) => {
    const message = `${path}: its compressed data break off or are damaged after ${at.toLocaleString("en")} bytes (${reason(cause)}). Get the file again.`;
    throw new VoxelVolumeError("corrupt-file", message, { cause });
  };
  try {
    while (at <= end) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read().catch(damage);
      if (done) break;
      const wanted = value.subarray(Math.max(0, start - at), Math.max(0, end - at));
      out.set(wanted, Math.max(0, at - start));
      at += value.length;
      onProgress?.({ phase: "inflate", loaded: Math.min(at, end), total: end });
      // Streams may run on microtasks alone: without a rest the page would freeze and no abort arrive.
      if (performance.now() - rested > 16) {
        await nextTask();
        rested = performance.now();
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
  return out.subarray(0, Math.max(0, at - start));
}

function allocate(path: string, length: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    const message = `${path}: ${length.toLocaleString("en")} bytes are more than fit into memory. Use a smaller volume.`;
    throw new VoxelVolumeError("too-large", message, { cause });
  }
}

/** Lets timers, events and painting in; unlike a timeout it is not slowed down in a background tab. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
