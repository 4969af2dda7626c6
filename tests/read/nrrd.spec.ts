/** NRRD: every type, encoding and byte order, axes and their kinds, detached data, and what is refused. */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl } from "../../src/read/index.ts";
import { concat, gzip, type Scalar, voxels, zip } from "../support/make-volume.ts";
import { random } from "../support/oracle.ts";
import { RangeSite } from "../support/range-site.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectFixture, fixture, fixturesNamed } from "./fixtures.ts";
import { expectError, read } from "./support.ts";

const TYPES: Partial<Record<Scalar, readonly string[]>> = {
  int8: ["signed char", "int8", "int8_t"],
  uint8: ["uchar", "unsigned char", "uint8", "uint8_t"],
  int16: ["short", "short int", "signed short", "signed short int", "int16", "int16_t"],
  uint16: ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"],
  int32: ["int", "signed int", "int32", "int32_t"],
  uint32: ["uint", "unsigned int", "uint32", "uint32_t"],
  int64: [
    "longlong",
    "long long",
    "long long int",
    "signed long long",
    "signed long long int",
    "int64",
    "int64_t",
  ],
  uint64: ["ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"],
  float32: ["float"],
  float64: ["double"],
};
const DTYPES = Object.keys(TYPES) as Scalar[];
const dims = [7, 5, 3];
const bytes = voxels({ dims });

type Header = Record<string, string | number | undefined>;

/** The text of a header by the specification. */
function header(fields: Header = {}, { magic = "NRRD0004", newline = "\n" } = {}): string {
  const sizes = String(fields.sizes ?? dims.join(" "));
  const all: Header = {
    ...{ type: "short", dimension: sizes.split(" ").length, sizes, encoding: "raw", endian: "little" },
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return [magic, ...lines, "", ""].join(newline);
}

const text = (words: string) => new TextEncoder().encode(words);
const nrrd = (fields: Header, data: Uint8Array = bytes) =>
  fromBytes("a.nrrd", concat(text(header(fields)), data));
/** A header that goes to the end of its file, and other files. */
const nhdr = (fields: Header, files: Record<string, Uint8Array>) =>
  fromBytes("a.nhdr", text(header(fields).trimEnd()), files);
const values = async (...args: Parameters<typeof read>) => [...(await read(...args)).data];

/** The numbers of little-endian voxels as text. */
function numbers({ dtype, data }: { dtype: Scalar; data: Uint8Array }): string[] {
  const arrays = {
    ...{ int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array },
    ...{ uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array, float32: Float32Array },
    ...{ float64: Float64Array, float16: Uint16Array },
  };
  return Array.from(new arrays[dtype](data.slice().buffer), String);
}

for (const name of fixturesNamed(/\.n(rrd|hdr)$/)) {
  test(`${name}: values and affine are what the program that wrote it was given`, () =>
    expectFixture(name, name.includes("rgb") ? 0 : undefined));
}

for (const dtype of DTYPES) {
  test(`${dtype} by all its names, in both byte orders`, async () => {
    for (const type of TYPES[dtype] ?? []) {
      for (const bigEndian of [false, true]) {
        const data = voxels({ dims, dtype, bigEndian });
        const volume = await read(nrrd({ type, endian: bigEndian ? "big" : "little" }, data));
        expect(volume).toMatchObject({ dims, dtype, frames: 1, unitless: true });
        if (dtype !== "int8" && dtype !== "uint8") expect(volume.littleEndian).toBe(!bigEndian);
        expect([...volume.data]).toEqual([...data]);
      }
    }
  });
}

test("random shapes, types, byte orders, encodings, skips, line ends and files hold what was written", async () => {
  const next = random(1);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)];
  for (let round = 0; round < 150; round++) {
    const shape = Array.from({ length: pick([2, 3, 4]) }, () => 1 + Math.floor(next() * 6));
    const dtype = pick(DTYPES);
    const encoding = pick(["raw", "gzip", "gz", "txt", "text", "ascii", "hex"]);
    const bigEndian = next() < 0.5 && !["txt", "text", "ascii"].includes(encoding);
    const newline = pick(["\n", "\r\n"]);
    const isSigned = !dtype.startsWith("u");
    const value = (i: number) => ((i * 37) % 127) - (isSigned ? 60 : 0);
    const data = voxels({ dims: shape, dtype, bigEndian, value });
    const [lineSkip, byteSkip] = [pick([0, 0, 2]), pick([0, 0, 9])];
    const before = Buffer.alloc(byteSkip, "x");
    const hex = () =>
      Buffer.from(data)
        .toString("hex")
        .replace(/(.{30})/g, "$1\n");
    const stored =
      {
        raw: () => concat(before, data, new Uint8Array(3)),
        gzip: () => gzipSync(concat(before, data)),
        gz: () => gzipSync(concat(before, data)),
        hex: () => concat(before, text(hex())),
      }[encoding] ??
      (() => concat(before, text(numbers({ dtype, data }).join(pick([" ", "\n", ", ", "\t  "])))));
    const body = concat(text("a line\n".repeat(lineSkip)), stored());
    const fields: Header = { type: pick(TYPES[dtype] ?? []), sizes: shape.join(" "), encoding };
    fields.endian = bigEndian ? "big" : "little";
    if (lineSkip) fields["line skip"] = lineSkip;
    if (byteSkip) fields["byte skip"] = byteSkip;
    const isDetached = next() < 0.5;
    if (isDetached) fields[pick(["data file", "datafile"])] = "b.data";
    const front = text(header(fields, { newline, magic: `NRRD000${pick([1, 2, 3, 4, 5])}` }));
    const source = isDetached
      ? fromBytes("a.nhdr", front, { "b.data": body })
      : fromBytes("a.nrrd", concat(front, body));
    const [x, y, z = 1, frames = 1] = shape;
    const size = data.length / frames;
    const frame = Math.floor(next() * frames);
    const volume = await read(source, { frame });
    const told = JSON.stringify({ fields, newline });
    expect(volume, told).toMatchObject({ dims: [x, y, z], frames, dtype });
    expect(Buffer.from(volume.data).equals(data.subarray(frame * size, (frame + 1) * size)), told).toBe(true);
  }
});

