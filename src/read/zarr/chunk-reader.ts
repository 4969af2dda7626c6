/** ChunkReader: reads and decodes the chunks of an array with zarrita. */
import * as zarr from "zarrita";
import { VoxelVolumeError } from "../../errors.ts";
import type { FileRange, Folder, ReadOptions } from "../sources/source.ts";
import { reason } from "../sources/source.ts";
import type { ArrayInfo } from "./array-metadata.ts";
import type { Chunk, ChunkCache, Scalars } from "./chunk-cache.ts";
import { registerCodecs } from "./codecs.ts";
import { joined } from "./node.ts";

/** Most bytes of a chunk as stored: no codec makes it much larger. */
const MOST_STORED = 2 ** 30;

registerCodecs(zarr.registry);

export class ChunkReader {
  readonly #array: zarr.Array<zarr.DataType, Store>;
  readonly #voxels: number;

  constructor(
    folder: Folder,
    readonly info: ArrayInfo,
    private readonly cache: ChunkCache,
  ) {
    // zarrita's types want each kind of metadata by itself; they have been checked.
    const metadata = info.metadata as unknown as ConstructorParameters<typeof zarr.Array>[2];
    this.#array = new zarr.Array(new Store(folder, info), "/", metadata);
    this.#voxels = info.chunks.reduce((product, n) => product * n, 1);
  }

  /** The chunk at a position in the grid of chunks. Rejects with `network`, `corrupt-file` or the signal's reason. */
  get(position: readonly number[], signal?: AbortSignal): Promise<Chunk> {
    const key = `${this.info.path} ${position}`;
    return this.cache.get(key, (own) => this.#load(position, own), signal);
  }

  async #load(position: readonly number[], signal: AbortSignal): Promise<Chunk> {
    let chunk: Chunk;
    try {
      chunk = (await this.#array.getChunk([...position], { signal })) as Chunk & { data: Scalars };
    } catch (error) {
      signal.throwIfAborted();
      const cause = error instanceof Error && error.cause;
      for (const known of [error, cause]) if (known instanceof VoxelVolumeError) throw known;
      throw this.#damaged(position, reason(cause || error), error);
    }
    if (chunk.data.length !== this.#voxels)
      throw this.#damaged(position, `it has ${chunk.data.length} voxels, not ${this.#voxels}`);
    return chunk;
  }

  #damaged(position: readonly number[], what: string, cause?: unknown): VoxelVolumeError {
    const message = `${this.info.path || "The array"}: its chunk (${position.join(", ")}) is damaged: ${what}. Get the data again.`;
    return new VoxelVolumeError("corrupt-file", message, { cause });
  }
}

/** The files of an array for zarrita. Those that are missing are remembered, and not asked for again. */
class Store implements zarr.AsyncReadable {
  readonly #missing = new Set<string>();

  constructor(
    private readonly folder: Folder,
    private readonly info: ArrayInfo,
  ) {}

  get(key: string, options?: ReadOptions): Promise<Uint8Array | undefined> {
    return this.#read(key, undefined, options);
  }

  getRange(key: string, query: zarr.RangeQuery, options?: ReadOptions): Promise<Uint8Array | undefined> {
    if ("suffixLength" in query) {
      const last = query.suffixLength;
      // Not with the signal of one chunk: all chunks of the shard wait for its index.
      return this.#read(key, this.info.indexFirst ? { start: 0, end: last } : { last });
    }
    const { offset, length } = query;
    if (!(length <= MOST_STORED && offset + length <= Number.MAX_SAFE_INTEGER))
      throw new Error(`its shard claims ${length} bytes at ${offset}`);
    return this.#read(key, { start: offset, end: offset + length }, options);
  }

  async #read(key: string, range?: FileRange, options?: ReadOptions): Promise<Uint8Array | undefined> {
    const path = joined(this.info.path, key);
    if (this.#missing.has(path)) return undefined;
    const bytes = await this.folder.read(path, range, options);
    if (!bytes) this.#missing.add(path);
    return bytes;
  }
}
