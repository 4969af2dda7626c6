/** ChunkCache: decoded chunks, each fetched once however many readers wait for it. */

/** A decoded chunk: scalars of one size and, for each axis of the array, its length and the distance of neighbours. */
export interface Chunk {
  readonly data: Scalars;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

export type Scalars = Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

interface Pending {
  readonly chunk: Promise<Chunk>;
  readonly controller: AbortController;
  readers: number;
}

export class ChunkCache {
  /** Most recently used last. */
  readonly #kept = new Map<string, Chunk>();
  readonly #pending = new Map<string, Pending>();
  #bytes = 0;

  /** `budget`: most bytes that are kept. */
  constructor(private readonly budget: number) {}

  /** Bytes of the chunks that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The chunk with this key, which `load` fetches if it is not kept. Rejects like `load`, or with the signal's reason as
   * soon as it is aborted; `load` is aborted with the last of its readers.
   */
  async get(
    key: string,
    load: (signal: AbortSignal) => Promise<Chunk>,
    signal?: AbortSignal,
  ): Promise<Chunk> {
    signal?.throwIfAborted();
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const pending = this.#pending.get(key) ?? this.#start(key, load);
    pending.readers++;
    return new Promise((resolve, reject) => {
      const leave = () => {
        pending.readers--;
        if (pending.readers === 0) {
          this.#end(key, pending);
          pending.controller.abort(signal?.reason);
        }
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      pending.chunk.then(resolve, reject).finally(() => signal?.removeEventListener("abort", leave));
    });
  }

  /** Drops the chunks that are kept. */
  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #start(key: string, load: (signal: AbortSignal) => Promise<Chunk>): Pending {
    const controller = new AbortController();
    const pending: Pending = { chunk: load(controller.signal), controller, readers: 0 };
    this.#pending.set(key, pending);
    pending.chunk.then(
      (chunk) => {
        if (this.#end(key, pending)) this.#keep(key, chunk);
      },
      () => this.#end(key, pending),
    );
    return pending;
  }

  /** True if the chunk was still waited for. */
  #end(key: string, pending: Pending): boolean {
    return this.#pending.get(key) === pending && this.#pending.delete(key);
  }

  #keep(key: string, chunk: Chunk): void {
    this.#kept.set(key, chunk);
    this.#bytes += chunk.data.byteLength;
    for (const [first, { data }] of this.#kept) {
      if (this.#bytes <= this.budget) break;
      this.#kept.delete(first);
      this.#bytes -= data.byteLength;
    }
  }
}