test("numbers in text: exponents, signs, missing ones, and the ends of 64-bit integers", async () => {
  const floats = await read(
    nrrd({ type: "double", sizes: "4 2", encoding: "txt" }, text("1e3 -.5 +2. nan\n-inf Inf NaN -3.25E-2\n")),
  );
  expect([...new Float64Array(floats.data.slice().buffer)]).toEqual([
    1000,
    -0.5,
    2,
    Number.NaN,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    -0.0325,
  ]);
  const whole = await read(
    nrrd({ type: "int64", sizes: "2 1", encoding: "txt" }, text("9223372036854775807 -9223372036854775808")),
  );
  expect([...new BigInt64Array(whole.data.slice().buffer)]).toEqual([2n ** 63n - 1n, -(2n ** 63n)]);
  for (const [type, words, told] of [
    ["uchar", "1 2 256 4", '"256" after 2 numbers'],
    ["uchar", "1 2 -1 4", '"-1"'],
    ["short", "1 2 3.5 4", '"3.5"'],
    ["float", "1 two 3 4", '"two"'],
    ["uint64", "1 -2 3 4", '"-2"'],
    ["float", `1 ${"9".repeat(1000)}`, "is not a number"],
  ]) {
    const source = nrrd({ type, sizes: "2 2", encoding: "txt" }, text(words));
    await expectError(read(source), "corrupt-file", "a.nrrd", told);
  }
  await expectError(read(nrrd({ sizes: "2 2", encoding: "txt" }, text("1 2 3"))), "corrupt-file", "cut off");
  await expectError(
    read(nrrd({ sizes: "2 2", encoding: "hex" }, text("00010203 0405060g"))),
    "corrupt-file",
    '"g"',
  );
  await expectError(
    read(nrrd({ sizes: "2 2", encoding: "hex" }, text("00010203"))),
    "corrupt-file",
    "cut off",
  );
});

