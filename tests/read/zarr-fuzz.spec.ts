/** Zarr metadata with any value replaced, and chunks with any byte, give a valid volume or a clear error. */
import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import { type Files, folderSource, json } from "../support/zarr.ts";
import { AXES, arrayFiles, compressed, imageGroup, sharded } from "../support/zarr-files.ts";
import { read } from "./support.ts";

const RUNS = 1000;
/** What replaces a value. */
const VALUES = [
  ...[
    null,
    true,
    0,
    -1,
    1,
    2,
    3,
    0.5,
    1e9,
    2 ** 31,
    2 ** 53,
    1e300,
    -0,
    "",
    ".",
    "..",
    "0",
    "c",
    "F",
    "NaN",
    "0x7",
    "uint64",
  ],
  ...[
    [],
    {},
    [1],
    [2, 2, 2],
    [0, 0, 0],
    [1e9, 1e9, 1e9],
    ["x", "y", "z"],
    [[1]],
    { name: "bytes" },
    [{ name: "gzip" }],
  ],
];

/** A generator of pseudo-random integers below a limit (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** The value with one of its parts, at any depth, replaced, removed or added. */
function changed(value: unknown, random: (below: number) => number): unknown {
  const isInside = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  if (!isInside || random(6) === 0) return VALUES[random(VALUES.length)];
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[random(keys.length)];
  if (random(10) === 0) delete copy[key];
  else copy[key] = changed(copy[key], random);
  return Array.isArray(value) ? (copy as unknown as unknown[]).filter(() => true) : copy;
}

async function seeds(): Promise<Files[]> {
  const spec = { shape: [4, 4, 4], chunks: [2, 2, 2], names: ["z", "y", "x"], value: (i: number) => i };
  const plain = await arrayFiles("", spec);
  const gzip = { name: "gzip", configuration: { level: 1 } };
  const { gzipSync } = await import("node:zlib");
  const level = (path: string, n: number) =>
    arrayFiles(path, { ...spec, shape: [1, 1, n, n, n], chunks: [1, 1, 2, 2, 2], names: undefined });
  const omero = { channels: [{ label: "a", color: "ff0000", window: { start: 0, end: 1 } }] };
  const levels = [
    { path: "0", scale: [1, 1, 1, 1, 1] },
    { path: "1", scale: [1, 1, 2, 2, 2], translation: [0, 0, 1, 1, 1] },
  ];
  return [
    plain,
    await compressed(plain, gzip, (bytes) => new Uint8Array(gzipSync(bytes))),
    await sharded(plain, "", [2, 2, 2]),
    {
      ...(await level("0", 4)),
      ...(await level("1", 2)),
      "zarr.json": imageGroup(AXES, levels, { ome: { omero } }),
    },
    {
      ".zarray": json({
        zarr_format: 2,
        shape: [4, 4, 4],
        chunks: [2, 2, 2],
        dtype: "<i2",
        compressor: { id: "zstd", level: 3 },
        fill_value: 0,
        order: "F",
        filters: [{ id: "shuffle", elementsize: 2 }],
        dimension_separator: "/",
      }),
    },
  ];
}

test("any part of the metadata and any byte of the chunks", async () => {
  test.setTimeout(180_000);
  const all = await seeds();
  const random = randomOf(1);
  const [wrong, read_]: [string[], { count: number }] = [[], { count: 0 }];
  for (let run = 0; run < RUNS; run++) {
    const files = { ...all[random(all.length)] };
    const paths = Object.keys(files);
    for (let changes = 1 + random(2); changes > 0; changes--) {
      const metadata = paths.filter((path) => /\.z|json$/.test(path));
      const path = random(4) ? metadata[random(metadata.length)] : paths[random(paths.length)];
      if (metadata.includes(path))
        files[path] = json(changed(JSON.parse(new TextDecoder().decode(files[path])) ?? {}, random));
      else
        files[path] = files[path]
          .slice(0, random(files[path].length + 1))
          .map((byte, i) => (i === 3 ? random(256) : byte));
    }
    try {
      const volume = await read(folderSource(files));
      read_.count++;
      const [nx, ny, nz] = volume.dims;
      if (volume.data.length % (nx * ny * nz) !== 0 || !volume.spacing.every((n) => n > 0))
        wrong.push(`run ${run}: ${volume.dims}`);
    } catch (error) {
      if (!(error instanceof VoxelVolumeError) || error.code === "network")
        wrong.push(`run ${run}: ${error}`);
    }
  }
  expect(wrong).toEqual([]);
  // Otherwise the runs would test nothing beyond the first check.
  expect(read_.count).toBeGreaterThan(RUNS / 10);
});
