/** MetaImage: values of every type, byte order and compression, and positions in space. */
import { deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { bytes, dims, type MetaFields, metaHeader, mha } from "../support/make-metaimage.ts";
import { concat, type Scalar, voxels } from "../support/make-volume.ts";
import { random } from "../support/oracle.ts";
import { text } from "../support/text.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectFixture, fixture, fixturesNamed } from "./fixtures.ts";
import { expectError, read, values } from "./support.ts";

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

for (const name of fixturesNamed(/\.mh[ad]$/)) {
  test(`${name}, written by ITK: values and affine equal those of the original NIfTI file`, async () => {
    await expectFixture(name);
    expect((await read(fixture(name))).oriented).toBe(true);
  });
}

test("random shapes, types, byte orders, compression, header sizes, line ends and files give what was written", async () => {
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
    const fields: MetaFields = { DimSize: shape.join(" "), ElementType: pick(TYPES[dtype] ?? []) };
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
    const front = text(metaHeader(fields, newline, pick([" = ", "=", " : "])));
    const source = isDetached
      ? fromBytes("a.mhd", front, { "b.raw": stored })
      : fromBytes("a.mha", concat(front, stored));
    const [x, y, z = 1, frames = 1] = shape;
    const size = data.length / frames;
    const frame = Math.floor(next() * frames);
    const label = JSON.stringify({ fields, newline, way });
    const volume = await read(source, { frame }).catch((error) => {
      throw new Error(`${label}: ${error.message}`);
    });
    expect(volume, label).toMatchObject({ dims: [x, y, z], frames, dtype });
    const value = (i: number) => (i * 37) % 127;
    const expected = isText ? voxels({ dims: shape, dtype, value }) : data;
    expect(Buffer.from(volume.data).equals(expected.subarray(frame * size, (frame + 1) * size)), label).toBe(
      true,
    );
    if (!isText) expect(volume.littleEndian, label).toBe(!bigEndian);
  }
});

test("positions: ITK's world is left, posterior, superior; rows of the matrix are the directions of the axes", async () => {
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
  // The fourth axis, time, has no position.
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

test("positions without a matrix: the sides that axes come from, an offset, distances, or nothing", async () => {
  const diagonal = (x: number, y: number, z: number) => [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1];
  const oriented = async (AnatomicalOrientation: string) => {
    const volume = await read(mha({ AnatomicalOrientation, ElementSpacing: "2 3 4" }));
    return volume.oriented ? volume.affine : undefined;
  };
  // ITK's name for the directions of an identity matrix.
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

test("several numbers per voxel are colours if they are three or four bytes, else frames", async () => {
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

test("recognised by its first field with any name, and by its name with any first field", async () => {
  const file = concat(text(metaHeader({})), bytes);
  expect(await values(fromBytes("volume", file))).toEqual([...bytes]);
  const commented = concat(text(`Comment = ${"words ".repeat(100)}\n`), file);
  expect(await values(fromBytes("a.mha", commented))).toEqual([...bytes]);
  await expectError(read(fromBytes("volume", commented)), "unsupported-format", "MetaImage");
});
