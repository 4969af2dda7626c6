/** MetaImage: every type, byte order and way to keep the voxels; where they are in space; what is refused. */
import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl } from "../../src/read/index.ts";
import { concat, gzip, type Scalar, voxels, zip } from "../support/make-volume.ts";
import { random } from "../support/oracle.ts";
import { RangeSite } from "../support/range-site.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectFixture, fixture, fixturesNamed } from "./fixtures.ts";
import { expectError, read } from "./support.ts";

const TYPES: Partial<Record<Scalar, readonly string[]>> = {
  int8: ["MET_CHAR", "MET_ASCII_CHAR"],
  uint8: ["MET_UCHAR", "MET_UCHAR_ARRAY"],
  int16: ["MET_SHORT"],
  uint16: ["MET_USHORT"],
  int32: ["MET_INT", "MET_LONG"],
  uint32: ["MET_UINT", "MET_ULONG"],
  int64: ["MET_LONG_LONG"],
  uint64: ["MET_ULONG_LONG"],
  float32: ["MET_FLOAT", "MET_FLOAT_ARRAY"],
  float64: ["MET_DOUBLE"],
};
const DTYPES = Object.keys(TYPES) as Scalar[];
const dims = [7, 5, 3];
const bytes = voxels({ dims });

type Header = Record<string, string | number | undefined>;

