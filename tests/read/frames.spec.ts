/** VolumeFile: reading another frame or entry repeats no request and no inflation. */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl, fromUrls, type Progress, type Source } from "../../src/read/index.ts";
import { dicomFile } from "../support/make-dicom.ts";
import { gzip, niftiFile, voxels } from "../support/make-volume.ts";
import { VolumeFile } from "../support/volume-data.ts";
import { FRAME_BYTES, FRAMES, FREE, FrameSite, frameOf, plain } from "./frame-files.ts";
import { expectError } from "./support.ts";

const site = new FrameSite().serveTests();
const frameCost: FrameSite["frameCost"] = (...args) => site.frameCost(...args);

for (const name of ["a.nii.gz", "gzipped.nii", "g.hdr", "deflated.zip", "stored.zip", "pair.zip", "c.npz"]) {
  test(`${name}: the second frame needs no request, the third no inflation either`, async () => {
    for (const query of ["", "?whole"]) {
      const file = new VolumeFile(fromUrl(site.base + name + query));
      const entry = name === "deflated.zip" ? "a.nii" : undefined;
      expect((await frameCost(file, 3, entry)).requests).toBeGreaterThan(0);
      expect((await frameCost(file, 1, entry)).requests).toBe(0);
      for (const frame of [0, 5, 3, 1]) expect(await frameCost(file, frame, entry)).toMatchObject(FREE);
    }
  });
}

test("the first frame of a compressed file is inflated no further than its end", async () => {
  for (const name of ["a.nii.gz", "pair.zip"]) {
    await frameCost(new VolumeFile(fromBytes(name, site.files[name])), 0);
    expect(site.inflated).toBeLessThan(1.2 * FRAME_BYTES);
  }
});

test("downloads are kept up to the total budget, however small each is", async () => {
  const names = ["1.dcm", "2.dcm", "3.dcm"];
  for (const [z, name] of names.entries()) {
    const pixels = Array.from({ length: 100 * 100 }, (_, i) => i);
    site.files[name] = dicomFile({ columns: 100, rows: 100, pixels, instance: z + 1, position: [0, 0, z] });
  }
  // Enough for two files of 20 kB, but not for the volume.
  const file = new VolumeFile(fromUrls(names.map((name) => site.base + name)), { budget: 50_000 });
  expect((await file.read()).volume.dims).toEqual([100, 100, 3]);
  site.reset();
  await file.read();
  expect(site.asked).toHaveLength(1);
});

test("C order: all frames are fetched with the first", async () => {
  for (const query of ["", "?whole"]) {
    const file = new VolumeFile(fromUrl(`${site.base}c.npy${query}`));
    expect((await frameCost(file, 2)).requests).toBe(1);
    for (const frame of [0, 5, 2]) expect(await frameCost(file, frame)).toMatchObject(FREE);
  }
});

test("frames are views of one copy, except for the first", async () => {
  const sources: Record<string, Source> = {
    "in memory": fromBytes("a.nii", plain),
    gzipped: fromBytes("a.nii.gz", site.files["a.nii.gz"]),
    zipped: fromBytes("a.zip", site.files["stored.zip"]),
  };
  for (const [label, source] of Object.entries(sources)) {
    const file = new VolumeFile(source);
    await frameCost(file, 0);
    const buffers = new Set<ArrayBufferLike>();
    for (const frame of [1, 2, 3, 0]) buffers.add((await frameCost(file, frame)).data.buffer);
    expect(buffers.size, label).toBe(1);
    if (label === "in memory") expect([...buffers]).toEqual([plain.buffer]);
  }
});

test("frames that are not aligned to 8 bytes are copies", async () => {
  const odd = { dims: [3, 3, 3, 4] };
  const file = new VolumeFile(fromBytes("a.nii.gz", await gzip(niftiFile(odd))));
  for (const frame of [0, 1, 2, 3]) {
    const { data } = (await file.read({ frame })).volume;
    expect(data.byteOffset % 8).toBe(0);
    expect([...data]).toEqual([...voxels(odd).subarray(frame * 54, frame * 54 + 54)]);
  }
});

test("dropped files: frames of a pair and of an archive", async () => {
  const file = (name: string) => new File([site.files[name].slice()], name);
  for (const files of [
    [file("p.img"), file("p.hdr")],
    [file("g.hdr"), file("g.img.gz")],
    [file("stored.zip")],
  ]) {
    const opened = new VolumeFile(fromFiles(files));
    await frameCost(opened, 0);
    await frameCost(opened, 3);
    expect(await frameCost(opened, 0)).toMatchObject({ inflated: false });
  }
});

