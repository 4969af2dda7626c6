/** NumPy: compressed arrays, and archives of arrays (.npz). */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles } from "../../src/read/index.ts";
import { gzip, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { npyFile } from "../support/npy.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const dims = [7, 5, 3];

test("gzipped, as a file, and in an archive with other files", async () => {
  const bytes = voxels({ dims, dtype: "uint8" });
  const file = npyFile({ descr: "'|u1'", shape: dims, fortran: true }, bytes);
  expect([...(await read(fromBytes("a.npy.gz", await gzip(file)))).data]).toEqual([...bytes]);
  expect([...(await read(fromFiles([new File([file], "a.npy")]))).data]).toEqual([...bytes]);
  const archive = await zip({
    "names.npy": npyFile({ descr: "'<U3'", shape: [2] }, new Uint8Array(24)),
    "times.npy": npyFile({ descr: "'<f8'", shape: [100] }, new Uint8Array(800)),
    "small.npy": npyFile({ descr: "'|u1'", shape: [2, 2, 2] }, new Uint8Array(8)),
    "head.npy": file,
    "scan.nii": niftiFile({ dims: [4, 3, 2] }),
  });
  const source = fromBytes("a.npz", archive);
  const { volume, entries } = await readVolume(source);
  expect(volume.name).toBe("head.npy");
  expect([...volume.data]).toEqual([...bytes]);
  expect(entries.map(({ path, format }) => [path, format])).toEqual([
    ["small.npy", "npy"],
    ["head.npy", "npy"],
    ["scan.nii", "nifti1"],
  ]);
  expect((await read(source, { entry: "small" })).dims).toEqual([2, 2, 2]);
  await expectError(read(source, { entry: "times" }), "unsupported-format", "times.npy", "1 axis", "100");
});

test("arrays of an archive by their keys, even if one is the end of all names", async () => {
  const array = (value: number) => npyFile({ descr: "'|u1'", shape: [1, 1, 1] }, Uint8Array.of(value));
  const files = {
    "x.npy": array(1),
    "y.npy": array(2),
    "npy.npy": array(3),
    "brainmask.npy": array(4),
    "mask.npy": array(5),
  };
  const source = fromBytes("a.npz", await zip(files));
  for (const [entry, value] of [
    ["x", 1],
    ["y", 2],
    ["npy", 3],
    ["mask", 5],
    ["brain", undefined],
  ] as const) {
    if (value) expect([...(await read(source, { entry })).data], entry).toEqual([value]);
    else await expectError(read(source, { entry }), "entry-not-found", "brainmask.npy");
  }
});

test("advice on an array of an archive loads the archive and gets the array by its key", async () => {
  const text = npyFile({ descr: "'<U3'", shape: [2] }, new Uint8Array(24));
  const archive = await zip({
    "names.npy": text,
    "head.npy": npyFile({ descr: "'|u1'", shape: dims }, new Uint8Array(105)),
  });
  await expectError(
    read(fromBytes("study/a.npz", archive), { entry: "names" }),
    "unsupported-format",
    'a = np.load("a.npz", allow_pickle=True)["names"]; np.save(',
  );
  await expectError(
    read(fromBytes("a.zip", archive), { entry: "names" }),
    "unsupported-format",
    'a = np.load("names.npy", allow_pickle=True); np.save(',
  );
});