test("space: directions, origin, units, and which side is which", async () => {
  const directions = "(1.5,0,0) (0,0,-2) (0,2.5,0)";
  const fields = { "space directions": directions, "space origin": "(10,20,30)" };
  const inRas = [1.5, 0, 0, 10, 0, 0, 2.5, 20, 0, -2, 0, 30, 0, 0, 0, 1];
  const flipped = (x: number, y: number) => inRas.map((v, i) => (i < 4 ? x * v : i < 8 ? y * v : v) + 0);
  for (const [space, affine] of [
    ["right-anterior-superior", inRas],
    ["RAS", inRas],
    ["left-anterior-superior", flipped(-1, 1)],
    ["LAS", flipped(-1, 1)],
    ["left-posterior-superior", flipped(-1, -1)],
    ["lps", flipped(-1, -1)],
  ] as const) {
    const volume = await read(nrrd({ space, ...fields }));
    expect(volume).toMatchObject({ affine, oriented: true, spacing: [1.5, 2, 2.5] });
    expect(volume.unitless).toBeUndefined();
  }
  for (const space of [{ space: "scanner-xyz" }, { space: "3D-right-handed" }, { "space dimension": 3 }]) {
    const volume = await read(nrrd({ ...space, ...fields }));
    expect(volume.affine).toEqual(inRas);
    expect(volume.oriented).toBeUndefined();
  }
  const micrometers = await read(nrrd({ space: "RAS", ...fields, "space units": '"um" "um" "cm"' }));
  expect(micrometers.affine).toEqual([0.0015, 0, 0, 0.01, 0, 0, 0.0025, 0.02, 0, -20, 0, 300, 0, 0, 0, 1]);
  const spaced = await read(
    nrrd({ "space directions": "( 1.5 , 0 , 0 ) ( 0, 0,-2 ) (0,2.5,0)", space: "RAS" }),
  );
  expect(spaced.affine).toEqual(inRas.map((v, i) => (i === 3 || i === 7 || i === 11 ? 0 : v)));
});

test("an image without a third axis in space is perpendicular to its two", async () => {
  const fields = { sizes: "7 15", space: "LPS", "space origin": "(1,2,3)" };
  const layer = await read(nrrd({ ...fields, "space directions": "(0,2,0) (0,0,3)" }));
  expect(layer).toMatchObject({ dims: [7, 15, 1], spacing: [2, 3, 1], oriented: true });
  expect(layer.affine).toEqual([0, 0, -1, -1, -2, 0, 0, -2, 0, 3, 0, 3, 0, 0, 0, 1]);
  const plane = {
    sizes: "7 15",
    "space dimension": 2,
    "space directions": "(2,0) (0,3)",
    "space origin": "(1,2)",
  };
  expect((await read(nrrd(plane))).affine).toEqual([2, 0, 0, 1, 0, 3, 0, 2, 0, 0, 1, 0, 0, 0, 0, 1]);
});

test("distances without directions: spacings, units, and the ends of axes", async () => {
  const spacing = async (fields: Header) => (await read(nrrd(fields))).spacing;
  expect(await spacing({ spacings: "0.5 -2 3" })).toEqual([0.5, 2, 3]);
  expect(await spacing({ spacings: "500 2 3", units: '"um" "mm" "cm"' })).toEqual([0.5, 2, 30]);
  expect(await spacing({ "axis mins": "0 0 0", "axis maxs": "14 8 6", centers: "cell node cell" })).toEqual([
    2, 2, 2,
  ]);
  expect(await spacing({ spacings: "0.5 2 0" })).toEqual([0.5, 2, 1]);
  expect((await read(nrrd({ spacings: "1 1 1" }))).unitless).toBeUndefined();
});

test("kinds: frames first or last, vectors, colours and complex numbers", async () => {
  /** Values of a frame where the axis of frames comes first or last. */
  const all = voxels({ dims: [3, 7, 5, 2], dtype: "int16" });
  const first = (k: number) =>
    [...Array(70).keys()].flatMap((i) => [...all.subarray((3 * i + k) * 2, (3 * i + k) * 2 + 2)]);
  for (const kind of ["list", "time", "vector", "3-gradient", "normal", "point", "HSV-color", "???"]) {
    const more = kind === "???" ? { "space directions": "none (1,0,0) (0,1,0) (0,0,1)" } : {};
    const source = nrrd({ sizes: "3 7 5 2", kinds: `${kind} domain space domain`, ...more }, all);
    for (const frame of [0, 2]) {
      const volume = await read(source, { frame });
      expect(volume, kind).toMatchObject({ dims: [7, 5, 2], frames: 3, frame });
      expect([...volume.data], kind).toEqual(first(frame));
    }
  }
  const last = nrrd({ sizes: "3 7 5 2", kinds: "domain domain domain time" }, all);
  expect(await values(last, { frame: 1 })).toEqual([...all.subarray(210)]);
  // Frames of two axes count as those of one.
  const two = nrrd({ sizes: "3 7 5 2 2", kinds: "space space space list list" }, concat(all, all));
  const { entries } = await readVolume(two);
  expect(entries[0].frames).toBe(4);
  const flat = nrrd({ sizes: "3 7 10", kinds: "list domain domain" }, all);
  expect(await read(flat, { frame: 1 })).toMatchObject({ dims: [7, 10, 1], frames: 3 });
  const between = nrrd({ sizes: "7 5 3 2", kinds: "space space list space" }, all);
  expect(await read(between, { frame: 1 })).toMatchObject({ dims: [7, 5, 2], frames: 3 });
  expect(await values(between, { frame: 1 })).toEqual([...all.subarray(70, 140), ...all.subarray(280, 350)]);
});

