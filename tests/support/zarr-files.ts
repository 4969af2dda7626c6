/** Writes Zarr v3 arrays with zarrita, shards by hand, and OME-Zarr's metadata. */
import * as zarr from "zarrita";
import { concat } from "./make-volume.ts";
import { type Files, json } from "./zarr.ts";

export interface ArraySpec {
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype?: zarr.NumberDataType;
  readonly codecs?: readonly { readonly name: string; readonly configuration?: Record<string, unknown> }[];
  readonly fill?: number;
  readonly names?: readonly string[];
  /** Value of a voxel, by its index in C order. */
  value(index: number): number;
}

/** Files of an array, as zarrita writes it. Chunks of fill values are written like others. */
export async function arrayFiles(path: string, spec: ArraySpec): Promise<Files> {
  const { shape, chunks, dtype = "uint8", codecs = [], fill = 0, names } = spec;
  const store = new Map<zarr.AbsolutePath, Uint8Array>();
  const array = await zarr.create(zarr.root(store).resolve(path), {
    shape: [...shape],
    chunkShape: [...chunks],
    dtype,
    codecs: codecs.map((codec) => ({ configuration: {}, ...codec })),
    fillValue: fill,
    ...(names && { dimensionNames: [...names] }),
  });
  const length = shape.reduce((product, n) => product * n, 1);
  const data = new SCALARS[dtype as keyof typeof SCALARS](length).map((_, i) => spec.value(i));
  const stride = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
  await zarr.set(array, null, { data, shape: [...shape], stride } as never);
  return Object.fromEntries([...store].map(([key, bytes]) => [key.slice(1), bytes]));
}

const SCALARS = {
  ...{ uint8: Uint8Array, int8: Int8Array, uint16: Uint16Array, int16: Int16Array },
  ...{ uint32: Uint32Array, int32: Int32Array, float32: Float32Array, float64: Float64Array },
};

/** The same array in shards: `files` are those of an array of zarrita's, of which the chunks in `absent` are left out. */
export async function sharded(
  files: Files,
  path: string,
  perShard: readonly number[],
  { first = false, absent = [] as readonly string[] } = {},
): Promise<Files> {
  const start = path === "" ? "" : `${path}/`;
  const metadata = JSON.parse(new TextDecoder().decode(files[`${start}zarr.json`]));
  const chunks: number[] = metadata.chunk_grid.configuration.chunk_shape;
  metadata.chunk_grid.configuration.chunk_shape = chunks.map((n, i) => n * perShard[i]);
  const index_codecs = [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }];
  const configuration = { chunk_shape: chunks, codecs: metadata.codecs, index_codecs };
  metadata.codecs = [
    {
      name: "sharding_indexed",
      configuration: { ...configuration, index_location: first ? "start" : "end" },
    },
  ];
  const shards = new Map<string, Map<number, Uint8Array>>();
  for (const [key, bytes] of Object.entries(files)) {
    if (!key.startsWith(`${start}c/`)) continue;
    const name = key.slice(start.length + 2);
    const position = name.split("/").map(Number);
    const shard = `${start}c/${position.map((p, i) => Math.floor(p / perShard[i])).join("/")}`;
    const at = position.reduce((sum, p, i) => sum * perShard[i] + (p % perShard[i]), 0);
    const known = shards.get(shard) ?? new Map();
    shards.set(shard, absent.includes(name) ? known : known.set(at, bytes));
  }
  const out: Files = { [`${start}zarr.json`]: json(metadata) };
  const count = perShard.reduce((product, n) => product * n, 1);
  for (const [shard, held] of shards) {
    if (held.size === 0) continue;
    const index = new BigUint64Array(2 * count).fill(2n ** 64n - 1n);
    let offset = first ? 16 * count + 4 : 0;
    for (const [at, bytes] of held) {
      index.set([BigInt(offset), BigInt(bytes.length)], 2 * at);
      offset += bytes.length;
    }
    const checked = withCrc32c(new Uint8Array(index.buffer));
    out[shard] = concat(...(first ? [checked] : []), ...held.values(), ...(first ? [] : [checked]));
  }
  return out;
}

/** The same array with chunks that `encode` compresses. */
export async function compressed(
  files: Files,
  codec: { readonly name: string; readonly configuration?: object },
  encode: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Files> {
  const { codecs, ...metadata } = JSON.parse(new TextDecoder().decode(files["zarr.json"]));
  const out: Files = { "zarr.json": json({ ...metadata, codecs: [...codecs, codec] }) };
  for (const [path, bytes] of Object.entries(files))
    if (path !== "zarr.json") out[path] = await encode(bytes);
  return out;
}

/** Bytes with their CRC-32C (RFC 3720, appendix B.4) at the end. */
export function withCrc32c(bytes: Uint8Array): Uint8Array {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  const end = new Uint8Array(4);
  new DataView(end.buffer).setUint32(0, ~crc >>> 0, true);
  return concat(bytes, end);
}

/** An image of version 0.5: its group, with these axes and scales of levels. */
export function imageGroup(
  axes: readonly object[],
  levels: readonly {
    readonly path: string;
    readonly scale?: readonly number[];
    readonly translation?: readonly number[];
  }[],
  more: { readonly multiscales?: object; readonly ome?: object } = {},
): Uint8Array {
  const datasets = levels.map(({ path, scale, translation }) => ({
    path,
    coordinateTransformations: [
      ...(scale ? [{ type: "scale", scale }] : []),
      ...(translation ? [{ type: "translation", translation }] : []),
    ],
  }));
  const ome = { version: "0.5", multiscales: [{ axes, datasets, ...more.multiscales }], ...more.ome };
  return json({ zarr_format: 3, node_type: "group", attributes: { ome } });
}

/** Axes t, c, z, y, x with their types, in micrometres. */
export const AXES = [
  { name: "t", type: "time", unit: "second" },
  { name: "c", type: "channel" },
  ...["z", "y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" })),
];
