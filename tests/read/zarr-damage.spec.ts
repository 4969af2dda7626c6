/** Zarr folders with wrong or hostile metadata and chunks give one clear error, before anything large is allocated. */
import { gzipSync } from "node:zlib";
import Blosc from "numcodecs/blosc";
import Zstd from "numcodecs/zstd";
import { expect, test } from "playwright/test";
import type { ErrorCode } from "../../src/errors.ts";
import { type Files, folderSource, json } from "../support/zarr.ts";
import { AXES, arrayFiles, compressed, imageGroup, sharded, withCrc32c } from "../support/zarr-files.ts";
import { expectError, read } from "./support.ts";

/** Metadata of v3 that are right, for parts to be replaced. */
const ARRAY = {
  zarr_format: 3,
  node_type: "array",
  shape: [4, 4, 4],
  data_type: "uint8",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 2, 2] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [{ name: "bytes" }],
  fill_value: 0,
  attributes: {},
};
const V2 = {
  zarr_format: 2,
  shape: [4, 4, 4],
  chunks: [2, 2, 2],
  dtype: "<i2",
  compressor: null,
  fill_value: 0,
  order: "C",
  filters: null,
};

const chunks = (...chunk_shape: unknown[]) => ({
  chunk_grid: { name: "regular", configuration: { chunk_shape } },
});
const sharding = (configuration: object, ...more: object[]) => ({
  codecs: [
    ...more,
    {
      name: "sharding_indexed",
      configuration: { codecs: [{ name: "bytes" }], index_codecs: [{ name: "bytes" }], ...configuration },
    },
  ],
});

const refused = (files: Files, code: ErrorCode, ...words: string[]) =>
  expectError(read(folderSource(files)), code, ...words);

test("the metadata that the cases change are right", async () => {
  const right: Files[] = [{ "zarr.json": json(ARRAY) }, { ".zarray": json(V2) }];
  for (const files of right) expect((await read(folderSource(files))).dims).toEqual([4, 4, 4]);
});

test("arrays of v3", async () => {
  const inner = { chunk_shape: [2, 2, 2] };
  const cases: [part: object, code: ErrorCode, words: string][] = [
    [{ shape: [4, -4, 4] }, "corrupt-file", "claims the shape [4,-4,4]"],
    [{ shape: [4, 2.5, 4] }, "corrupt-file", "claims the shape"],
    [{ shape: [4, 0, 4] }, "corrupt-file", "is empty"],
    [{ shape: "4" }, "corrupt-file", "claims the shape"],
    [{ shape: undefined }, "corrupt-file", "claims the shape undefined"],
    [{ shape: Array(40).fill(1) }, "corrupt-file", "claims the shape"],
    [{ shape: [2 ** 40, 2 ** 40, 2 ** 40] }, "corrupt-file", "claims the shape"],
    [
      { shape: [4, 4, 4, 4, 4, 4], ...chunks(2, 2, 2, 2, 2, 2) },
      "unsupported-format",
      "not that of a 3-D image",
    ],
    [chunks(2, 2), "corrupt-file", "claims chunks of 2 x 2"],
    [chunks(2, 2, 0), "corrupt-file", "claims chunks of 2 x 2 x 0"],
    [chunks(2048, 2048, 2048), "unsupported-format", "more than 512 MiB"],
    [{ chunk_grid: { name: "rectangular" } }, "unsupported-format", "on the grid rectangular"],
    [{ chunk_key_encoding: { name: "odd" } }, "unsupported-format", "keys of the kind odd"],
    [{ data_type: "complex64" }, "unsupported-format", 'the type "complex64"'],
    [{ data_type: { name: "struct" } }, "unsupported-format", "the type"],
    [{ fill_value: "red" }, "corrupt-file", 'the fill value "red"'],
    [{ fill_value: 1.5 }, "corrupt-file", "the fill value 1.5"],
    [{ codecs: [{ name: "bytes" }, { name: "jpeg2k" }] }, "unsupported-format", "codec jpeg2k"],
    [{ codecs: [{ name: "bytes" }, {}] }, "unsupported-format", "codec without a name"],
    [{ codecs: [{ name: "bytes" }, { name: "bytes" }] }, "corrupt-file", "bytes twice"],
    [
      { codecs: [{ name: "bytes" }, { name: "transpose", configuration: { order: [0, 1, 2] } }] },
      "corrupt-file",
      "transpose after bytes",
    ],
    [
      { codecs: [{ name: "transpose", configuration: { order: [0, 0, 1] } }, { name: "bytes" }] },
      "corrupt-file",
      "the order of axes [0,0,1]",
    ],
    [sharding({ chunk_shape: [2, 2, 3] }), "corrupt-file", "in shards of"],
    [
      { ...chunks(2 ** 10, 2 ** 10, 2 ** 10), ...sharding({ chunk_shape: [1, 1, 1] }) },
      "corrupt-file",
      "in shards of",
    ],
    [
      sharding({ ...inner, index_codecs: [{ name: "bytes" }, { name: "gzip" }] }),
      "unsupported-format",
      "gzip for the index",
    ],
    [
      sharding({ ...inner, ...{ codecs: sharding(inner).codecs } }),
      "unsupported-format",
      "codec sharding_indexed",
    ],
    [
      sharding(inner, { name: "transpose" }),
      "unsupported-format",
      "transpose together with sharding_indexed",
    ],
  ];
  for (const [part, code, words] of cases)
    await refused({ "zarr.json": json({ ...ARRAY, ...part }) }, code, words);
});

