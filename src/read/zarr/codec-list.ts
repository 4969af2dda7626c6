/** The codecs of an array, as zarrita needs them; those that are not known are refused by their names. */
import { VoxelVolumeError } from "../../errors.ts";
import { damaged } from "../util/damaged.ts";
import { type Json, listOf, objectOf, textOf } from "./json.ts";

/** The codecs of v3 in the order in which they encode. */
export interface Codecs {
  readonly list: readonly Json[];
  /** Shape of the chunks in a shard, unchecked; undefined without shards. */
  readonly inner?: unknown;
  readonly indexFirst?: boolean;
}

/** Codecs of bytes, by their names in v3; in v2 they have the same. */
const COMPRESSORS = ["blosc", "zstd", "lz4", "gzip", "zlib"];
const KNOWN = ["bytes", "transpose", "crc32c", ...COMPRESSORS];
/** The only filter of v2: it changes the order of the bytes, and not the values. */
const SHUFFLE = "shuffle";

/** Throws `unsupported-format` for a codec that is not known. */
export function codecsOfV2(name: string, array: Json, bigEndian: boolean): Codecs {
  const named = (codec: unknown): Json => {
    const { id, ...configuration } = objectOf(codec);
    return { name: `numcodecs.${textOf(id)}`, configuration };
  };
  const filters = listOf(array.filters).map(named);
  const compressors = array.compressor ? [named(array.compressor)] : [];
  const known = (codecs: readonly Json[], names: readonly string[]) => {
    const other = codecs.find((codec) => !names.some((known) => codec.name === `numcodecs.${known}`));
    if (other) throw unknownCodec(name, `${other.name}`.replace("numcodecs.", ""));
  };
  known(filters, [SHUFFLE, ...COMPRESSORS]);
  known(compressors, COMPRESSORS);
  return {
    list: [
      ...(array.order === "F" ? [{ name: "transpose", configuration: { order: "F" } }] : []),
      { name: "bytes", configuration: { endian: bigEndian ? "big" : "little" } },
      ...filters,
      ...compressors,
    ],
  };
}

/** Throws `unsupported-format` for a codec that is not known, or `corrupt-file`. */
export function codecsOfV3(name: string, codecs: readonly unknown[], rank: number): Codecs {
  // A codec without configuration may be given by its name alone.
  const list = codecs.map((codec) => (typeof codec === "string" ? { name: codec } : objectOf(codec)));
  const sharding = list.find((codec) => codec.name === "sharding_indexed");
  const others = list.filter((codec) => codec !== sharding);
  if (!sharding) return { list: checked(name, list, rank) };
  if (others.length > 0) throw unknownCodec(name, `${textOf(others[0].name)} together with sharding_indexed`);
  const configuration = objectOf(sharding.configuration);
  // The index has an axis more, for offset and length.
  const [inner, index] = [configuration.codecs, configuration.index_codecs].map((own, i) =>
    checked(name, codecsOfV3(name, listOf(own), rank + i).list, rank + i),
  );
  // The size of an index must be known before it is read.
  const sized = index.find((codec) => !["bytes", "crc32c"].includes(`${codec.name}`));
  if (sized) throw unknownCodec(name, `${sized.name} for the index of shards`);
  return {
    list: [{ name: sharding.name, configuration: { ...configuration, codecs: inner, index_codecs: index } }],
    inner: configuration.chunk_shape,
    indexFirst: configuration.index_location === "start",
  };
}

/** The codecs, if all are known and those of numbers come before those of bytes. */
function checked(name: string, list: readonly Json[], rank: number): readonly Json[] {
  const other = list.find((codec) => !KNOWN.includes(`${codec.name}`));
  if (other) throw unknownCodec(name, textOf(other.name) ?? "without a name");
  const bytes = list.flatMap((codec, i) => (codec.name === "bytes" ? [i] : []));
  if (bytes.length > 1) throw damaged(name, "claims the codec bytes twice");
  // zarrita leaves it out, and takes it for little-endian then.
  const first = bytes[0] ?? list.findIndex((codec) => codec.name !== "transpose");
  const misplaced = list.find((codec, i) => codec.name === "transpose" && first >= 0 && i > first);
  if (misplaced) throw damaged(name, "claims the codec transpose after bytes");
  for (const { name: codec, configuration } of list) {
    const { order } = objectOf(configuration);
    const isOrder = order === "C" || order === "F" || isPermutation(listOf(order), rank);
    if (codec === "transpose" && !isOrder)
      throw damaged(name, `claims the order of axes ${JSON.stringify(order)?.slice(0, 60)}`);
  }
  return list;
}

const isPermutation = (list: readonly unknown[], length: number) =>
  list.length === length && Array.from(list.keys()).every((axis) => list.includes(axis));

function unknownCodec(name: string, codec: string): VoxelVolumeError {
  const message = `${name} is compressed with the codec ${codec.slice(0, 60)}, which is not supported. Save it again with blosc, zstd, lz4, gzip or none.`;
  return new VoxelVolumeError("unsupported-format", message);
}