test("components are colours and complex numbers, wherever their axis is", async () => {
  const bytes = voxels({ dims: [3, 7, 5, 2], dtype: "uint8" });
  const planes = Uint8Array.from(bytes, (_, i) => bytes[(i % 70) * 3 + Math.floor(i / 70)]);
  for (const kind of ["RGB-color", "3-color", "rgb-color", "vector", "3-vector"]) {
    const interleaved = nrrd(
      { type: "uchar", sizes: "3 7 5 2", kinds: `${kind} domain domain domain` },
      bytes,
    );
    const apart = nrrd({ type: "uchar", sizes: "7 5 2 3", kinds: `domain domain domain ${kind}` }, planes);
    for (const source of [interleaved, apart]) {
      const { volume, entries } = await readVolume(source, { component: 1 });
      expect(entries, kind).toMatchObject([{ components: "rgb", dims: [7, 5, 2], frames: 1 }]);
      expect([...volume.data], kind).toEqual([...planes.subarray(70, 140)]);
      expect((await read(source)).notes).toHaveLength(1);
    }
  }
  const rgba = nrrd(
    { type: "uchar", sizes: "4 7 5", kinds: "RGBA-color domain domain" },
    new Uint8Array(140),
  );
  expect((await readVolume(rgba)).entries).toMatchObject([{ components: "rgba", dims: [7, 5, 1] }]);
  const complex = nrrd(
    { type: "float", sizes: "2 2 1", kinds: "complex domain domain" },
    voxels({ dims: [4], dtype: "float32", value: (i) => [3, 4, 5, 12][i] }),
  );
  expect([...new Float32Array((await read(complex)).data.slice().buffer)]).toEqual([5, 13]);
  const moving = nrrd(
    { type: "uchar", sizes: "3 7 5 1 2", kinds: "RGB-color domain domain domain time" },
    bytes,
  );
  expect(await read(moving, { component: 0, frame: 1 })).toMatchObject({ dims: [7, 5, 1], frames: 2 });
});

test("four axes without kinds: the one without a direction or spacing is of frames, else the last", async () => {
  const all = voxels({ dims: [3, 7, 5, 2] });
  const shape = async (fields: Header) => {
    const { dims, frames } = await read(nrrd({ sizes: "3 7 5 2", ...fields }, all));
    return [...dims, frames];
  };
  const space = { space: "LPS" };
  expect(await shape({})).toEqual([3, 7, 5, 2]);
  expect(await shape({ ...space, "space directions": "none (1,0,0) (0,1,0) (0,0,1)" })).toEqual([7, 5, 2, 3]);
  expect(await shape({ ...space, "space directions": "(nan,nan,nan) (1,0,0) (0,1,0) (0,0,1)" })).toEqual([
    7, 5, 2, 3,
  ]);
  expect(await shape({ ...space, "space directions": "(1,0,0) (0,1,0) (0,0,1) none" })).toEqual([3, 7, 5, 2]);
  expect(await shape({ spacings: "nan 1 1 1" })).toEqual([7, 5, 2, 3]);
  const time = "(1,0,0,0) (0,2,0,0) (0,0,3,0) (0,0,0,0.5)";
  const moving = await read(
    nrrd(
      {
        sizes: "3 7 5 2",
        space: "left-posterior-superior-time",
        "space directions": time,
        "space origin": "(1,2,3,0)",
      },
      all,
    ),
  );
  expect(moving).toMatchObject({ dims: [3, 7, 5], frames: 2, spacing: [1, 2, 3], oriented: true });
  expect(moving.affine).toEqual([-1, 0, 0, -1, 0, -2, 0, -2, 0, 0, 3, 3, 0, 0, 0, 1]);
});

test("where kinds leave no axis of space, those with directions are, else the first three", async () => {
  const all = voxels({ dims: [3, 7, 5, 2] });
  const fields = { sizes: "3 7 5 2", kinds: "list list list list" };
  expect(await read(nrrd(fields, all))).toMatchObject({ dims: [3, 7, 5], frames: 2 });
  const directions = "none none none (0,2,0)";
  const one = await read(nrrd({ ...fields, space: "RAS", "space directions": directions }, all));
  expect(one).toMatchObject({ dims: [2, 1, 1], frames: 105, spacing: [2, 1, 1] });
});

