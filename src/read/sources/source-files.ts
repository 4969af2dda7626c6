/** SourceFiles: sources as files; each is opened on first use and stays open. */
import { type ByteFile, streamOf } from "../util/byte-file.ts";
import { inMemory, type Parts, type ReadOptions, type Source } from "./source.ts";

/** Options for one fetch; `last`: no further fetch is known, so its total is the total of all. */
export type FetchOptions = (last: boolean) => ReadOptions;

/** Options for the fetches of one read, which share its progress. */
export function fetchOptions({ signal, onProgress }: ReadOptions): FetchOptions {
  let received = 0;
  return (last) => {
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
}

export class SourceFiles {
  readonly #opened = new Map<Source, Promise<Parts>>();
  /** The voxels that were read last, as stored, if they were fetched separately. */
  #last: { parts: Parts; start: number; end: number; bytes: Uint8Array } | undefined;
  /** Bytes of the sources in memory, most recently read last. */
  readonly #inMemory = new Map<Source, number>();

  /** `current`: options of the current read; `budget`: most bytes that `forgetExcess` keeps in memory. */
  constructor(
    private readonly current: FetchOptions,
    private readonly budget: number,
  ) {}

  file(source: Source): ByteFile {
    const read: ByteFile["read"] = async (from, to, options) => {
      const parts = await this.#open(source);
      if (this.#inMemory.delete(source)) this.#inMemory.set(source, parts.size);
      const [start, end] = [Math.min(from, parts.size), Math.min(to, parts.size)];
      const last = this.#last;
      if (last?.parts === parts && last.start === start && last.end === end) return last.bytes;
      // Only voxels are read with options, and they are read last.
      const voxels = options !== undefined;
      const current = this.current(voxels);
      // A large volume may be read during another read, and must not use that read's signal and progress.
      const own = options && { signal: options.signal, onProgress: options.onProgress && current.onProgress };
      const bytes = await parts.read(start, end, own ?? current);
      const kept = voxels && !parts.inMemory && bytes.length <= this.budget;
      if (kept) this.#last = { parts, start, end, bytes };
      return bytes;
    };
    return {
      path: source.name,
      size: async () => (await this.#open(source)).size,
      head: (length) => read(0, length),
      read,
      stream: async (options) => streamOf([await read(0, Number.POSITIVE_INFINITY, options)]),
      inParts: async () => !(await this.#open(source)).inMemory,
      beside: async () => (await source.beside?.())?.map((other) => this.file(other)) ?? [],
      sibling: (name) => {
        const beside = source.sibling(name);
        return beside && this.file(beside);
      },
    };
  }

  /** Drops everything that was fetched; later reads fetch again. */
  forget(): void {
    this.#opened.clear();
    this.#inMemory.clear();
    this.#last = undefined;
  }

  /** Drops voxels that were fetched separately. */
  forgetVoxels(): void {
    this.#last = undefined;
  }

  /** Drops files in memory beyond the budget, least recently read first. */
  forgetExcess(): void {
    let kept = this.#last?.bytes.length ?? 0;
    for (const [source, bytes] of [...this.#inMemory].reverse()) {
      if (kept + bytes <= this.budget) kept += bytes;
      else {
        this.#opened.delete(source);
        this.#inMemory.delete(source);
      }
    }
  }

  #open(source: Source): Promise<Parts> {
    const known = this.#opened.get(source);
    if (known) return known;
    const options = this.current(true);
    const opening = source.open?.(options) ?? source.bytes(options).then(inMemory);
    this.#opened.set(source, opening);
    opening.then(
      ({ inMemory, size }) => inMemory && this.#inMemory.set(source, size),
      // After a failure or an abort, the next read opens the file again.
      () => this.#opened.delete(source),
    );
    return opening;
  }
}