/** The text of a header by the specification, ElementDataFile last. */
function header(fields: Header = {}, newline = "\n", separator = " = "): string {
  const { ElementDataFile = "LOCAL", ...rest } = fields;
  const DimSize = String(rest.DimSize ?? dims.join(" "));
  const all: Header = {
    ...{ ObjectType: "Image", NDims: DimSize.split(" ").length, DimSize, ElementType: "MET_SHORT" },
    ...rest,
    ElementDataFile,
  };
  return Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}${separator}${value}${newline}`]))
    .join("");
}

const text = (words: string) => new TextEncoder().encode(words);
const mha = (fields: Header, data: Uint8Array = bytes) =>
  fromBytes("a.mha", concat(text(header(fields)), data));
const mhd = (fields: Header, files: Record<string, Uint8Array>) =>
  fromBytes("a.mhd", text(header(fields)), files);
const values = async (...args: Parameters<typeof read>) => [...(await read(...args)).data];

for (const name of fixturesNamed(/\.mh[ad]$/)) {
  test(`${name}, written by ITK: values and affine are those of the NIfTI file it was made from`, async () => {
    await expectFixture(name);
    expect((await read(fixture(name))).oriented).toBe(true);
  });
}

test("random shapes, types, byte orders, compression, header sizes, line ends and files hold what was written", async () => {
  const next = random(1);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)];
  for (let round = 0; round < 150; round++) {
    const shape = Array.from({ length: pick([2, 3, 4]) }, () => 1 + Math.floor(next() * 6));
    const dtype = pick(DTYPES);
    const bigEndian = next() < 0.5;
    const newline = pick(["\n", "\r\n"]);
    const data = voxels({ dims: shape, dtype, bigEndian });
    const way = pick(["plain", "zlib", "gzip", "from the end", "text"] as const);
    const isText = way === "text";
    const fields: Header = { DimSize: shape.join(" "), ElementType: pick(TYPES[dtype] ?? []) };
    fields[pick(["ElementByteOrderMSB", "BinaryDataByteOrderMSB"])] = bigEndian ? "True" : "False";
    if (way === "zlib" || way === "gzip") fields.CompressedData = pick(["True", "true", "T", "1"]);
    else if (next() < 0.5) fields.CompressedData = "False";
    fields.BinaryData = isText ? "False" : "True";
    let stored = {
      plain: () => concat(data, new Uint8Array(5)),
      zlib: () => new Uint8Array(deflateSync(data)),
      gzip: () => new Uint8Array(gzipSync(data)),
      "from the end": () => concat(new Uint8Array(11), data),
      text: () => text([...Array(data.length).keys()].map((i) => (i * 37) % 127).join(pick([" ", "\n"]))),
    }[way]();
    if (fields.CompressedData !== "False" && fields.CompressedData && next() < 0.5) {
      fields.CompressedDataSize = stored.length;
      stored = concat(stored, new Uint8Array(20));
    }
    if (way === "from the end") fields.HeaderSize = -1;
    const isDetached = next() < 0.5;
    if (isDetached) {
      fields.ElementDataFile = "b.raw";
      if (way !== "from the end" && next() < 0.5) {
        fields.HeaderSize = 13;
        stored = concat(new Uint8Array(13), stored);
      }
    }
    const front = text(header(fields, newline, pick([" = ", "=", " : "])));
    const source = isDetached
      ? fromBytes("a.mhd", front, { "b.raw": stored })
      : fromBytes("a.mha", concat(front, stored));
    const [x, y, z = 1, frames = 1] = shape;
    const size = data.length / frames;
    const frame = Math.floor(next() * frames);
    const told = JSON.stringify({ fields, newline, way });
    const volume = await read(source, { frame }).catch((error) => {
      throw new Error(`${told}: ${error.message}`);
    });
    expect(volume, told).toMatchObject({ dims: [x, y, z], frames, dtype });
    const value = (i: number) => (i * 37) % 127;
    const expected = isText ? voxels({ dims: shape, dtype, value }) : data;
    expect(Buffer.from(volume.data).equals(expected.subarray(frame * size, (frame + 1) * size)), told).toBe(
      true,
    );
    if (!isText) expect(volume.littleEndian, told).toBe(!bigEndian);
  }
});

test("places: ITK's world is left, posterior, superior; rows of the matrix are the directions of the axes", async () => {
  const TransformMatrix = "0 1 0 0 0 -1 1 0 0";
  const ElementSpacing = "2 3 4";
  const affine = [0, 0, -4, -10, -2, 0, 0, -20, 0, -3, 0, 30, 0, 0, 0, 1];
  for (const fields of [
    { TransformMatrix, Offset: "10 20 30", ElementSpacing },
    { Rotation: TransformMatrix, Position: "10 20 30", ElementSize: "2 3 4" },
    { Orientation: TransformMatrix, Origin: "10 20 30", ElementSpacing, ElementSize: "9 9 9" },
    { TransformMatrix, Offset: "1 2 3", ElementSpacing: "0.2 0.3 0.4", DistanceUnits: "cm" },
  ]) {
    const volume = await read(mha(fields));
    expect(volume).toMatchObject({ oriented: true, spacing: [2, 3, 4] });
    affine.forEach((value, i) => {
      expect(volume.affine[i]).toBeCloseTo(value, 10);
    });
  }
  // The time of a fourth axis has no place.
  const moving = {
    DimSize: "7 5 3 2",
    TransformMatrix: "0 1 0 0 0 0 -1 0 1 0 0 0 0 0 0 1",
    Offset: "10 20 30 0",
  };
  const four = await read(mha({ ...moving, ElementSpacing: "2 3 4 1" }, concat(bytes, bytes)));
  expect(four).toMatchObject({ affine, frames: 2, oriented: true });
  const flat = { DimSize: "7 15", TransformMatrix: "0 1 1 0", Offset: "10 20", ElementSpacing: "2 3" };
  expect(await read(mha(flat))).toMatchObject({
    dims: [7, 15, 1],
    affine: [0, -3, 0, -10, -2, 0, 0, -20, 0, 0, -1, 0, 0, 0, 0, 1],
    spacing: [2, 3, 1],
  });
});

test("places without a matrix: the sides that axes come from, an offset, distances, or nothing", async () => {
  const diagonal = (x: number, y: number, z: number) => [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];
  const oriented = async (AnatomicalOrientation: string) => {
    const volume = await read(mha({ AnatomicalOrientation, ElementSpacing: "2 3 4" }));
    return volume.oriented ? volume.affine : undefined;
  };
  // As ITK names the directions of an identity matrix.
  expect(await oriented("RAI")).toEqual(diagonal(-2, -3, 4));
  expect(await oriented("LPI")).toEqual(diagonal(2, 3, 4));
  expect(await oriented("ASL")).toEqual([0, 0, 4, 0, -2, 0, 0, 0, 0, -3, 0, 0, 0, 0, 0, 1]);
  for (const unknown of ["???", "RRI", "RA", ""]) expect(await oriented(unknown)).toBeUndefined();
  const placed = await read(mha({ Offset: "10 20 30", ElementSpacing: "2 3 4" }));
  expect(placed.affine).toEqual([2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30, 0, 0, 0, 1]);
  expect(placed.oriented).toBeUndefined();
  const spaced = await read(mha({ ElementSpacing: "2 -3 0", DistanceUnits: "um" }));
  expect(spaced.spacing.map((v) => Number(v.toFixed(6)))).toEqual([0.002, 0.003, 0.001]);
  expect(spaced.unitless).toBeUndefined();
  expect((await read(mha({}))).unitless).toBe(true);
  expect(
    (await read(mha({ TransformMatrix: "0 0 0 0 0 0 0 0 0", ElementSpacing: "2 3 4" }))).spacing,
  ).toEqual([2, 3, 4]);
});

test("numbers of a voxel are colours where they are three or four bytes, else frames", async () => {
  const colors = voxels({ dims: [3, 105], dtype: "uint8" });
  const rgb = mha({ ElementType: "MET_UCHAR", ElementNumberOfChannels: 3 }, colors);
  const { volume, entries } = await readVolume(rgb, { component: 1 });
  expect(entries).toMatchObject([{ components: "rgb", dims, frames: 1 }]);
  expect([...volume.data]).toEqual([...colors].filter((_, i) => i % 3 === 1));
  const rgba = mha(
    { ElementType: "MET_UCHAR_ARRAY", ElementNumberOfChannels: 4 },
    voxels({ dims: [420], dtype: "uint8" }),
  );
  expect((await readVolume(rgba)).entries).toMatchObject([{ components: "rgba" }]);
  const vectors = voxels({ dims: [3, 105], dtype: "float32" });
  const field = mha({ ElementType: "MET_FLOAT", ElementNumberOfChannels: 3 }, vectors);
  const second = await read(field, { frame: 1 });
  expect(second).toMatchObject({ dims, frames: 3, frame: 1 });
  expect([...second.data]).toEqual([...vectors].filter((_, i) => Math.floor(i / 4) % 3 === 1));
  const moving = mha({ ElementNumberOfChannels: 3, DimSize: "7 5 3 2" }, voxels({ dims: [630] }));
  await expectError(read(moving), "unsupported-format", "3 numbers", "2 frames");
});

test("files beside the header: by name, in a folder, compressed, in archives and dropped", async () => {
  const expected = [...bytes];
  const zlib = new Uint8Array(deflateSync(bytes));
  for (const [fields, files] of [
    [{ ElementDataFile: "b.raw" }, { "b.raw": bytes }],
    [{ ElementDataFile: "B.RAW" }, { "b.raw": bytes }],
    [{ ElementDataFile: "a b.raw" }, { "a b.raw": bytes }],
    [{ ElementDataFile: "100%.raw" }, { "100%.raw": bytes }],
    [{ ElementDataFile: "data/b.raw" }, { "data/b.raw": bytes }],
    [{ ElementDataFile: "data/b.raw" }, { "b.raw": bytes }],
    [{ ElementDataFile: "b.zraw", CompressedData: "True" }, { "b.zraw": zlib }],
    [
      { ElementDataFile: "b.zraw", CompressedData: "True", CompressedDataSize: zlib.length },
      { "b.zraw": zlib },
    ],
  ] as [Header, Record<string, Uint8Array>][]) {
    const front = text(header(fields));
    expect(await values(fromBytes("a.mhd", front, files)), JSON.stringify(fields)).toEqual(expected);
    const archive = await zip({
      "s/a.mhd": front,
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`s/${name}`, file])),
    });
    expect(await values(fromBytes("a.zip", archive)), JSON.stringify(fields)).toEqual(expected);
    const dropped = Object.entries(files).map(
      ([name, file]) => new File([file as BlobPart], name.replace(/.*\//, "")),
    );
    const chosen = fromFiles([...dropped, new File([front as BlobPart], "a.mhd")]);
    expect(chosen.name).toBe("a.mhd");
    expect(await values(chosen), JSON.stringify(fields)).toEqual(expected);
  }
  expect(await values(fromBytes("a.mha.gz", await gzip(concat(text(header({})), bytes))))).toEqual(expected);
});

test("several files: lists and numbered patterns, each compressed", async () => {
  const slice = (i: number) => bytes.subarray(i * 70, (i + 1) * 70);
  const files = { "1.raw": slice(0), "2.raw": slice(1), "3.raw": slice(2) };
  const expected = [...bytes];
  const names = "1.raw\n2.raw\n3.raw\n";
  for (const list of ["LIST", "LIST 2", "LIST 2D", "LIST 9"]) {
    const front = text(header({ ElementDataFile: list }) + names);
    expect(await values(fromBytes("a.mhd", front, files)), list).toEqual(expected);
  }
  for (const pattern of ["%d.raw", "%d.raw 1", "%d.raw 1 3", "%d.raw 1 3 1", "%d.raw 1 9 1"]) {
    expect(await values(mhd({ ElementDataFile: pattern }, files)), pattern).toEqual(expected);
  }
  const spaced = { "im 000.raw": slice(0), "im 002.raw": slice(1), "im 004.raw": slice(2) };
  expect(await values(mhd({ ElementDataFile: "im %03d.raw 0 4 2" }, spaced))).toEqual(expected);
  const packed = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, new Uint8Array(deflateSync(file))]),
  );
  expect(await values(mhd({ ElementDataFile: "%d.raw 1 3 1", CompressedData: "True" }, packed))).toEqual(
    expected,
  );
  const four = { DimSize: "7 5 1 3", ElementDataFile: "LIST 2" };
  expect(await values(fromBytes("a.mhd", text(header(four) + names), files), { frame: 1 })).toEqual([
    ...slice(1),
  ]);
  const few = text(`${header({ ElementDataFile: "LIST" })}1.raw\n2.raw\n`);
  await expectError(read(fromBytes("a.mhd", few, files)), "corrupt-file", "names 2 files", "3");
  await expectError(read(mhd({ ElementDataFile: "%d.raw 1 2 1" }, files)), "corrupt-file", "names 2 files");
  await expectError(read(mhd({ ElementDataFile: "%d.raw 2 4 1" }, files)), "entry-not-found", "4.raw");
  await expectError(read(mhd({ ElementDataFile: "%d.raw 1 3 0" }, files)), "corrupt-file", "makes no sense");
  await expectError(
    read(mhd({ DimSize: "1 1 2000000", ElementDataFile: "%d.raw" }, files)),
    "unsupported-format",
    "2,000,000 files",
  );
});

test("a server is asked for the frame that is wanted, and for nothing outside the folder of the header", async () => {
  const all = voxels({ dims: [64, 64, 64, 3] });
  const DimSize = "64 64 64 3";
  const front = text(header({ DimSize }));
  const site = new RangeSite({
    "a.mha": concat(front, all),
    "a.mhd": text(header({ DimSize, ElementDataFile: "data of it/b.raw" })),
    "data of it/b.raw": all,
    "up/a.mhd": text(header({ ElementDataFile: "../b.raw" })),
  });
  const base = await site.start();
  try {
    for (const [name, start] of [
      ["a.mha", front.length],
      ["a.mhd", 0],
    ] as const) {
      site.reset();
      const { data } = await read(fromUrl(base + name), { frame: 2 });
      expect(Buffer.from(data).equals(all.subarray(2 * 524288))).toBe(true);
      expect(site.asked.at(-1)).toContain(`bytes=${start + 2 * 524288}-${start + 3 * 524288 - 1}`);
    }
    site.reset();
    await expectError(
      read(fromUrl(`${base}up/a.mhd`)),
      "unsupported-format",
      "../b.raw",
      "outside its folder",
    );
    expect(site.asked).toEqual(["GET up/a.mhd"]);
  } finally {
    site.close();
  }
});

test("recognised by its first field without a name, and by its name with any first field", async () => {
  const file = concat(text(header({})), bytes);
  expect(await values(fromBytes("volume", file))).toEqual([...bytes]);
  const commented = concat(text(`Comment = ${"words ".repeat(100)}\n`), file);
  expect(await values(fromBytes("a.mha", commented))).toEqual([...bytes]);
  await expectError(read(fromBytes("volume", commented)), "unsupported-format", "MetaImage");
});

test("what is not read", async () => {
  await expectError(
    read(mha({ ElementType: "MET_STRING" })),
    "unsupported-format",
    "MET_STRING",
    "MET_DOUBLE",
  );
  await expectError(read(mha({ ObjectType: "Tube" })), "unsupported-format", "Tube");
  for (const ElementDataFile of ["../b.raw", "/b.raw", "C:\\b.raw", "http://example.com/b.raw"]) {
    await expectError(
      read(mhd({ ElementDataFile }, { "b.raw": bytes })),
      "unsupported-format",
      "a.mhd",
      ElementDataFile,
    );
  }
  await expectError(read(mhd({ ElementDataFile: "b.raw" }, {})), "entry-not-found", "b.raw", "missing");
});

test("long fields take no longer than others", async () => {
  const before = performance.now();
  for (const ElementDataFile of ["%d".repeat(2e5), `%d${" 1".repeat(2e5)}x`, " ".repeat(4e5)]) {
    await expect(read(mha({ ElementDataFile }))).rejects.toMatchObject({ name: "VoxelVolumeError" });
  }
  expect(performance.now() - before).toBeLessThan(5000);
});

test("damaged headers and voxels", async () => {
  for (const name of ["NDims", "DimSize", "ElementType"]) {
    const lines = header({})
      .split("\n")
      .filter((line) => !line.startsWith(name));
    await expectError(
      read(fromBytes("a.mha", concat(text(lines.join("\n")), bytes))),
      "corrupt-file",
      "a.mha",
      name,
    );
  }
  const endless = header({}).replace(/ElementDataFile.*\n/, "");
  await expectError(read(fromBytes("a.mha", text(endless))), "corrupt-file", "ElementDataFile");
  await expectError(
    read(fromBytes("a.mha", text(endless + "Comment = x\n".repeat(1e5)))),
    "corrupt-file",
    "1,048,576",
  );
  for (const [fields, ...words] of [
    [{ DimSize: "7 -5 3" }, "7 -5 3"],
    [{ DimSize: "7 0 3" }, "7 0 3"],
    [{ DimSize: "7 nan 3" }, "7 nan 3"],
    [{ DimSize: "1e9 1e9 1e9" }, "1e9 1e9 1e9"],
    [{ NDims: 4, DimSize: "7 5 3" }, "7 5 3"],
    [{ NDims: 1e9 }, "NDims"],
    [{ NDims: "three" }, "three"],
    [{ ElementNumberOfChannels: -1 }, "ElementNumberOfChannels"],
    [{ ElementNumberOfChannels: 1e9 }, "a.mha"],
    [{ HeaderSize: -2 }, "HeaderSize"],
    [{ HeaderSize: 1e9 }, "cut off"],
    [{ HeaderSize: -1, CompressedData: "True" }, "unknown length"],
    [{ CompressedData: "True" }, "compressed data"],
    [{ BinaryData: "False" }, "numbers"],
    [{ DimSize: "20000 20000 20000" }, "16,000,000,000,000"],
    [{ DimSize: "20000 20000 20000", CompressedData: "True" }, "16,000,000,000,000"],
  ] as [Header, ...string[]][]) {
    const error = await expectError(read(mha(fields)), "corrupt-file", "a.mha", ...words);
    expect(error.message.length).toBeLessThan(300);
  }
  const front = text(header({ CompressedData: "True" }));
  const packed = new Uint8Array(deflateSync(bytes));
  for (let end = 1; end < packed.length; end += 5) {
    await expectError(
      read(fromBytes("a.mha", concat(front, packed.subarray(0, end)))),
      "corrupt-file",
      "a.mha",
    );
  }
  const wrong = packed.slice();
  wrong[packed.length - 1] ^= 1;
  await expectError(read(fromBytes("a.mha", concat(front, wrong))), "corrupt-file", "a.mha");
});