test("frames both before and behind the axes of space are refused", async () => {
  const source = nrrd({ sizes: "3 7 5 1 2", kinds: "list space space space list" }, voxels({ dims: [210] }));
  await expectError(read(source), "unsupported-format", "a.nrrd", "3 x 7 x 5 x 1 x 2");
});

test("comments, key/value pairs and fields that say nothing of the voxels are passed over", async () => {
  const lines = [
    "NRRD0005",
    "# a comment: with a colon",
    "type: short",
    "content: sizes: 1 1 1",
    "dimension: 3",
    "sizes:=1 1 1",
    "SIZES:  7 5 3",
    "old min: 0",
    "oldmax: 1",
    "number: 105",
    "measurement frame: (1,0,0) (0,1,0) (0,0,1)",
    "sample units: HU",
    "modality:=DWMRI",
    "encoding: RAW",
    "endian: little",
    "",
    "",
  ];
  for (const newline of ["\n", "\r\n"]) {
    const volume = await read(fromBytes("a", concat(text(lines.join(newline)), bytes)));
    expect(volume).toMatchObject({ dims, unit: "HU" });
    expect([...volume.data]).toEqual([...bytes]);
  }
});

test("3D Slicer's segmentations are labels", async () => {
  const segments = "Segment0_ID:=Segment_1\nSegment0_LabelValue:=1\n";
  const front = header({}).replace("sizes:", `${segments}sizes:`);
  expect((await read(fromBytes("a.seg.nrrd", concat(text(front), bytes)))).intent).toBe("labels");
  expect((await read(nrrd({}))).intent).toBeUndefined();
});

test("detached data: by name, in a folder, in other case, with skips, counted from the end", async () => {
  const expected = [...bytes];
  const wrapped = concat(text("1\n2\r\n"), Buffer.alloc(9), bytes);
  for (const [fields, files] of [
    [{ "data file": "b.raw" }, { "b.raw": bytes }],
    [{ "data file": "./b.raw" }, { "b.raw": bytes }],
    [{ "data file": "b.RAW" }, { "b.raw": bytes }],
    [{ "data file": "a name with spaces.raw" }, { "a name with spaces.raw": bytes }],
    [{ "data file": "data/b.raw" }, { "data/b.raw": bytes }],
    [{ "data file": "data\\b.raw" }, { "data/b.raw": bytes }],
    [{ "data file": "data/b.raw" }, { "b.raw": bytes }],
    [{ "data file": "b.raw.gz", encoding: "gzip" }, { "b.raw.gz": await gzip(bytes) }],
    // As a server sends it that has inflated it already.
    [{ "data file": "b.raw.gz", encoding: "gzip" }, { "b.raw.gz": bytes }],
    [{ "data file": "b.raw", "line skip": 2, "byte skip": 9 }, { "b.raw": wrapped }],
    [{ "data file": "b.raw", "byte skip": -1 }, { "b.raw": wrapped }],
    [{ "data file": "b.raw", "byte skip": -1, encoding: "gzip" }, { "b.raw": await gzip(wrapped) }],
  ] as [Header, Record<string, Uint8Array>][]) {
    expect(await values(nhdr(fields, files)), JSON.stringify(fields)).toEqual(expected);
    const archive = await zip({
      "s/a.nhdr": text(header(fields)),
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`s/${name}`, file])),
    });
    expect(await values(fromBytes("a.zip", archive)), JSON.stringify(fields)).toEqual(expected);
    const dropped = Object.entries(files).map(
      ([name, file]) => new File([file as BlobPart], name.replace(/.*\//, "")),
    );
    const chosen = fromFiles([...dropped, new File([header(fields)], "a.nhdr")]);
    expect(chosen.name).toBe("a.nhdr");
    expect(await values(chosen), JSON.stringify(fields)).toEqual(expected);
  }
});

