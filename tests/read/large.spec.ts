/** Volumes that are too large for memory: which parts are read, and what is refused before reading. */

import { expect, test } from "playwright/test";
import { fromBytes, fromUrl, readVolume, type Source, VolumeFile } from "../../src/read/index.ts";
import { profileOf } from "../../src/values/profile.ts";
import { sliceOf } from "../../src/values/slices.ts";
import { valueAt } from "../../src/values/value-at.ts";
import type { Vec3 } from "../../src/volume.ts";
import { gzip, niftiFile, niftiHeader } from "../support/make-volume.ts";
import { npyFile } from "../support/npy.ts";
import { RangeSite } from "../support/range-site.ts";
import { expectError } from "./support.ts";

const OFFSET = 352;
/** 1.2 GB of int16. */
const DIMS: Vec3 = [1000, 1024, 600];
const stored = (x: number, y: number, z: number) => ((x * 3 + y * 5 + z * 7) % 1000) - 200;

/** A file of `frames` frames that is never in memory: bytes are computed when read, and counted. */
class ComputedFile {
  read = 0;
  readonly #header: Uint8Array;

  constructor(
    private readonly dims: Vec3,
    private readonly frames: number,
  ) {
    const spec = { dims: [...dims, frames], spacing: [1, 2, 3], value: () => 0 };
    this.#header = new Uint8Array([...niftiHeader(spec), 0, 0, 0, 0]);
  }

  get source(): Source {
    const size = OFFSET + 2 * this.dims[0] * this.dims[1] * this.dims[2] * this.frames;
    return {
      name: "large.nii",
      bytes: () => Promise.reject(new Error("all of it was asked for")),
      open: async () => ({ size, read: async (start, end) => this.#bytes(start, end) }),
      sibling: () => undefined,
    };
  }

  #bytes(start: number, end: number): Uint8Array {
    this.read += end - start;
    if (end <= OFFSET) return this.#header.slice(start, end);
    // Whole scalars.
    const bytes = new Uint8Array(2 * Math.ceil((end - start) / 2));
    const view = new DataView(bytes.buffer);
    const [nx, ny, nz] = this.dims;
    for (let at = 0; at < bytes.length; at += 2) {
      const byte = start + at;
      if (byte < OFFSET) {
        bytes[at] = this.#header[byte];
        bytes[at + 1] = this.#header[byte + 1];
        continue;
      }
      const i = (byte - OFFSET) / 2;
      const z = Math.floor(i / nx / ny);
      view.setInt16(at, stored(i % nx, Math.floor(i / nx) % ny, z % nz) + Math.floor(z / nz), true);
    }
    return bytes.subarray(0, end - start);
  }
}

test("a volume of more than 1 GiB is opened by its header, and its parts are read on demand", async () => {
  const file = new ComputedFile(DIMS, 1);
  const { volume, entries } = await readVolume(file.source);
  expect(entries[0]).toMatchObject({ dims: DIMS, spacing: [1, 2, 3] });
  expect(volume.levels).toEqual([{ dims: DIMS }]);
  expect(file.read).toBeLessThan(4096);
  file.read = 0;
  expect(await valueAt(volume, [999, 1023, 599])).toBe(stored(999, 1023, 599));
  expect(file.read).toBe(2000);
  const slab = await volume.read(0, { start: [0, 0, 300], end: [1000, 1024, 302] });
  expect(slab.length).toBe(2 * 2 * 1000 * 1024);
  const part = await volume.read(0, { start: [10, 20, 30], end: [12, 23, 32] });
  const expected: number[] = [];
  for (const z of [30, 31])
    for (const y of [20, 21, 22]) for (const x of [10, 11]) expected.push(stored(x, y, z));
  expect([...new Int16Array(part.slice().buffer)]).toEqual(expected);
  file.read = 0;
  const row = await sliceOf(volume, 1, 77);
  expect(row.values[600 * 1000 - 1]).toBe(stored(999, 77, 599));
  expect(file.read).toBe(2 * 1000 * 600);
  await expect(volume.read(0, { start: [0, 0, 0], end: [1, 1, 601] })).rejects.toThrow(RangeError);
  await expect(volume.read(1, { start: [0, 0, 0], end: [1, 1, 1] })).rejects.toThrow(RangeError);
});

test("its profile comes from a sample of rows, and is marked as such", async () => {
  const file = new ComputedFile(DIMS, 1);
  const { volume } = await readVolume(file.source);
  file.read = 0;
  const profile = await profileOf(volume);
  expect(file.read).toBeLessThan(48 * 2 ** 20);
  expect(profile).toMatchObject({ isSampled: true, min: -200, max: 799, isWhole: true, missing: 0 });
  expect(profile.count / (DIMS[0] * DIMS[1] * DIMS[2])).toBeCloseTo(1, 6);
});

test.describe("on a distant server", () => {
  const site = new RangeSite({ "a.nii": niftiFile({ dims: [64, 64, 64] }) }).serveTests();
  const open = async () => {
    const { volume } = await new VolumeFile(fromUrl(`${site.base}a.nii?far`), { mostInMemory: 1000 }).read();
    site.reset();
    return volume;
  };

  test("a part with many slices needs one round trip for several of them", async () => {
    const volume = await open();
    const part = await volume.read(0, { start: [1, 2, 13], end: [5, 6, 63] });
    expect(part.length).toBe(4 * 4 * 50 * 2);
    expect(site.asked).toHaveLength(50);
    expect(site.rounds).toBeLessThan(50 / 3);
  });

  test("a profile needs one round trip for several rows", async () => {
    const profile = await profileOf(await open());
    expect(profile.border).toHaveLength(6 * 24 * 24);
    expect(site.asked.length).toBeGreaterThan(500);
    expect(site.rounds).toBeLessThan(site.asked.length / 3);
  });
});

test("a frame of a file of 3 GB reads only the bytes of that frame", async () => {
  const dims: Vec3 = [256, 256, 100];
  const file = new ComputedFile(dims, 230);
  const { volume } = await readVolume(file.source, { frame: 229 });
  expect(volume).toMatchObject({ dims, frames: 230, frame: 229 });
  expect(file.read).toBeLessThan(2 * 256 * 256 * 100 + 4096);
  expect(await valueAt(volume, [255, 255, 99])).toBe(stored(255, 255, 99) + 229);
});

test("large volumes that are compressed or not in slices are refused before reading", async () => {
  const header = new Uint8Array([...niftiHeader({ dims: [1300, 1300, 1300] }), 0, 0, 0, 0]);
  // Large enough to inflate to that many bytes.
  const packed = await gzip(header);
  const padded = new Uint8Array(5 * 2 ** 20);
  padded.set(packed);
  await expectError(readVolume(fromBytes("a.nii.gz", padded)), "too-large", "4,394,000,000", "smaller");
  const npy = npyFile({ descr: "'<f4'", shape: [900, 900, 900] }, new Uint8Array(0));
  const source: Source = {
    ...fromBytes("a.npy", npy),
    open: async () => ({ size: 4e9, read: async (start, end) => npy.slice(start, end) }),
  };
  await expectError(readVolume(source), "too-large", "2,916,000,000", "uncompressed .nii");
});