test("arrays of v2", async () => {
  for (const [part, code, words] of [
    [{ dtype: "<c8" }, "unsupported-format", 'the type "<c8"'],
    [{ dtype: [["a", "<i2"]] }, "unsupported-format", "the type"],
    [{ compressor: { id: "bz2" } }, "unsupported-format", "codec bz2"],
    [{ filters: [{ id: "delta", dtype: "<i2" }] }, "unsupported-format", "codec delta"],
    [{ chunks: null }, "corrupt-file", "claims the chunks null"],
  ] as const)
    await refused({ ".zarray": json({ ...V2, ...part }) }, code, words);
  // Fields that are missing have the usual values.
  const { shape, chunks, dtype } = V2;
  expect((await read(folderSource({ ".zarray": json({ shape, chunks, dtype }) }))).data).toHaveLength(128);
});

test("images", async () => {
  const array = await arrayFiles("0", { shape: [1, 1, 2, 2, 2], chunks: [1, 1, 2, 2, 2], value: (i) => i });
  const group = (...parts: Parameters<typeof imageGroup>) => ({
    ...array,
    "zarr.json": imageGroup(...parts),
  });
  await refused(
    group(AXES, [{ path: "../../secret" }]),
    "corrupt-file",
    '"../../secret"',
    "not below the folder",
  );
  await refused(group(AXES, [{ path: "a\\..\\b" }]), "corrupt-file", "not below the folder");
  await refused(group(AXES, [{ path: "1" }]), "corrupt-file", "1 is not there");
  await refused(group(AXES, []), "corrupt-file", "claims 0 levels");
  await refused(group(AXES, Array(1000).fill({ path: "0" })), "corrupt-file", "claims 1,000 levels");
  await refused(
    group(AXES.slice(1), [{ path: "0" }]),
    "unsupported-format",
    "has 5 axes, but its metadata name 4",
  );
  await refused(group(AXES, [{ path: "0", scale: [1, 1, 0, 1, 1] }]), "corrupt-file", "the transformation");
  await refused(group(AXES, [{ path: "0", scale: [1, 1] }]), "corrupt-file", "the transformation");
  await refused(group(AXES, [{ path: "0" }, { path: "large" }]), "corrupt-file", "large is not there");
  const large = await arrayFiles("large", {
    shape: [1, 1, 4, 4, 4],
    chunks: [1, 1, 4, 4, 4],
    value: (i) => i,
  });
  const files = { ...large, ...group(AXES, [{ path: "0" }, { path: "large" }]) };
  await refused(files, "corrupt-file", "large is a level of uint8 of 1 x 1 x 4 x 4 x 4 below one");
  // A group whose path is that of the image itself.
  await refused({ "zarr.json": imageGroup(AXES, [{ path: "." }]) }, "corrupt-file", "no array");
});

