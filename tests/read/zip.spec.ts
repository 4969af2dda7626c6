/** zip archives: listing and choosing volumes, and the article's archive if it exists. */
import { existsSync, readFileSync } from "node:fs";
import JSZip from "jszip";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import {
  analyzeHeader,
  concat,
  gzip,
  niftiFile,
  niftiHeader,
  voxels,
  zip,
  zip64,
} from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const small = { dims: [4, 3, 2] };
const large = { dims: [9, 8, 7], bigEndian: true, spacing: [1, 1, 2] };
const frames = { dims: [5, 5, 5, 20] };

async function archive(extra: Record<string, Uint8Array> = {}) {
  const files = {
    "study/readme.txt": new TextEncoder().encode("nothing to see"),
    "study/func/a.hdr": analyzeHeader(small),
    "study/func/a.img": voxels(small),
    "study/anat/a.hdr": analyzeHeader(large),
    "study/anat/a.img": voxels(large),
    "study/b.nii": niftiFile(frames),
    "study/c.nii.gz": await gzip(niftiFile({ ...small, version: 2 })),
    "study/d.hdr": niftiHeader({ ...small, pair: true }),
    "study/d.img": voxels(small),
    "study/table.csv.gz": await gzip(new TextEncoder().encode("1,2\n")),
    "__MACOSX/study/._b.nii": niftiFile({ dims: [20, 20, 20] }),
    "study/._b.nii": niftiFile({ dims: [20, 20, 20] }),
    ...extra,
  };
  return fromBytes("study.zip", await zip(files));
}

test("all volumes are listed and the largest is chosen", async () => {
  const { volume, entries } = await readVolume(await archive());
  expect(volume).toMatchObject({ name: "study/anat/a.hdr", dims: [9, 8, 7], littleEndian: false });
  expect([...volume.data]).toEqual([...voxels(large)]);
  const one = { spacing: [1, 1, 1], dtype: "int16", frames: 1, littleEndian: true };
  expect(entries).toEqual([
    { ...one, path: "study/func/a.hdr", dims: [4, 3, 2], format: "analyze" },
    {
      ...one,
      path: "study/anat/a.hdr",
      dims: [9, 8, 7],
      spacing: [1, 1, 2],
      format: "analyze",
      littleEndian: false,
    },
    { ...one, path: "study/b.nii", dims: [5, 5, 5], frames: 20, format: "nifti1" },
    { ...one, path: "study/c.nii.gz", dims: [4, 3, 2], format: "nifti2" },
    { ...one, path: "study/d.hdr", dims: [4, 3, 2], format: "nifti1" },
  ]);
});

test("an entry by path, of a pair by either file, or by a unique end", async () => {
  const source = await archive();
  const picked = async (entry: string) => (await read(source, { entry })).name;
  expect(await picked("study/func/a.hdr")).toBe("study/func/a.hdr");
  expect(await picked("study/func/a.img")).toBe("study/func/a.hdr");
  expect(await picked("func/a.img")).toBe("study/func/a.hdr");
  expect(await picked("anat/a")).toBe("study/anat/a.hdr");
  expect(await picked("c.nii.gz")).toBe("study/c.nii.gz");
  expect(await picked("b.nii")).toBe("study/b.nii");
  expect(await picked("d.img")).toBe("study/d.hdr");
});

test("an exact path wins over matching ends", async () => {
  const source = await archive({ "a.hdr": analyzeHeader(small), "a.img": voxels(small) });
  expect((await read(source, { entry: "a.hdr" })).name).toBe("a.hdr");
  const alike = await archive({ "study/sub.nii": niftiFile(small) });
  expect((await read(alike, { entry: "b.nii" })).name).toBe("study/b.nii");
});

test("for an unknown or ambiguous entry, the error lists the entries", async () => {
  const source = await archive();
  await expectError(
    read(source, { entry: "x.nii" }),
    "entry-not-found",
    '"x.nii"',
    "study.zip",
    "study/anat/a.hdr",
  );
  await expectError(read(source, { entry: "b.img" }), "entry-not-found", '"b.img"');
  await expectError(
    read(source, { entry: "a.hdr" }),
    "entry-not-found",
    "study/func/a.hdr",
    "study/anat/a.hdr",
  );
  await expectError(read(source, { entry: "readme.txt" }), "entry-not-found", "readme.txt");
  await expectError(read(source, { entry: "" }), "entry-not-found");
  const plain = fromBytes("a.nii", niftiFile(small));
  await expectError(read(plain, { entry: "b.nii" }), "entry-not-found", "b.nii", "a.nii");
  expect((await read(plain, { entry: "a.nii" })).name).toBe("a.nii");
});