test("another entry of an archive needs no request except for its voxels", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}deflated.zip`));
  await frameCost(file, 0, "a.nii");
  site.reset();
  const { volume, entries } = await file.read({ entry: "b.nii" });
  expect(volume.dims).toEqual([50, 50, 50]);
  expect(entries.map(({ path }) => path)).toEqual(["a.nii", "b.nii"]);
  expect(site.asked).toHaveLength(1);
  expect((await frameCost(file, 1, "a.nii")).requests).toBe(1);
});

test("an aborted read keeps what was read before, and leaves nothing behind", async () => {
  for (const name of ["a.nii", "a.nii.gz", "deflated.zip", "c.npy", "g.hdr"]) {
    const entry = name === "deflated.zip" ? "a.nii" : undefined;
    const file = new VolumeFile(fromUrl(site.base + name));
    const abortAt = async (frame: number, phase: Progress["phase"]) => {
      const abort = new AbortController();
      const onProgress = (progress: Progress) => progress.phase === phase && abort.abort(new Error("enough"));
      await expect(file.read({ frame, entry, signal: abort.signal, onProgress })).rejects.toThrow("enough");
    };
    await abortAt(0, "download");
    await expect.poll(() => site.open).toBe(0);
    if (name !== "a.nii" && name !== "c.npy") await abortAt(0, "inflate");
    await frameCost(file, 0, entry);
    if (name === "c.npy") continue;
    await abortAt(2, name === "a.nii" ? "download" : "inflate");
    expect(await frameCost(file, 0, entry), name).toMatchObject(FREE);
    await frameCost(file, 2, entry);
    await frameCost(file, 1, entry);
  }
});

test("a read that waits for another is aborted immediately", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}deflated.zip?stall`));
  const [first, second] = [new AbortController(), new AbortController()];
  const readings = [first, second].map(({ signal }) => file.read({ signal }));
  second.abort(new Error("second"));
  await expect(readings[1]).rejects.toThrow("second");
  first.abort(new Error("first"));
  await expect(readings[0]).rejects.toThrow("first");
});

test("concurrent reads each get their own frame", async () => {
  for (const name of ["a.nii", "a.nii.gz", "c.npy"]) {
    const file = new VolumeFile(fromUrl(site.base + name));
    const read = await Promise.all([3, 0, 5].map((frame) => file.read({ frame })));
    expect(read.map(({ volume }) => volume.frame)).toEqual([3, 0, 5]);
    for (const { volume } of read) expect(Buffer.from(volume.data).equals(frameOf(volume.frame))).toBe(true);
  }
});

test("a missing frame or entry does not affect other reads", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}a.nii.gz`));
  await expectError(file.read({ frame: FRAMES }), "invalid-option", "frames 0 to 5");
  await frameCost(file, 0);
  for (const frame of [-1, 1.5, FRAMES])
    await expectError(file.read({ frame }), "invalid-option", "a.nii.gz");
  await expectError(file.read({ entry: "b" }), "entry-not-found", "a.nii.gz");
  expect(await frameCost(file, 0)).toMatchObject(FREE);
  expect((await frameCost(file, 1)).requests).toBe(0);
});

test("a failed download is tried again", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}late.nii.gz`));
  await expectError(file.read(), "network", "404");
  site.files["late.nii.gz"] = site.files["a.nii.gz"];
  await frameCost(file, 0);
});

test("frames beyond the budget are read again, one by one", async () => {
  const budget = Math.max(site.files["a.nii.gz"].length, 2 * FRAME_BYTES);
  expect(budget).toBeLessThan(FRAMES * FRAME_BYTES);
  const zipped = new VolumeFile(fromUrl(`${site.base}a.nii.gz`), { budget });
  await frameCost(zipped, 0);
  for (const frame of [1, 0]) {
    expect((await frameCost(zipped, frame)).requests).toBe(0);
    expect(site.inflated).toBeLessThan((frame + 1.2) * FRAME_BYTES);
  }
  const parts = new VolumeFile(fromUrl(`${site.base}a.nii`), { budget: 2 * FRAME_BYTES });
  for (const frame of [0, 1, 2]) await frameCost(parts, frame);
  for (const frame of [2, 1]) expect(await frameCost(parts, frame)).toMatchObject(FREE);
  expect((await frameCost(parts, 0)).requests).toBe(1);
  const interleaved = new VolumeFile(fromUrl(`${site.base}c.npy`), { budget: 2 * FRAME_BYTES });
  for (const frame of [0, 1]) expect((await frameCost(interleaved, frame)).requests).toBe(1);
});

test("downloads beyond the budget are not kept", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}a.nii.gz`), { budget: 1000 });
  for (const frame of [0, 1, 1]) expect((await frameCost(file, frame)).requests).toBe(1);
});

test("a compressed file that is cut off: the frames before can be read", async () => {
  const whole = site.files["a.nii.gz"];
  const short = await gzip(plain.subarray(0, 352 + 3 * FRAME_BYTES));
  for (const bytes of [short, whole.subarray(0, Math.floor(0.6 * whole.length))]) {
    const file = new VolumeFile(fromBytes("a.nii.gz", bytes));
    for (const frame of [0, 1, 2]) await frameCost(file, frame);
    await expectError(file.read({ frame: 4 }), "corrupt-file", "a.nii.gz");
    expect(await frameCost(file, 2)).toMatchObject(FREE);
  }
});
