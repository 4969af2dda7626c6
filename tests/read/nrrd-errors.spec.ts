/** NRRD: unsupported and damaged files. */
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { bytes, type NrrdFields, nrrd, nrrdHeader } from "../support/make-nrrd.ts";
import { concat, gzip } from "../support/make-volume.ts";
import { random } from "../support/oracle.ts";
import { text } from "../support/text.ts";
import { expectError, read, values } from "./support.ts";

test("unsupported files, with advice", async () => {
  await expectError(read(nrrd({ encoding: "bzip2" })), "unsupported-format", "bzip2", "gzip");
  await expectError(read(nrrd({ encoding: "bz2" })), "unsupported-format", "bz2", "unu save");
  await expectError(read(nrrd({ encoding: "zrl" })), "unsupported-format", "zrl");
  await expectError(read(nrrd({ type: "block", "block size": 7 })), "unsupported-format", "block", "float64");
  const later = concat(text(nrrdHeader({}, { magic: "NRRD0006" })), bytes);
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
  ] as [NrrdFields, ...string[]][]) {
    const error = await expectError(read(nrrd(fields)), "corrupt-file", "a.nrrd", ...words);
    expect(error.message.length).toBeLessThan(300);
  }
});

test("a header without an end is refused after 1 MiB", async () => {
  const long = text(`${nrrdHeader({}).trimEnd()}\n${"key:=value\n".repeat(1e6)}`);
  const before = performance.now();
  await expectError(read(fromBytes("a.nrrd", long)), "corrupt-file", "a.nrrd", "1,048,576");
  expect(performance.now() - before).toBeLessThan(2000);
  const fine = concat(text(nrrdHeader({}).replace("\n\n", `\n${"key:=value\n".repeat(9e4)}\n`)), bytes);
  expect(await values(fromBytes("a.nrrd", fine))).toEqual([...bytes]);
});

test("long fields and invalid numbers are parsed as fast as others", async () => {
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

test("a file cut off or damaged anywhere is refused, or read with the correct values", async () => {
  const packed = concat(text(nrrdHeader({ encoding: "gzip" })), await gzip(bytes));
  const plain = concat(text(nrrdHeader({})), bytes);
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