test("entry and frame together", async () => {
  const volume = await read(await archive(), { entry: "b.nii", frame: 7 });
  expect(volume).toMatchObject({ frame: 7, frames: 20 });
  expect([...volume.data]).toEqual([...voxels(frames).subarray(7 * 250, 8 * 250)]);
});

test("unreadable entries are left out, and give their error when requested", async () => {
  const bits = niftiFile({ dims: [30, 30, 30], datatype: 1 });
  const source = await archive({ "bits.nii": bits, "alone.hdr": analyzeHeader(large) });
  const { volume, entries } = await readVolume(source);
  expect(volume.name).toBe("study/anat/a.hdr");
  expect(entries).toHaveLength(5);
  await expectError(read(source, { entry: "bits.nii" }), "unsupported-format", "bits.nii", "binary");
  await expectError(read(source, { entry: "alone.hdr" }), "entry-not-found", "alone.hdr", ".img");
});

test("a zip without a volume is reported with its contents", async () => {
  const text = new TextEncoder().encode("x");
  const names = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "g.txt"];
  const source = fromBytes("t.zip", await zip(Object.fromEntries(names.map((name) => [name, text]))));
  await expectError(read(source), "entry-not-found", "t.zip", "a.txt", "e.txt", "2 more");
  await expectError(read(fromBytes("t.zip", await zip({}))), "entry-not-found", "no files");
});

test("volumes are recognised by content if no name is that of a volume", async () => {
  const files = {
    "readme.txt": new TextEncoder().encode("x"),
    scan: niftiFile(small),
    big: niftiFile(large),
  };
  const { volume, entries } = await readVolume(fromBytes("t.zip", await zip(files)));
  expect(volume.name).toBe("big");
  expect(entries.map(({ path }) => path)).toEqual(["scan", "big"]);
});

test("folders with Windows backslashes", async () => {
  const source = fromBytes(
    "t.zip",
    await zip({ "f\\a.hdr": analyzeHeader(small), "f\\a.img": voxels(small) }),
  );
  expect((await read(source, { entry: "f/a.img" })).name).toBe("f/a.hdr");
});

test("nested zips are not opened", async () => {
  const inner = await zip({ "a.nii": niftiFile(small) });
  await expectError(read(fromBytes("t.zip", await zip({ "in.zip": inner }))), "entry-not-found", "in.zip");
});

test("archives after a program that unpacks them, with offsets from either beginning", async () => {
  const files = { "a.nii": niftiFile(small), "b.nii": niftiFile(large) };
  const program = concat(Buffer.from("MZ\0\0"), new Uint8Array(70_000).fill(7));
  const script = Buffer.from("#!/bin/sh\nexec unzip $0\n");
  const adjusted = moved(await zip(files), script.length);
  for (const [name, bytes] of [
    ["setup.exe", concat(program, await zip(files))],
    ["a.zip", concat(new Uint8Array(13), await zip(files))],
    ["run.sh", concat(script, await zip(files))],
    ["wide.zip", concat(program, await zip64(files))],
    ["adjusted.sh", concat(script, adjusted)],
    ["junk.npz", concat(script, await zip(files), new Uint8Array(999))],
  ] as const) {
    const { volume, entries } = await readVolume(fromBytes(name, bytes));
    expect([...volume.data], name).toEqual([...voxels(large)]);
    expect(entries, name).toHaveLength(2);
  }
  await expectError(read(fromBytes("setup.exe", program)), "unsupported-format", "setup.exe");
  await expectError(read(fromBytes("run.sh", script)), "unsupported-format", "text");
});

