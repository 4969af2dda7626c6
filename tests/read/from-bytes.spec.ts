/** fromBytes with any name: every format is recognised by content, at any position of the bytes in a buffer. */
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { concat, gzip, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { npyFile } from "../support/npy.ts";
import { read } from "./support.ts";

const spec = { dims: [9, 8, 7] };
const npy = npyFile({ descr: "'<i2'", shape: spec.dims, fortran: true }, voxels(spec));

const FILES: Record<string, () => Promise<Uint8Array>> = {
  ".nii": async () => niftiFile(spec),
  ".nii of NIfTI-2": async () => niftiFile({ ...spec, version: 2 }),
  ".nii.gz": async () => gzip(niftiFile(spec)),
  ".zip": async () => zip({ "a.nii": niftiFile(spec) }),
  ".zip, stored": async () => zip({ "a.nii": niftiFile(spec) }, { compression: "STORE" }),
  ".npy": async () => npy,
  ".npy.gz": async () => gzip(npy),
  ".npz": async () => zip({ "arr_0.npy": npy }),
};

/** The same bytes, at offset `start` of a larger buffer. */
const inside = (bytes: Uint8Array, start: number) =>
  concat(new Uint8Array(start).fill(7), bytes, new Uint8Array(5).fill(7)).subarray(
    start,
    start + bytes.length,
  );

for (const [extension, make] of Object.entries(FILES)) {
  test(`${extension} is recognised by content`, async () => {
    const bytes = await make();
    for (const source of [
      fromBytes("volume", bytes),
      fromBytes("", bytes),
      fromBytes("volume", bytes.slice().buffer),
    ]) {
      const { data, dims } = await read(source);
      expect(dims).toEqual(spec.dims);
      expect(Buffer.from(data).equals(voxels(spec))).toBe(true);
    }
  });

  test(`${extension} in a Buffer and at any offset`, async () => {
    const bytes = await make();
    const placed = [1, 3, 4, 7].map((start) => inside(bytes, start));
    // Small Buffers share a pool, so they start at any offset.
    for (const given of [
      ...placed,
      ...placed.map((one) => Buffer.from(one.buffer, one.byteOffset, one.length)),
    ]) {
      const { data } = await read(fromBytes("volume", given));
      expect(Buffer.from(data).equals(voxels(spec))).toBe(true);
      expect(data.byteOffset % 8).toBe(0);
      expect(data.constructor).toBe(Uint8Array);
    }
  });
}