test("several data files: a list, a numbered pattern, slabs, each with its own skips and compression", async () => {
  const slice = (i: number) => bytes.subarray(i * 70, (i + 1) * 70);
  const slices = { "s1.raw": slice(0), "s2.raw": slice(1), "s3.raw": slice(2) };
  const expected = [...bytes];
  const listed = (subdim: string, names: string[]) =>
    `${header({ "data file": `LIST${subdim}` }).trimEnd()}\n${names.join("\n")}\n`;
  const lists = [
    [listed("", ["s1.raw", "s2.raw", "s3.raw"]), slices],
    [listed(" 2", ["./s1.raw", "s2.RAW", "s3.raw"]), slices],
    [listed(" 3", ["b.raw"]), { "b.raw": bytes }],
    [
      listed("", ["s/1.raw", "s/2.raw", "s/3.raw"]),
      { "s/1.raw": slice(0), "s/2.raw": slice(1), "s/3.raw": slice(2) },
    ],
  ] as const;
  for (const [front, files] of lists) {
    expect(await values(fromBytes("a.nhdr", text(front), files))).toEqual(expected);
  }
  expect(await values(nhdr({ "data file": "s%d.raw 1 3 1" }, slices))).toEqual(expected);
  expect(await values(nhdr({ "data file": "s%d.raw 1 3 1 2" }, slices))).toEqual(expected);
  const padded = { "s003.raw": slice(0), "s002.raw": slice(1), "s001.raw": slice(2) };
  expect(await values(nhdr({ "data file": "s%03d.raw 3 1 -1" }, padded))).toEqual(expected);
  const packed: Record<string, Uint8Array> = {};
  for (const i of [0, 1, 2])
    packed[`s${2 * i}.gz`] = concat(text("line\n"), await gzip(concat(text("xyz"), slice(i))));
  const fields = { encoding: "gzip", "line skip": 1, "byte skip": 3, "data file": "s%d.gz 0 5 2" };
  expect(await values(nhdr(fields, packed))).toEqual(expected);
  const slabs = { "b1.raw": bytes.subarray(0, 140), "b2.raw": bytes.subarray(140) };
  const four = { sizes: "7 5 1 3", "data file": "b%d.raw 1 3 1 3" };
  expect(
    await values(nhdr(four, { "b1.raw": slice(0), "b2.raw": slice(1), "b3.raw": slice(2) }), { frame: 2 }),
  ).toEqual([...slice(2)]);
  await expectError(read(nhdr({ "data file": "b%d.raw 1 2 1 3" }, slabs)), "corrupt-file", "2 files");
  await expectError(
    read(nhdr({ "data file": "s%d.raw 1 2 1" }, slices)),
    "corrupt-file",
    "2 files",
    "7 x 5 x 3",
  );
  await expectError(read(nhdr({ "data file": "s%d.raw 2 4 1" }, slices)), "entry-not-found", "s4.raw");
  await expectError(read(nhdr({ "data file": "s%d.raw 1 3 0" }, slices)), "corrupt-file", "makes no sense");
  await expectError(
    read(nhdr({ "data file": "s%d.raw 1 999999999 1" }, slices)),
    "unsupported-format",
    "999,999,999 files",
  );
  const short = { ...slices, "s2.raw": slice(1).subarray(0, 50) };
  await expectError(
    read(nhdr({ "data file": "s%d.raw 1 3 1" }, short)),
    "corrupt-file",
    "s2.raw",
    "50 of 70",
  );
});

test("data files are not looked for outside the folder of the header", async () => {
  for (const name of [
    "../b.raw",
    "/data/b.raw",
    "data/../../b.raw",
    "C:\\data\\b.raw",
    "..\\b.raw",
    "https://example.com/b.raw",
    "file:///b.raw",
  ]) {
    const files = { [name]: bytes, "b.raw": bytes };
    const error = await expectError(
      read(nhdr({ "data file": name }, files)),
      "unsupported-format",
      "a.nhdr",
      name,
      "outside its folder",
    );
    expect(error.message.length).toBeLessThan(300);
  }
  await expectError(read(nhdr({ "data file": "" }, {})), "corrupt-file", "names no file");
  await expectError(
    read(nhdr({ "data file": "b.raw" }, {})),
    "entry-not-found",
    "a.nhdr",
    "b.raw",
    "missing",
  );
});

