/** Zarr v3 arrays as zarrita writes them, also in shards. */
import { deflateSync, gzipSync } from "node:zlib";
import Blosc from "numcodecs/blosc";
import LZ4 from "numcodecs/lz4";
import Zstd from "numcodecs/zstd";
import { expect, test } from "playwright/test";
import { folderSource, json, MemoryFolder } from "../support/zarr.ts";
import { type ArraySpec, arrayFiles, compressed, sharded, withCrc32c } from "../support/zarr-files.ts";
import { DTYPES } from "./fuzz/seeds.ts";
import { expectError, read, values } from "./support.ts";

/** Axes z, y, x; the value tells the index in C order. */
const spec: ArraySpec = {
  ...{ shape: [5, 6, 7], chunks: [2, 3, 4], names: ["z", "y", "x"] },
  value: (i) => (i * 37) % 127,
};
const expected = Array.from({ length: 5 * 6 * 7 }, (_, i) => spec.value(i));

const scalars = (type: string) => (globalThis as unknown as Record<string, Float64ArrayConstructor>)[type];

test("all types, with the axes of their names", async () => {
  for (const dtype of DTYPES) {
    const volume = await read(folderSource(await arrayFiles("", { ...spec, dtype })));
    expect(volume).toMatchObject({ dims: [7, 6, 5], dtype, spacing: [1, 1, 1], unitless: true });
    const kind = { u: "Uint", i: "Int", f: "Float" }[dtype[0]];
    const Scalars = scalars(`${kind}${Number(/\d+/.exec(dtype))}Array`);
    expect([...new Scalars(volume.data.buffer)]).toEqual(expected);
  }
});

test("byte orders and transposed chunks", async () => {
  const bytes = (endian: string) => ({ name: "bytes", configuration: { endian } });
  const transposed = { name: "transpose", configuration: { order: [2, 0, 1] } };
  for (const codecs of [[bytes("little")], [bytes("big")], [transposed, bytes("little")], [transposed]]) {
    const volume = await read(folderSource(await arrayFiles("", { ...spec, dtype: "int16", codecs })));
    expect([...new Int16Array(volume.data.buffer)], JSON.stringify(codecs)).toEqual(expected);
  }
});

test("compressors and checksums", async () => {
  const plain = await arrayFiles("", { ...spec, dtype: "int32" });
  const config = { cname: "zstd", clevel: 5, shuffle: 2, blocksize: 0 };
  for (const [name, configuration, encode] of [
    ["gzip", { level: 1 }, gzipSync],
    ["zlib", { level: 1 }, deflateSync],
    ["zstd", { level: 3 }, (data: Uint8Array) => Zstd.fromConfig({ id: "zstd", level: 3 }).encode(data)],
    [
      "blosc",
      { ...config, shuffle: "bitshuffle" },
      (data: Uint8Array) => Blosc.fromConfig({ id: "blosc", ...config }).encode(data),
    ],
    ["lz4", {}, (data: Uint8Array) => LZ4.fromConfig({ id: "lz4" }).encode(data)],
    ["crc32c", {}, withCrc32c],
  ] as const) {
    const volume = await read(folderSource(await compressed(plain, { name, configuration }, encode)));
    expect([...new Int32Array(volume.data.buffer)], name).toEqual(expected);
  }
});

test("chunks that are absent have the fill value, in all its forms", async () => {
  const files = await arrayFiles("", { ...spec, dtype: "float32", chunks: [5, 6, 7] });
  const metadata = JSON.parse(new TextDecoder().decode(files["zarr.json"]));
  const cases: [fill: unknown, dtype: string, value: number | bigint][] = [
    ...([
      [2.5, "float32", 2.5],
      ["NaN", "float32", Number.NaN],
      ["-Infinity", "float64", -Infinity],
    ] as const),
    ...([
      ["0x7fc00000", "float32", Number.NaN],
      [-3, "int16", -3],
      [7, "uint64", 7n],
      [2 ** 64, "uint64", 2n ** 64n - 1n],
    ] as const),
    ...([
      [true, "bool", 1],
      [null, "uint8", 0],
      ["Infinity", "float32", Infinity],
    ] as const),
  ].map(([fill, dtype, value]) => [fill, dtype, value] as [unknown, string, number | bigint]);
  for (const [fill_value, data_type, value] of cases) {
    const volume = await read(folderSource({ "zarr.json": json({ ...metadata, fill_value, data_type }) }));
    const kind = { b: "Uint8", f: "Float", i: "Int", u: data_type === "uint64" ? "BigUint" : "Uint" }[
      data_type[0]
    ];
    const type = data_type === "bool" ? "Uint8Array" : `${kind}${Number(/\d+/.exec(data_type))}Array`;
    const Scalars = scalars(type);
    expect([...new Set(new Scalars(volume.data.buffer))], `${fill_value} ${data_type}`).toEqual([value]);
  }
  for (const [fill_value, bits] of [
    ["NaN", 0x7e00],
    [1.5, 0x3e00],
    [2 ** -24, 1],
    [-65519, 0xfbff],
    [1e6, 0x7c00],
  ]) {
    const volume = await read(
      folderSource({ "zarr.json": json({ ...metadata, fill_value, data_type: "float16" }) }),
    );
    expect([...new Set(new Uint16Array(volume.data.buffer))], `${fill_value} float16`).toEqual([bits]);
  }
});

test.describe("shards", () => {
  test("with the index at the end or the beginning", async () => {
    for (const first of [false, true]) {
      const plain = await arrayFiles("", { ...spec, shape: [5, 6, 7] });
      const folder = new MemoryFolder(await sharded(plain, "", [2, 2, 1], { first }));
      expect(await values(folderSource(folder))).toEqual(expected);
    }
  });

  test("the index is read once a shard, and what it lacks is not asked for", async () => {
    const plain = await arrayFiles("", { ...spec, fill: 9 });
    const absent = ["0/0/0", "2/0/0", "2/0/1", "2/1/0", "2/1/1"];
    const folder = new MemoryFolder(await sharded(plain, "", [2, 2, 1], { absent }));
    const found = await values(folderSource(folder));
    expect(found.slice(0, 5)).toEqual([9, 9, 9, 9, expected[4]]);
    expect(found.at(-1)).toBe(9);
    const asked = folder.asked.filter((path) => path.startsWith("c/"));
    // Shards 0/0/0 and 0/0/1 have 7 chunks; those of the last slices are not there at all.
    expect(asked.filter((path) => path.startsWith("c/0")).length).toBe(2 + 7);
    expect(asked.filter((path) => path.startsWith("c/1")).length).toBe(2);
  });

  test("a damaged index and an impossible one are reported", async () => {
    const files = await sharded(await arrayFiles("", spec), "", [2, 2, 1]);
    const damaged = files["c/0/0/0"].slice();
    damaged[damaged.length - 10] ^= 1;
    await expectError(read(folderSource({ ...files, "c/0/0/0": damaged })), "corrupt-file", "damaged");
  });
});