/** Changes an archive's offsets as if they counted from `bytes` bytes before it. */
function moved(archive: Uint8Array<ArrayBuffer>, bytes: number): Uint8Array {
  const view = new DataView(archive.buffer);
  const end = archive.length - 22;
  const start = view.getUint32(end + 16, true);
  for (let at = start; at < end; ) {
    view.setUint32(at + 42, view.getUint32(at + 42, true) + bytes, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  view.setUint32(end + 16, start + bytes, true);
  return archive;
}

test("sizes that follow the data instead of preceding them", async () => {
  const archive = new JSZip();
  archive.file("a.nii", niftiFile(small));
  archive.file("b.nii", niftiFile(large));
  for (const compression of ["DEFLATE", "STORE"] as const) {
    const bytes = await archive.generateAsync({ type: "uint8array", streamFiles: true, compression });
    expect(bytes[6] & 8).toBe(8);
    const { volume, entries } = await readVolume(fromBytes("a.zip", bytes));
    expect([...volume.data]).toEqual([...voxels(large)]);
    expect(entries).toHaveLength(2);
  }
});

test("many files: every volume is listed, deflated, stored, gzipped, or as a pair; a damaged header is reported", async () => {
  const count = 600;
  const dims = (i: number) => [3 + (i % 5), 4, 5];
  const zipped = await Promise.all(Array.from({ length: 5 }, (_, i) => gzip(niftiFile({ dims: dims(i) }))));
  const makers: [string, (i: number) => Record<string, Uint8Array>][] = [
    ["nii", (i) => ({ [`${i}/a.nii`]: niftiFile({ dims: dims(i) }) })],
    ["nii of NIfTI-2", (i) => ({ [`${i}/a.nii`]: niftiFile({ dims: dims(i), version: 2 }) })],
    ["nii.gz", (i) => ({ [`${i}/a.nii.gz`]: zipped[i % 5] })],
    [
      "pair",
      (i) => ({
        [`${i}/a.hdr`]: analyzeHeader({ dims: dims(i) }),
        [`${i}/a.img`]: voxels({ dims: dims(i) }),
      }),
    ],
  ];
  for (const [name, make] of makers) {
    for (const compression of ["DEFLATE", "STORE"] as const) {
      const files = Object.assign({}, ...Array.from({ length: count }, (_, i) => make(i)));
      const bytes = await zip(files, { compression });
      const { volume, entries } = await readVolume(fromBytes("t.zip", bytes), {
        entry: Object.keys(make(477))[0],
      });
      expect(
        entries.map((entry) => entry.dims),
        name,
      ).toEqual(Array.from({ length: count }, (_, i) => dims(i)));
      expect([...volume.data], name).toEqual([...voxels({ dims: dims(477) })]);
      if (name !== "pair" || compression === "STORE") continue;
      // A bit of the first header's deflated data, after its local header.
      bytes[Buffer.from(bytes).indexOf("0/a.hdr") + "0/a.hdr".length + 20] ^= 1;
      const damaged = fromBytes("t.zip", bytes);
      expect((await readVolume(damaged)).entries).toHaveLength(count - 1);
      await expectError(read(damaged, { entry: "0/a.hdr" }), "corrupt-file", "0/a.hdr");
    }
  }
});

test("one volume among thousands of other files", async () => {
  const text = new TextEncoder().encode("x");
  const files = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`notes/${i}.txt`, text]));
  const { volume, entries } = await readVolume(
    fromBytes("t.zip", await zip({ ...files, "deep/a.nii": niftiFile(small) })),
  );
  expect(volume.name).toBe("deep/a.nii");
  expect(entries).toHaveLength(1);
});

const shared = new URL("../../../shared/", import.meta.url);
const head = new URL("data/head.zip", shared);

test("the article's archive", async () => {
  test.skip(!existsSync(head), "../shared/data/head.zip is not here");
  const { volume, entries } = await readVolume(fromBytes("head.zip", readFileSync(head)));
  expect(volume).toMatchObject({
    dims: [157, 189, 68],
    dtype: "int16",
    spacing: [1, 1, 2],
    littleEndian: true,
  });
  expect(volume.name).toBe("attention/structural/nsM00587_0002.hdr");
  expect(entries.map(({ path, dims, littleEndian }) => [path.slice(-8), ...dims, littleEndian])).toEqual([
    ["0010.hdr", 53, 63, 46, true],
    ["0011.hdr", 53, 63, 46, false],
    ["0012.hdr", 53, 63, 46, true],
    ["0002.hdr", 157, 189, 68, true],
  ]);

  const golden = (name: string) => readFileSync(new URL(`reference/golden/${name}.npy`, shared));
  const body = (npy: Buffer) => npy.subarray(10 + npy.readUInt16LE(8));
  const [index, raw] = [golden("sample_index"), golden("sample_raw")];
  expect(index.toString("latin1")).toContain("'<i2', 'fortran_order': False, 'shape': (4096, 3)");
  expect(raw.toString("latin1")).toContain("'<i2', 'fortran_order': False, 'shape': (4096,)");
  const [nx, ny] = volume.dims;
  const view = new DataView(volume.data.buffer, volume.data.byteOffset);
  for (let i = 0; i < 4096; i++) {
    const [x, y, z] = [0, 2, 4].map((byte) => body(index).readInt16LE(6 * i + byte));
    expect(view.getInt16(2 * (x + nx * (y + ny * z)), true)).toBe(body(raw).readInt16LE(2 * i));
  }
});
