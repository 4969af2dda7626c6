/** Generated DICOM files: finding slices among other files, and damaged slices. */

import { gzipSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, type Progress } from "../../src/read/index.ts";
import { type DicomSpec, dicomFile } from "../support/make-dicom.ts";
import { niftiFile, zip } from "../support/make-volume.ts";
import { VolumeFile, type VolumeWithData } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const int16 = ({ data }: VolumeWithData) => [...new Int16Array(data.slice().buffer)];
/** The first value of each slice, which `dicomFile` makes different for each instance. */
const firsts = (volume: VolumeWithData) => int16(volume).filter((_, i) => i % 6 === 0);

const slices = (count: number, folder = "") =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `${folder}IM${String(i).padStart(4, "0")}`,
      dicomFile({ instance: i + 1, position: [0, 0, i] }),
    ]),
  );

test("a zip of hundreds of slices without extension, a text and another volume", async () => {
  const text = new TextEncoder().encode("a study");
  const nifti = niftiFile({ dims: [4, 3, 2] });
  const archive = await zip({ "README.txt": text, "other.nii": nifti, ...slices(300, "study/") });
  const file = new VolumeFile(fromBytes("study.zip", archive));
  const { volume, entries } = await file.read();
  expect(volume).toMatchObject({ name: "1 test", dims: [3, 2, 300] });
  expect(entries.map(({ path }) => path)).toEqual(["other.nii", "1 test"]);
  expect(firsts(volume).slice(0, 3)).toEqual([100, 200, 300]);
});

test("gzipped slices form a volume: dropped, in a folder and in a zip", async () => {
  const files = Object.fromEntries(
    Object.entries(slices(5)).map(([name, bytes]) => [`${name}.dcm.gz`, new Uint8Array(gzipSync(bytes))]),
  );
  const [first] = Object.keys(files);
  const dropped = Object.entries(files).map(([name, bytes]) => new File([bytes], name));
  for (const source of [
    fromFiles(dropped),
    fromBytes(first, files[first], files),
    fromBytes("a.zip", await zip(files)),
  ]) {
    const volume = await read(source);
    expect(volume.dims).toEqual([3, 2, 5]);
    expect(firsts(volume)).toEqual([100, 200, 300, 400, 500]);
  }
});

test("files with the same name in different folders are different slices", async () => {
  const files = Object.fromEntries(
    [0, 1, 2].map((z) => [`${z}/IM`, dicomFile({ instance: z + 1, position: [0, 0, z] })]),
  );
  expect((await read(fromBytes("a.zip", await zip(files)))).dims).toEqual([3, 2, 3]);
  const dropped = Object.entries(files).map(([path, bytes]) => new File([bytes as BlobPart], path));
  expect((await read(fromFiles(dropped))).dims).toEqual([3, 2, 3]);
});

test("any of many dropped files may come first, also texts and a directory", async () => {
  const files = Object.entries(slices(300)).map(([path, bytes]) => new File([bytes as BlobPart], path));
  const text = new File(["x".repeat(10_000)], "LICENSE");
  const source = fromFiles([text, ...files]);
  expect(source.name).toBe("LICENSE");
  const progress: Progress[] = [];
  const volume = await read(source, { onProgress: (one) => progress.push(one) });
  expect(volume.dims).toEqual([3, 2, 300]);
  expect(progress.at(-1)).toEqual({ phase: "inflate", loaded: 3600, total: 3600 });
});

test("a decoded frame is kept within the budget", async () => {
  const source = fromBytes("a.dcm", dicomFile({ position: [0, 0, 0] }));
  for (const [budget, isKept] of [
    [undefined, true],
    [5, false],
  ] as const) {
    const file = new VolumeFile(source, { budget });
    const [first, second] = [await file.read(), await file.read()];
    expect(second.volume.data.buffer === first.volume.data.buffer).toBe(isKept);
  }
});

test("of large files only the header is read until voxels are requested, and a read can be aborted", async () => {
  let bytes = 0;
  const side = 512;
  const pixels = Array.from({ length: side * side }, () => 1);
  const parts = [0, 1, 2, 3].map((z) =>
    dicomFile({ columns: side, rows: side, pixels, position: [0, 0, z], instance: z + 1 }),
  );
  class Counted extends File {
    override slice(...args: Parameters<Blob["slice"]>): Blob {
      const part = super.slice(...args);
      bytes += part.size;
      return part;
    }
  }
  const files = parts.map((part, z) => new Counted([part as BlobPart], `IM${z}`));
  const file = new VolumeFile(fromFiles(files));
  await expectError(file.read({ entry: "none" }), "entry-not-found", "1 test");
  expect(bytes).toBeLessThan(4 * 20_000);
  const abort = new AbortController();
  const aborted = file.read({ signal: abort.signal, onProgress: () => abort.abort(new Error("enough")) });
  await expect(aborted).rejects.toThrow("enough");
  expect((await file.read()).volume.dims).toEqual([side, side, 4]);
});

test("a header that claims more than its file can hold is refused before memory is allocated", async () => {
  const claims: DicomSpec[] = [
    { more: [["0028,0008", "IS", "100000"]] },
    { more: [["0028,0010", "US", [65535]]] },
    { syntax: "1.2.840.10008.1.2.5", more: [["0028,0011", "US", [65535]]] },
    { syntax: "1.2.840.10008.1.2.4.70", more: [["0028,0010", "US", [5000]]] },
  ];
  for (const spec of claims) {
    await expectError(read(fromBytes("a.dcm", dicomFile(spec))), "corrupt-file", "a.dcm", "claims");
  }
});

test("a damaged file of a series is left out and reported", async () => {
  const good = slices(3);
  const bad = dicomFile({ instance: 9, position: [0, 0, 9] }).slice(0, -6);
  const volume = await read(fromBytes("IM0000", good.IM0000, { ...good, bad }));
  expect(volume.dims).toEqual([3, 2, 3]);
  expect(volume.notes?.[0]).toMatchObject({ values: { count: 1 } });
});
