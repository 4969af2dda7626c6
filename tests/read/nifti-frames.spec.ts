/** NIfTI: frames, and the memory that they use. */
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { concat, gzip, type NiftiSpec, niftiFile, voxels } from "../support/make-volume.ts";
import { expectError, read } from "./support.ts";

test("frames of a 4-D volume, plain, gzipped and beyond the fourth axis", async () => {
  const spec: NiftiSpec = { dims: [3, 3, 3, 5], dtype: "int16" };
  const sources = [
    fromBytes("a.nii", niftiFile(spec)),
    fromBytes("a.nii.gz", await gzip(niftiFile(spec))),
    fromBytes("a.nii", niftiFile({ ...spec, dim: [6, 3, 3, 3, 1, 5, 1, 1] })),
  ];
  for (const source of sources) {
    for (const frame of [0, 3, 4]) {
      const volume = await read(source, { frame });
      expect(volume).toMatchObject({ frames: 5, frame, dims: [3, 3, 3] });
      expect([...volume.data]).toEqual([...voxels(spec).subarray(frame * 54, frame * 54 + 54)]);
      expect(volume.data.byteOffset % 8).toBe(0);
    }
  }
});

test("a missing frame", async () => {
  const source = fromBytes("a.nii", niftiFile({ dims: [3, 3, 3, 5] }));
  for (const frame of [5, -1, 1.5, Number.NaN]) {
    await expectError(read(source, { frame }), "invalid-option", `Frame ${frame}`, "a.nii", "0 to 4");
  }
  const one = fromBytes("a.nii", niftiFile({ dims: [3, 3, 3] }));
  await expectError(read(one, { frame: 1 }), "invalid-option", "only frame 0");
});

test("bytes at any offset of a buffer, as in Node", async () => {
  const spec = { dims: [9, 9, 9] };
  const bytes = Buffer.concat([Buffer.alloc(3), niftiFile(spec)]).subarray(3);
  const { data } = await read(fromBytes("a.nii", bytes));
  expect(data.byteOffset % 8).toBe(0);
  expect(data.constructor).toBe(Uint8Array);
  expect([...data]).toEqual([...voxels(spec)]);
});

test("one frame of many does not keep the file in memory, a single frame is not copied", async () => {
  const spec: NiftiSpec = { dims: [8, 8, 8, 9] };
  expect((await read(fromBytes("a.nii", niftiFile(spec)))).data.buffer.byteLength).toBe(1024);
  const bytes = niftiFile({ dims: [8, 8, 8] });
  expect((await read(fromBytes("a.nii", bytes))).data.buffer).toBe(bytes.buffer);
});

test("bytes after the voxels are ignored", async () => {
  const spec = { dims: [3, 3, 3] };
  const bytes = concat(niftiFile(spec), new Uint8Array(100));
  expect([...(await read(fromBytes("a.nii", bytes))).data]).toEqual([...voxels(spec)]);
  expect([...(await read(fromBytes("a.nii.gz", await gzip(bytes)))).data]).toEqual([...voxels(spec)]);
});
