/** arrayOf: checks the metadata of an array, and describes it as zarrita needs it. */
import { VoxelVolumeError } from "../../errors.ts";
import { DTYPES, type Dtype } from "../../volume.ts";
import { damaged } from "../util/damaged.ts";
import { type Codecs, codecsOfV2, codecsOfV3 } from "./codec-list.ts";
import { fillOf } from "./fill-value.ts";
import { type Json, listOf, objectOf, textOf } from "./json.ts";
import type { Node } from "./node.ts";

/** An array whose metadata have been checked. */
export interface ArrayInfo {
  /** Path below the root. */
  readonly path: string;
  readonly shape: readonly number[];
  /** Shape of the smallest part that is read at once: a chunk or, within a shard, an inner chunk. */
  readonly chunks: readonly number[];
  readonly dtype: Dtype;
  /** Names of the axes, if the array itself has them. */
  readonly names?: readonly (string | undefined)[];
  readonly attributes: Json;
  /** Metadata of v3, with unsigned integers of the same size instead of the type, so that values stay as stored. */
  readonly metadata: Json;
  /** Set if the index of a shard is at its beginning. */
  readonly indexFirst?: true;
}

/** Most bytes of a decoded chunk. */
const MOST_CHUNK = 2 ** 29;
/** Most axes that are looked at. */
const MOST_AXES = 32;

/** Throws `corrupt-file` or `unsupported-format`. */
export function arrayOf({ path, version, array = {}, attributes }: Node): ArrayInfo {
  const name = path || "The array";
  const shape = lengthsOf(name, "shape", array.shape);
  if (shape.includes(0)) throw damaged(name, `is empty: it claims the shape ${shape.join(" x ")}`);
  const type = version === 2 ? typeOfV2(name, array) : typeOfV3(name, array);
  const grid = objectOf(array.chunk_grid);
  if (version === 3 && grid.name !== "regular")
    throw refusal(
      name,
      `has chunks on the grid ${textOf(grid.name) ?? "without a name"}, not on a regular one`,
    );
  const outer = lengthsOf(
    name,
    "chunks",
    version === 2 ? array.chunks : objectOf(grid.configuration).chunk_shape,
  );
  const codecs: Codecs =
    version === 2
      ? codecsOfV2(name, array, type.bigEndian)
      : codecsOfV3(name, listOf(array.codecs), shape.length);
  const inner = "inner" in codecs ? lengthsOf(name, "chunk_shape", codecs.inner) : outer;
  const size = DTYPES[type.dtype];
  for (const chunks of [outer, inner]) {
    if (chunks.length !== shape.length || chunks.includes(0))
      throw damaged(name, `claims chunks of ${chunks.join(" x ")} in an array of ${shape.join(" x ")}`);
  }
  const bytes = inner.reduce((product, n) => product * n, size);
  if (bytes > MOST_CHUNK)
    throw refusal(name, `has chunks of ${bytes.toLocaleString("en")} bytes, more than 512 MiB`);
  const perShard = outer.reduce((product, n, i) => product * (n / inner[i]), 1);
  if (!outer.every((n, i) => n % inner[i] === 0) || perShard > MOST_PER_SHARD)
    throw damaged(name, `claims chunks of ${inner.join(" x ")} in shards of ${outer.join(" x ")}`);
  const separator = textOf(array.dimension_separator) ?? ".";
  const encoding = objectOf(array.chunk_key_encoding);
  if (version === 3 && !["default", "v2"].includes(`${encoding.name}`))
    throw refusal(name, `has chunks with keys of the kind ${textOf(encoding.name) ?? "without a name"}`);
  return {
    path,
    shape,
    chunks: inner,
    dtype: type.dtype,
    ...namesOf(array.dimension_names ?? attributes._ARRAY_DIMENSIONS, shape.length),
    attributes,
    metadata: {
      zarr_format: 3,
      node_type: "array",
      shape,
      data_type: `uint${8 * size}`,
      chunk_grid: { name: "regular", configuration: { chunk_shape: outer } },
      chunk_key_encoding:
        version === 2
          ? { name: "v2", configuration: { separator } }
          : { name: encoding.name, configuration: objectOf(encoding.configuration) },
      codecs: codecs.list,
      fill_value: fillOf(name, array.fill_value, type.dtype),
      attributes: {},
    },
    ...(codecs.indexFirst && { indexFirst: true }),
  };
}

/** Most chunks in a shard; the index of a shard has 16 bytes for each. */
const MOST_PER_SHARD = 2 ** 22;

/** A list of lengths; throws `corrupt-file` for anything else. */
function lengthsOf(name: string, key: string, value: unknown): readonly number[] {
  const list = listOf(value);
  const isLengths =
    list.length <= MOST_AXES && list.every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
  const voxels = isLengths ? (list as number[]).reduce((product, n) => product * n, 1) : Number.NaN;
  if (!Array.isArray(value) || !(voxels <= Number.MAX_SAFE_INTEGER))
    throw damaged(name, `claims the ${key} ${JSON.stringify(value)?.slice(0, 80)}`);
  return list as number[];
}

function typeOfV2(name: string, { dtype }: Json): { dtype: Dtype; bigEndian: boolean } {
  const [, order, kind = "", bytes] = /^([<>|=])([a-zA-Z])(\d+)$/.exec(textOf(dtype) ?? "") ?? [];
  const known = `${{ b: "uint", u: "uint", i: "int", f: "float" }[kind]}${8 * Number(bytes)}`;
  if (!(known in DTYPES) || (kind === "b" && bytes !== "1")) throw typeRefusal(name, dtype);
  return { dtype: known as Dtype, bigEndian: order === ">" };
}

function typeOfV3(name: string, { data_type }: Json): { dtype: Dtype; bigEndian: boolean } {
  const known = data_type === "bool" ? "uint8" : `${textOf(data_type)}`;
  if (!Object.hasOwn(DTYPES, known)) throw typeRefusal(name, data_type);
  return { dtype: known as Dtype, bigEndian: false };
}

const typeRefusal = (name: string, dtype: unknown) =>
  refusal(name, `has values of the type ${JSON.stringify(dtype)?.slice(0, 60)}, not real numbers`);

/** The error for an array that is valid, but not supported. */
function refusal(name: string, what: string): VoxelVolumeError {
  return new VoxelVolumeError("unsupported-format", `${name} ${what}. Save it again with other settings.`);
}

function namesOf(value: unknown, length: number): { names?: readonly (string | undefined)[] } {
  const names = listOf(value).map(textOf);
  return names.length === length && names.some(Boolean) ? { names } : {};
}
