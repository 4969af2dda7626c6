/** OME-Zarr: axes, units, levels and their positions, channels, frames, labels and series. */
import { expect, test } from "playwright/test";
import { VolumeFile } from "../../src/read/index.ts";
import { type Files, folderSource, json, MemoryFolder } from "../support/zarr.ts";
import { AXES, arrayFiles, imageGroup } from "../support/zarr-files.ts";
import { expectError, read, values } from "./support.ts";

/** An image with 2 frames and 3 channels of 4 x 3 x 2 voxels, whose value tells frame, channel and position. */
const SHAPE = [2, 3, 2, 3, 4];
const LEVEL = { path: "s0", scale: [1, 1, 3, 2, 0.5], translation: [0, 0, 30, 20, 10] };
const OMERO = {
  channels: [
    { label: "DAPI", color: "0000FF", window: { min: 0, max: 255, start: 10, end: 200 } },
    { label: "", color: "no colour", window: { start: 5, end: 5 } },
  ],
};

async function image(more: Files = {}): Promise<Files> {
  return {
    ...(await arrayFiles("s0", { shape: SHAPE, chunks: [1, 2, 2, 2, 3], value: (i) => i })),
    "zarr.json": imageGroup(AXES, [LEVEL], { ome: { omero: OMERO } }),
    ...more,
  };
}

/** Metadata of v2 of an array of zeros. */
const v2Array = (shape: readonly number[]) =>
  json({
    zarr_format: 2,
    shape,
    chunks: shape,
    dtype: "|u1",
    compressor: null,
    fill_value: 0,
    order: "C",
    filters: null,
  });

test("frame and channel are chosen along the axes of these names", async () => {
  const source = folderSource(await image());
  for (const [frame, channel] of [
    [0, 0],
    [1, 0],
    [0, 2],
    [1, 1],
  ]) {
    const start = (frame * 3 + channel) * 24;
    expect(await values(source, { frame, channel })).toEqual(Array.from({ length: 24 }, (_, i) => start + i));
  }
  const { volume, entries } = await new VolumeFile(source).read({ frame: 1 });
  expect(volume).toMatchObject({ dims: [4, 3, 2], frames: 2, frame: 1, name: "image.zarr" });
  expect(entries).toEqual([
    expect.objectContaining({ format: "zarr", frames: 2, channels: ["DAPI", "1", "2"], dims: [4, 3, 2] }),
  ]);
  await expectError(read(source, { frame: 2 }), "invalid-option", "Frame 2 is not there", "frames 0 to 1");
  await expectError(read(source, { channel: 3 }), "invalid-option", "Channel 3 is not", "channels 0 to 2");
  await expectError(read(source, { channel: 0.5 }), "invalid-option", "Channel 0.5");
  await expectError(read(source, { component: 1 }), "invalid-option", "no components");
});

test("sizes and positions are in mm; a channel has its name, window and colour", async () => {
  const volume = await read(folderSource(await image()));
  expect(volume.spacing).toEqual([0.0005, 0.002, 0.003]);
  expect(volume.affine.map((n) => Math.round(n * 1e9) / 1e9)).toEqual([
    0.0005, 0, 0, 0.01, 0, 0.002, 0, 0.02, 0, 0, 0.003, 0.03, 0, 0, 0, 1,
  ]);
  expect(volume).toMatchObject({ displayRange: [10, 200], colormap: "#000000 #0000ff", unit: "DAPI" });
  expect(volume).not.toHaveProperty("unitless");
  const other = await read(folderSource(await image()), { channel: 1 });
  for (const key of ["displayRange", "colormap", "unit"]) expect(other).not.toHaveProperty(key);
});

test("transformations of the whole image come after those of a level; units may differ or be missing", async () => {
  const axes = [
    { name: "y", type: "space", unit: "millimeter" },
    { name: "x", type: "space", unit: "nanometer" },
  ];
  const all = [
    { type: "scale", scale: [10, 10] },
    { type: "translation", translation: [1, 2] },
  ];
  const levels = [{ path: "0", scale: [2, 3], translation: [5, 6] }];
  const files = {
    ...(await arrayFiles("0", { shape: [3, 4], chunks: [3, 4], value: (i) => i })),
    "zarr.json": imageGroup(axes, levels, { multiscales: { coordinateTransformations: all } }),
  };
  const volume = await read(folderSource(files));
  expect(volume.dims).toEqual([4, 3, 1]);
  // A slice is as thick as its pixels are wide along x.
  expect(volume.spacing.map((n) => Number(n.toPrecision(6)))).toEqual([30e-6, 20, 30e-6]);
  expect([3, 7].map((i) => Number(volume.affine[i].toPrecision(6)))).toEqual([62e-6, 51]);
  const bare = axes.map(({ name, type }) => ({ name, type }));
  const without = await read(folderSource({ ...files, "zarr.json": imageGroup(bare, levels) }));
  expect(without).toMatchObject({ unitless: true, spacing: [3, 2, 3] });
});

