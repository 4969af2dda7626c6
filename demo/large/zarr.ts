/** FieldZarr: the files of an OME-Zarr of the field, each made when it is read. */

import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import { FieldLevel, type Triple } from "./field.ts";
import { fieldMetadata } from "./metadata.ts";
import { type Part, ShardFile } from "./shard.ts";

const gzip = promisify(gzipWithCallback);

/** Types of values, and the value that a field of 1 is stored as. */
export const MOST = { uint8: 255, uint16: 65_535, float32: 1 } as const;
const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

export interface FieldZarrOptions {
  /** Voxels along x, y and z; a number for a cube. */
  readonly side: number | Triple;
  /** Voxels of a chunk along each axis; 64 by default. */
  readonly chunk?: number;
  /** Number of levels; by default as many as have at least 128 voxels along the longest side. */
  readonly levels?: number;
  /** Size of the voxels of a level, in voxels of level 0; by default, each level halves all axes. */
  readonly factors?: readonly Triple[];
  readonly dtype?: keyof typeof MOST;
  /** Zarr 2 (OME-Zarr 0.4) or 3 (OME-Zarr 0.5), the default. */
  readonly version?: 2 | 3;
  /** Chunks of a shard along each axis; 1, the default, is without shards. */
  readonly shard?: number;
  readonly codec?: "none" | "gzip" | "zstd";
  /** Size of a voxel along x, y and z, in micrometres; 1 by default. */
  readonly spacing?: Triple;
  /**
   * Whether coarser levels have a translation, so that all levels fill the same box (the default). Otherwise the centres
   * of the first voxels coincide.
   */
  readonly translations?: boolean;
  /** Which chunks without values are absent; by default all. */
  readonly absent?: (level: number, chunk: Triple) => boolean;
}

/** The options with their defaults. */
export type FieldZarrLayout = Required<Omit<FieldZarrOptions, "side" | "levels">> & { readonly dims: Triple };

/** A file that can be read in parts. */
export interface ZarrFile {
  /** Number of bytes. */
  readonly size: number;
  /** Bytes `[start, end)`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

export class FieldZarr {
  readonly layout: FieldZarrLayout;
  readonly #levels: FieldLevel[] = [];

  constructor(options: FieldZarrOptions) {
    const { side, levels, chunk = 64, dtype = "uint8", version = 3, shard = 1, codec = "none" } = options;
    const { spacing = [1, 1, 1], translations = true, absent = () => true } = options;
    const dims: Triple = typeof side === "number" ? [side, side, side] : side;
    const count = levels ?? Math.max(1, Math.floor(Math.log2(Math.max(...dims) / 128)) + 1);
    const halved = Array.from({ length: count }, (_, level): Triple => [2 ** level, 2 ** level, 2 ** level]);
    const { factors = halved } = options;
    if (shard > 1 && version === 2) throw new RangeError("Zarr 2 has no shards");
    this.layout = { dims, factors, chunk, dtype, version, shard, codec, spacing, translations, absent };
  }

  /** The field at a level: what the chunks hold. */
  level(level: number): FieldLevel {
    this.#levels[level] ??= new FieldLevel(this.layout.dims, gridOf(this.layout, level));
    return this.#levels[level];
  }

  /** The value of a voxel, as stored. */
  stored(level: number, x: number, y: number, z: number): number {
    const value = this.level(level).value(x, y, z) * MOST[this.layout.dtype];
    return this.layout.dtype === "float32" ? Math.fround(value) : Math.floor(value + 0.5);
  }

  /** The file at a path; undefined if there is none. */
  async file(path: string): Promise<ZarrFile | undefined> {
    const { version, factors, shard } = this.layout;
    const metadata = fieldMetadata(this.layout, path);
    if (metadata) return fileOf(new TextEncoder().encode(JSON.stringify(metadata)));
    const [, level = "", ...zyx] = (version === 2 ? CHUNK_2 : CHUNK_3).exec(path) ?? [];
    if (level === "" || Number(level) >= factors.length) return undefined;
    const [z, y, x] = zyx.map(Number);
    if (shard === 1) {
      const part = this.#part(Number(level), [x, y, z]);
      return part && fileOf(await part.bytes());
    }
    return ShardFile.of(this.#shardParts(Number(level), [x, y, z]));
  }

  /** The chunks of a shard, x fastest; those that are absent are undefined. */
  #shardParts(level: number, at: Triple): (Part | undefined)[] {
    const { shard } = this.layout;
    return Array.from({ length: shard ** 3 }, (_, i) => {
      const [x, y, z] = [i % shard, Math.floor(i / shard) % shard, Math.floor(i / shard ** 2)];
      return this.#part(level, [at[0] * shard + x, at[1] * shard + y, at[2] * shard + z]);
    });
  }

  /** A chunk; undefined if it is absent or outside the array. */
  #part(level: number, at: Triple): Part | undefined {
    const { chunk, dtype, codec, absent } = this.layout;
    const field = this.level(level);
    const start = at.map((i) => i * chunk) as unknown as Triple;
    if (start.some((first, axis) => first >= field.grid.dims[axis])) return undefined;
    const end = start.map((first, axis) =>
      Math.min(first + chunk, field.grid.dims[axis]),
    ) as unknown as Triple;
    if (field.isEmpty(start, end) && absent(level, at)) return undefined;
    const values = () => {
      const out = new ARRAYS[dtype](chunk ** 3);
      field.fill(start, end, out, [chunk, chunk], MOST[dtype]);
      return new Uint8Array(out.buffer);
    };
    const size = codec === "none" ? chunk ** 3 * ARRAYS[dtype].BYTES_PER_ELEMENT : undefined;
    return { size, bytes: async () => encoded(values(), codec) };
  }
}

const CHUNK_2 = /^(\d+)\/(\d+)\/(\d+)\/(\d+)$/;
const CHUNK_3 = /^(\d+)\/c\/(\d+)\/(\d+)\/(\d+)$/;

/** A level in voxels of level 0. */
function gridOf({ dims, factors, translations }: FieldZarrLayout, level: number) {
  const scale = factors[level];
  return {
    dims: dims.map((n, axis) => Math.ceil(n / scale[axis])) as unknown as Triple,
    scale,
    origin: scale.map((factor) => (translations ? 0 : 0.5 - factor / 2)) as unknown as Triple,
  };
}

async function encoded(bytes: Uint8Array, codec: FieldZarrLayout["codec"]): Promise<Uint8Array> {
  if (codec === "gzip") return gzip(bytes, { level: 1 });
  if (codec === "zstd")
    return (await import("numcodecs/zstd")).default.fromConfig({ id: "zstd" }).encode(bytes);
  return bytes;
}

function fileOf(bytes: Uint8Array): ZarrFile {
  return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}