test.describe("on a server", () => {
  const frames = { dims: [64, 64, 64, 4], value: (i: number) => (Math.imul(i, 1103515245) >>> 13) & 32767 };
  const all = voxels(frames);
  const sizes = "64 64 64 4";
  const frame = (i: number) => Buffer.from(all.subarray(i * 524288, (i + 1) * 524288));
  const site = new RangeSite({
    "a.nrrd": concat(text(header({ sizes })), all),
    "s/a.nhdr": text(header({ sizes, "data file": "data of it/b.RAW" })),
    "s/data of it/b.raw": all,
    "s/frames.nhdr": text(header({ sizes, "data file": "f/%d.raw 0 3 1" })),
    ...Object.fromEntries([0, 1, 2, 3].map((i) => [`s/f/${i}.raw`, frame(i)])),
    "up/a.nhdr": text(header({ "data file": "../b.raw" })),
    "lost.nhdr": text(header({ "data file": "b.raw" })),
  }).serveTests();
  for (const [path, front, requests] of [
    ["a.nrrd", header({ sizes }).length, 2],
    // Twice for the name in the header, which is there in lower case only.
    ["s/a.nhdr", 0, 4],
    ["s/frames.nhdr", 0, 2],
  ] as const) {
    test(`of ${path}, only the frame that is wanted is fetched`, async () => {
      const { data } = await read(fromUrl(`${site.base}${path}?v=1`), { frame: 2 });
      expect(Buffer.from(data).equals(frame(2))).toBe(true);
      const [first, end] = [front + 2 * 524288, front + 3 * 524288];
      const asked = path.includes("frames") ? "GET s/f/2.raw" : `bytes=${first}-${end - 1}`;
      expect(site.asked.filter((line) => line.endsWith(asked))).toHaveLength(1);
      expect(site.asked).toHaveLength(requests);
    });
  }

  test("nothing outside its folder is asked for, and what is missing is named", async () => {
    await expectError(read(fromUrl(`${site.base}up/a.nhdr`)), "unsupported-format", "outside its folder");
    expect(site.asked).toEqual(["GET up/a.nhdr"]);
    for (const path of ["../b.raw", "/b.raw", "..", "a//b.raw", "a/./b.raw"]) {
      expect(fromUrl(`${site.base}up/a.nhdr`).sibling(path), path).toBeUndefined();
    }
    await expect(read(fromUrl(`${site.base}lost.nhdr`))).rejects.toThrow(/b\.raw/);
  });
});

test("what is not read, and what to do about it", async () => {
  await expectError(read(nrrd({ encoding: "bzip2" })), "unsupported-format", "bzip2", "gzip");
  await expectError(read(nrrd({ encoding: "bz2" })), "unsupported-format", "bz2", "unu save");
  await expectError(read(nrrd({ encoding: "zrl" })), "unsupported-format", "zrl");
  await expectError(read(nrrd({ type: "block", "block size": 7 })), "unsupported-format", "block", "float64");
  const later = concat(text(header({}, { magic: "NRRD0006" })), bytes);
  await expectError(read(fromBytes("a.nrrd", later)), "unsupported-format", "version 6");
});

test("damaged headers", async () => {
  for (const name of ["type", "dimension", "sizes", "encoding", "endian"]) {
    await expectError(
      read(nrrd({ [name]: undefined, ...(name === "sizes" && { sizes: undefined }) })),
      "corrupt-file",
      "a.nrrd",
    );
  }
  for (const [fields, ...words] of [
    [{ sizes: "7 -5 3" }, "7 -5 3"],
    [{ sizes: "7 0 3" }, "7 0 3"],
    [{ sizes: "7 nan 3" }, "7 nan 3"],
    [{ sizes: "7 5.5 3" }, "7 5.5 3"],
    [{ sizes: "1e9 1e9 1e9" }, "1e9 1e9 1e9"],
    [{ sizes: "7 5 3", dimension: 4 }, "7 5 3"],
    [{ sizes: "7 5 3", dimension: 1e9 }, "7 5 3"],
    [{ dimension: "-1" }, "-1", "dimension"],
    [{ dimension: "three" }, "three", "dimension"],
    [{ endian: "middle" }, "middle"],
    [{ "byte skip": -2 }, "-2", "byteskip"],
    [{ "byte skip": "many" }, "many"],
    [{ "line skip": 1e6 }, "lines"],
    [{ "byte skip": 1e9 }, "cut off"],
    [{ encoding: "gzip" }, "gzip"],
    [{ encoding: "txt", "byte skip": -1 }, "from the end"],
    [{ kinds: "space space" }, "2 kinds", "3 axes"],
    [{ "space directions": "(1,0,0)" }, "1 space directions"],
    [{ "space directions": "(1,0,0) (0,1,0) (0,0,1" }, "(0,0,1,"],
    [{ "space directions": "(1,0,x) (0,1,0) (0,0,1)" }, "(1,0,x)"],
    [{ "space directions": "(1,0,0) (0,1,0) (0,0,1)", "space origin": "(1,2" }, "(1,2"],
    [{ sizes: "20000 20000 20000" }, "16,000,000,000,000", "210"],
  ] as [Header, ...string[]][]) {
    const error = await expectError(read(nrrd(fields)), "corrupt-file", "a.nrrd", ...words);
    expect(error.message.length).toBeLessThan(300);
  }
});