test("axes in another order, and plain arrays without names", async () => {
  const named = (...names: string[]) => names.map((name) => ({ name, type: "space" }));
  const array = await arrayFiles("0", { shape: [2, 3, 4], chunks: [2, 2, 2], value: (i) => i });
  const xyz = await read(
    folderSource({ ...array, "zarr.json": imageGroup(named("x", "y", "z"), [{ path: "0" }]) }),
  );
  expect(xyz.dims).toEqual([2, 3, 4]);
  expect([...xyz.data].slice(0, 4)).toEqual([0, 12, 4, 16]);
  const plain = await arrayFiles("", { shape: [2, 3, 4], chunks: [2, 2, 2], value: (i) => i });
  const file = new VolumeFile(folderSource(plain));
  const { volume, entries } = await file.read();
  expect(volume.dims).toEqual([2, 3, 4]);
  expect(entries[0]).toMatchObject({ axes: "(x, y, z)", unitless: true });
  expect([...(await read(folderSource(plain))).data]).toEqual([...xyz.data]);
  for (const [names, words] of [
    [["z", "z", "x"], "is there twice"],
    [["a", "y", "x"], 'along the axis "a"'],
    [["x", "t", "c"], "not x and y"],
  ] as const) {
    const files = { ...array, "zarr.json": imageGroup(named(...names), [{ path: "0" }]) };
    await expectError(read(folderSource(files)), "unsupported-format", words);
  }
});

test("version 0.4 in Zarr v2, and older ones without scales or axes", async () => {
  const datasets = ["0", "1"].map((path) => ({ path }));
  const files = {
    ".zgroup": json({ zarr_format: 2 }),
    "0/.zarray": v2Array([1, 1, 4, 6, 8]),
    "1/.zarray": v2Array([1, 1, 2, 3, 4]),
  };
  for (const multiscales of [
    { version: "0.4", axes: AXES, datasets },
    { version: "0.3", axes: ["t", "c", "z", "y", "x"], datasets },
    { version: "0.1", datasets },
  ]) {
    const folder = new MemoryFolder({ ...files, ".zattrs": json({ multiscales: [multiscales] }) });
    const { volume, entries } = await new VolumeFile(folderSource(folder)).read();
    expect(volume).toMatchObject({ dims: [8, 6, 4], frames: 1 });
    expect(entries[0].levels).toBe(2);
    // The chunk that is missing is asked for once.
    expect(folder.asked.filter((path) => path === "0/0.0.0.0.0")).toHaveLength(1);
  }
});

test("labels and series are further entries", async () => {
  const label = {
    "labels/zarr.json": json({
      zarr_format: 3,
      node_type: "group",
      attributes: { ome: { labels: ["cells", "gone"] } },
    }),
    "labels/cells/zarr.json": imageGroup(AXES, [LEVEL], { ome: { "image-label": { version: "0.5" } } }),
    ...(await arrayFiles("labels/cells/s0", { shape: SHAPE, chunks: SHAPE, value: () => 7 })),
  };
  const source = folderSource(await image(label));
  const { entries } = await new VolumeFile(source).read();
  expect(entries.map(({ path }) => path)).toEqual(["image.zarr", "labels/cells"]);
  const cells = await read(source, { entry: "cells" });
  expect(cells).toMatchObject({ intent: "labels", name: "labels/cells" });
  expect(new Set(cells.data)).toEqual(new Set([7]));
  await expectError(read(source, { entry: "gone" }), "corrupt-file", "labels/gone is not there");

  const inSeries = Object.fromEntries(
    Object.entries(await image()).flatMap(([path, bytes]) =>
      ["0", "1"].map((series) => [`${series}/${path}`, bytes]),
    ),
  );
  const group = (ome: object) => json({ zarr_format: 3, node_type: "group", attributes: { ome } });
  const layout = { ...inSeries, "zarr.json": group({ "bioformats2raw.layout": 3 }) };
  const counted = await new VolumeFile(folderSource(layout)).read();
  expect(counted.entries.map(({ path }) => path)).toEqual(["0", "1"]);
  const listed = { ...layout, "OME/zarr.json": group({ series: ["1"] }) };
  expect((await new VolumeFile(folderSource(listed)).read()).entries.map(({ path }) => path)).toEqual(["1"]);
  const plate = { "zarr.json": group({ plate: { wells: [{ path: "A/1" }] } }) };
  await expectError(read(folderSource(plate)), "unsupported-format", "image.zarr/A/1/0");
});

test("a group without images shows the arrays that its consolidated metadata name", async () => {
  const metadata = { a: { node_type: "array" }, "b/c": { node_type: "array" }, b: { node_type: "group" } };
  const files = {
    ...(await arrayFiles("a", { shape: [2, 2, 2], chunks: [2, 2, 2], value: (i) => i })),
    ...(await arrayFiles("b/c", { shape: [3, 3, 3], chunks: [3, 3, 3], value: (i) => i })),
    "zarr.json": json({ zarr_format: 3, node_type: "group", consolidated_metadata: { metadata } }),
  };
  const { entries } = await new VolumeFile(folderSource(files)).read();
  expect(entries.map(({ path }) => path)).toEqual(["a", "b/c"]);
  expect(await values(folderSource(files), { entry: "a" })).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
  const v2 = {
    ".zgroup": json({ zarr_format: 2 }),
    ".zmetadata": json({ metadata: { ".zgroup": {}, "x/.zarray": {} } }),
    "x/.zarray": v2Array([2, 2, 2]),
  };
  expect((await new VolumeFile(folderSource(v2)).read()).entries[0].path).toBe("x");
});
