/** NRRD: values of every type, encoding and byte order. */
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { bytes, dims, type NrrdFields, nrrd, nrrdHeader } from "../support/make-nrrd.ts";
import { concat, type Scalar, voxels } from "../support/make-volume.ts";
import { random } from "../support/oracle.ts";
import { text } from "../support/text.ts";
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

/** The values of little-endian voxels as text. */
function numbers({ dtype, data }: { dtype: Scalar; data: Uint8Array }): string[] {
  const arrays = {
    ...{ int8: Int8Array, uint8: Uint8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array },
    ...{ uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array, float32: Float32Array },
    ...{ float64: Float64Array, float16: Uint16Array },
  };
  return Array.from(new arrays[dtype](data.slice().buffer), String);
}

for (const name of fixturesNamed(/\.n(rrd|hdr)$/)) {
  test(`${name}: values and affine equal the input of the program that wrote it`, () =>
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

test("random shapes, types, byte orders, encodings, skips, line ends and files give what was written", async () => {
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
    const fields: NrrdFields = { type: pick(TYPES[dtype] ?? []), sizes: shape.join(" "), encoding };
    fields.endian = bigEndian ? "big" : "little";
    if (lineSkip) fields["line skip"] = lineSkip;
    if (byteSkip) fields["byte skip"] = byteSkip;
    const isDetached = next() < 0.5;
    if (isDetached) fields[pick(["data file", "datafile"])] = "b.data";
    const front = text(nrrdHeader(fields, { newline, magic: `NRRD000${pick([1, 2, 3, 4, 5])}` }));
    const source = isDetached
      ? fromBytes("a.nhdr", front, { "b.data": body })
      : fromBytes("a.nrrd", concat(front, body));
    const [x, y, z = 1, frames = 1] = shape;
    const size = data.length / frames;
    const frame = Math.floor(next() * frames);
    const volume = await read(source, { frame });
    const label = JSON.stringify({ fields, newline });
    expect(volume, label).toMatchObject({ dims: [x, y, z], frames, dtype });
    expect(Buffer.from(volume.data).equals(data.subarray(frame * size, (frame + 1) * size)), label).toBe(
      true,
    );
  }
});

test("numbers in text: exponents, signs, missing values, and the limits of 64-bit integers", async () => {
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
  for (const [type, words, word] of [
    ["uchar", "1 2 256 4", '"256" after 2 numbers'],
    ["uchar", "1 2 -1 4", '"-1"'],
    ["short", "1 2 3.5 4", '"3.5"'],
    ["float", "1 two 3 4", '"two"'],
    ["uint64", "1 -2 3 4", '"-2"'],
    ["float", `1 ${"9".repeat(1000)}`, "is not a number"],
  ]) {
    const source = nrrd({ type, sizes: "2 2", encoding: "txt" }, text(words));
    await expectError(read(source), "corrupt-file", "a.nrrd", word);
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

test("comments, key/value pairs and fields without meaning for the voxels are ignored", async () => {
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
  const front = nrrdHeader({}).replace("sizes:", `${segments}sizes:`);
  expect((await read(fromBytes("a.seg.nrrd", concat(text(front), bytes)))).intent).toBe("labels");
  expect((await read(nrrd({}))).intent).toBeUndefined();
});

test("a text of a million numbers, and a header that claims more", async () => {
  const spec = { dims: [100, 100, 100], dtype: "int32" as const };
  const data = voxels(spec);
  const body = text(numbers({ dtype: "int32", data }).join(" "));
  const volume = await read(nrrd({ type: "int", sizes: "100 100 100", encoding: "txt" }, body));
  expect(Buffer.from(volume.data).equals(data)).toBe(true);
  const more = nrrd({ type: "int", sizes: "100 100 101", encoding: "txt" }, body);
  await expectError(read(more), "corrupt-file", "4,040,000", "4,000,000");
});

test("reading a long text can be aborted", async () => {
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
