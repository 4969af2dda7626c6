/** registerCodecs: gives zarrita the codecs whose output is limited to a chunk; slow ones work in workers. */
import { VoxelVolumeError } from "../../errors.ts";
import { inflateStream, take } from "../containers/inflate.ts";
import { streamOf } from "../util/byte-file.ts";
import { bloscLength, claimedBytes } from "./claimed-bytes.ts";
import { decodeInPool } from "./decode-pool.ts";
import { type Blocking, NoDecoder } from "./decoders.ts";

/** What zarrita tells a codec about the chunk. */
interface ChunkMeta {
  readonly dataType: string;
  readonly shape: readonly number[];
}

interface Codec {
  readonly kind: "bytes_to_bytes";
  encode(): never;
  decode(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Bytes by which the output of a codec may exceed the chunk: another codec's checksums and headers. */
const EXCESS = 2 ** 16;

type Decode = (bytes: Uint8Array, most: number) => Promise<Uint8Array>;

/** Replaces codecs, under their names in both versions of Zarr. */
export function registerCodecs(registry: Map<string, () => unknown>): void {
  const decoders: readonly (readonly [string, Decode])[] = [
    ...(["blosc", "zstd", "lz4"] as const).map((name) => [name, blocking(name)] as const),
    ["gzip", inflating("gzip")],
    ["zlib", inflating("deflate")],
  ];
  for (const [name, decode] of decoders) {
    const codec = {
      fromConfig: (_: unknown, { dataType, shape }: ChunkMeta): Codec => ({
        kind: "bytes_to_bytes",
        encode: () => {
          throw new VoxelVolumeError("unsupported-format", "Zarr arrays are read only.");
        },
        decode: (bytes) => {
          const size = Number(/\d+$/.exec(dataType)) / 8;
          return decode(bytes, shape.reduce((product, n) => product * n, size) + EXCESS);
        },
      }),
    };
    for (const key of [name, `numcodecs.${name}`]) registry.set(key, () => codec);
  }
}

function blocking(codec: Blocking): Decode {
  return async (bytes, most) => {
    // These decoders allocate what the data claim.
    const claimed = claimedBytes(codec, bytes);
    if (claimed > most) throw new Error(`it claims ${claimed.toLocaleString("en")} bytes`);
    if (codec === "blosc" && bloscLength(bytes) > bytes.length)
      throw new Error("its compressed data break off");
    return decodeInPool(codec, bytes).catch((error) => {
      throw error instanceof NoDecoder
        ? new VoxelVolumeError("unsupported-format", error.message, { cause: error })
        : error;
    });
  };
}

function inflating(format: CompressionFormat): Decode {
  return async (bytes, most) => {
    const stream = inflateStream(streamOf([bytes]), format);
    try {
      return await take("A chunk", stream, [0, most], most - EXCESS, { isLast: true });
    } catch (error) {
      // Reported with the chunk.
      const isDamage = error instanceof VoxelVolumeError && error.code === "corrupt-file";
      throw isDamage ? new Error("its compressed data break off or are wrong", { cause: error }) : error;
    }
  };
}
