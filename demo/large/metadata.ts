/** Metadata of the field's OME-Zarr: of its group (0.4 or 0.5) and of its arrays (Zarr 2 or 3). */

import type { FieldZarrLayout } from "./zarr.ts";

/** The contents of a metadata file; undefined for another path. */
export function fieldMetadata(layout: FieldZarrLayout, path: string): object | undefined {
  const [, level = "", name] = /^(?:(\d+)\/)?([^/]+)$/.exec(path) ?? [];
  if (level !== "" && Number(level) >= layout.factors.length) return undefined;
  if (layout.version === 3) {
    if (name !== "zarr.json") return undefined;
    return level === "" ? group3(layout) : array3(layout, Number(level));
  }
  if (level !== "") return name === ".zarray" ? array2(layout, Number(level)) : undefined;
  if (name === ".zgroup") return { zarr_format: 2 };
  return name === ".zattrs" ? { multiscales: [{ version: "0.4", ...multiscale(layout) }] } : undefined;
}

function multiscale({ factors, spacing, translations }: FieldZarrLayout) {
  return {
    name: "field",
    axes: ["z", "y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" })),
    datasets: factors.map((factor, level) => {
      const scale = factor.map((times, axis) => times * spacing[axis]).reverse();
      const translation = factor.map((times, axis) => ((times - 1) / 2) * spacing[axis]).reverse();
      return {
        path: `${level}`,
        coordinateTransformations: [
          { type: "scale", scale },
          ...(translations ? [{ type: "translation", translation }] : []),
        ],
      };
    }),
  };
}

function group3(layout: FieldZarrLayout) {
  const ome = { version: "0.5", multiscales: [multiscale(layout)] };
  return { zarr_format: 3, node_type: "group", attributes: { ome } };
}

function shapeOf({ dims, factors }: FieldZarrLayout, level: number): number[] {
  return dims.map((n, axis) => Math.ceil(n / factors[level][axis])).reverse();
}

const cube = (side: number) => [side, side, side];

function array3(layout: FieldZarrLayout, level: number) {
  const { chunk, shard, dtype, codec } = layout;
  const bytes = { name: "bytes", configuration: { endian: "little" } };
  const configuration = { level: 1, ...(codec === "zstd" && { checksum: false }) };
  const codecs = codec === "none" ? [bytes] : [bytes, { name: codec, configuration }];
  const sharding = {
    name: "sharding_indexed",
    configuration: {
      chunk_shape: cube(chunk),
      codecs,
      index_codecs: [bytes, { name: "crc32c" }],
      index_location: "end",
    },
  };
  return {
    zarr_format: 3,
    node_type: "array",
    shape: shapeOf(layout, level),
    data_type: dtype,
    chunk_grid: { name: "regular", configuration: { chunk_shape: cube(chunk * shard) } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: 0,
    codecs: shard > 1 ? [sharding] : codecs,
    attributes: {},
    dimension_names: ["z", "y", "x"],
  };
}

function array2(layout: FieldZarrLayout, level: number) {
  const { chunk, dtype, codec } = layout;
  return {
    zarr_format: 2,
    shape: shapeOf(layout, level),
    chunks: cube(chunk),
    dtype: { uint8: "|u1", uint16: "<u2", float32: "<f4" }[dtype],
    compressor: codec === "none" ? null : { id: codec, level: 1 },
    fill_value: 0,
    order: "C",
    filters: null,
    dimension_separator: "/",
  };
}