test("files that are no JSON, or none at all", async () => {
  const text = (content: string) => new TextEncoder().encode(content);
  await refused({ "zarr.json": text("<html>Sign in</html>") }, "corrupt-file", "a web page", "signing in");
  await refused({ ".zattrs": text("{"), ".zgroup": text("[]") }, "corrupt-file", "not the JSON");
  await refused({}, "entry-not-found", "no Zarr folder");
  await refused(
    { "zarr.json": json({ zarr_format: 3, node_type: "group" }) },
    "entry-not-found",
    "without an image",
  );
  // A page for every file that is missing does not hide the others.
  const page = { "zarr.json": text("<html>"), ".zattrs": text("<html>"), ".zarray": json(V2) };
  expect((await read(folderSource(page))).dims).toEqual([4, 4, 4]);
});

test("chunks that claim more than they may have, or are damaged", async () => {
  const plain = await arrayFiles("", { shape: [2, 2, 2], chunks: [2, 2, 2], value: (i) => i });
  const huge = new Uint8Array(2 ** 24);
  const config = { id: "blosc", cname: "zstd", clevel: 5, shuffle: 1, blocksize: 0 };
  for (const [name, bomb] of [
    ["gzip", new Uint8Array(gzipSync(huge))],
    ["zstd", await Zstd.fromConfig({ id: "zstd", level: 3 }).encode(huge)],
    ["blosc", await Blosc.fromConfig(config).encode(huge)],
    ["lz4", Uint8Array.of(255, 255, 255, 127, 0)],
  ] as const) {
    const codec = { name, configuration: {} };
    await refused(await compressed(plain, codec, () => bomb), "corrupt-file", "chunk (0, 0, 0) is damaged");
    const noise = Uint8Array.of(1, 2, 3, 4, 5, 6, 7);
    await refused(await compressed(plain, codec, () => noise), "corrupt-file", "chunk (0, 0, 0)");
    await refused(await compressed(plain, codec, () => new Uint8Array()), "corrupt-file", "chunk (0, 0, 0)");
  }
});

test("chunks of Blosc that break off", async () => {
  const value = (i: number) => (i * i) % 251;
  const plain = await arrayFiles("", { shape: [32, 32, 32], chunks: [32, 32, 32], value });
  for (const cname of ["lz4", "blosclz", "zstd"]) {
    const blosc = Blosc.fromConfig({ id: "blosc", cname, clevel: 5, shuffle: 1, blocksize: 0 });
    for (const share of [0.5, 0.99]) {
      const broken = async (data: Uint8Array) => {
        const whole = await blosc.encode(data);
        return whole.slice(0, share * whole.length);
      };
      const files = await compressed(plain, { name: "blosc", configuration: {} }, broken);
      await refused(files, "corrupt-file", "chunk (0, 0, 0) is damaged", "break off");
    }
  }
});

test("an index of a shard that points to an impossible place", async () => {
  const plain = await arrayFiles("", { shape: [2, 2, 2], chunks: [2, 2, 2], value: (i) => i });
  const files = await sharded(plain, "", [1, 1, 1]);
  for (const [offset, length] of [
    [0n, 2n ** 62n],
    [2n ** 62n, 8n],
    [100n, 8n],
    [0n, 7n],
  ]) {
    const index = new Uint8Array(new BigUint64Array([offset, length]).buffer);
    await refused({ ...files, "c/0/0/0": withCrc32c(index) }, "corrupt-file", "chunk (0, 0, 0)");
  }
  await refused({ ...files, "c/0/0/0": new Uint8Array(3) }, "corrupt-file", "chunk (0, 0, 0)");
});