test("a header without an end is refused after 1 MiB", async () => {
  const long = text(`${header({}).trimEnd()}\n${"key:=value\n".repeat(1e6)}`);
  const before = performance.now();
  await expectError(read(fromBytes("a.nrrd", long)), "corrupt-file", "a.nrrd", "1,048,576");
  expect(performance.now() - before).toBeLessThan(2000);
  const fine = concat(text(header({}).replace("\n\n", `\n${"key:=value\n".repeat(9e4)}\n`)), bytes);
  expect(await values(fromBytes("a.nrrd", fine))).toEqual([...bytes]);
});

test("long fields and numbers that are none take no longer than others", async () => {
  const before = performance.now();
  for (const source of [
    nrrd({ "space directions": "(".repeat(5e5) }),
    nrrd({ kinds: '" '.repeat(3e5) }),
    nrrd({ "data file": `${"%d".repeat(2e5)} 1 2 x` }),
    nrrd({ "data file": `a${" ".repeat(5e5)}` }),
    nrrd({ sizes: "2 2", encoding: "txt", type: "float" }, text(`${"9".repeat(6e4)}x `.repeat(10))),
  ]) {
    await expect(read(source)).rejects.toMatchObject({ name: "VoxelVolumeError" });
  }
  expect(performance.now() - before).toBeLessThan(5000);
});

test("a file cut off or damaged anywhere is refused, or read as it was", async () => {
  const packed = concat(text(header({ encoding: "gzip" })), await gzip(bytes));
  const plain = concat(text(header({})), bytes);
  const start = packed.length - (await gzip(bytes)).length;
  for (const whole of [packed, plain]) {
    for (let end = 7; end < whole.length; end += 3) {
      const reading = read(fromBytes("a.nrrd", whole.subarray(0, end)));
      if (end >= start) await expectError(reading, "corrupt-file", "a.nrrd");
      else await expect(reading, String(end)).rejects.toMatchObject({ name: "VoxelVolumeError" });
    }
  }
  for (let at = packed.length - 8; at < packed.length; at++) {
    const damaged = packed.slice();
    damaged[at] ^= 0x10;
    await expectError(read(fromBytes("a.nrrd", damaged)), "corrupt-file", "a.nrrd");
  }
  const next = random(2);
  for (let round = 0; round < 300; round++) {
    const damaged = plain.slice();
    for (let k = 0; k < 3; k++) damaged[Math.floor(next() * 90)] = Math.floor(next() * 256);
    const error = await read(fromBytes("a.nrrd", damaged)).then(
      () => undefined,
      (thrown) => thrown,
    );
    if (error)
      expect(error, new TextDecoder().decode(damaged.subarray(0, 90))).toMatchObject({
        name: "VoxelVolumeError",
      });
  }
});

test("a text of a million numbers, of which a header may claim more", async () => {
  const spec = { dims: [100, 100, 100], dtype: "int32" as const };
  const data = voxels(spec);
  const body = text(numbers({ dtype: "int32", data }).join(" "));
  const volume = await read(nrrd({ type: "int", sizes: "100 100 100", encoding: "txt" }, body));
  expect(Buffer.from(volume.data).equals(data)).toBe(true);
  const more = nrrd({ type: "int", sizes: "100 100 101", encoding: "txt" }, body);
  await expectError(read(more), "corrupt-file", "4,040,000", "4,000,000");
});

test("reading a large text can be aborted", async () => {
  const source = nrrd({ sizes: "200 200 200", encoding: "txt" }, Buffer.alloc(16e6, "1 "));
  const reading = readVolume(source, { signal: AbortSignal.timeout(20) });
  await expect(reading).rejects.toMatchObject({ name: "TimeoutError" });
});

test("the .nrrd among the shared cases", async () => {
  const path = new URL("../../../shared/cases/x_nrrd/a.nrrd", import.meta.url);
  test.skip(!existsSync(path), "../shared/cases is not here");
  expect(await read(fromBytes("a.nrrd", readFileSync(path)))).toMatchObject({
    dims: [5, 4, 3],
    dtype: "int16",
  });
  expect(await read(fixture("teem-raw-big.nrrd"))).toMatchObject({ oriented: true });
});
