/** Plain 4-D files on a server: one frame is fetched alone if the server supports range requests. */
import { expect, test } from "playwright/test";
import { fromUrl, type Progress } from "../../src/read/index.ts";
import { niftiFile } from "../support/make-volume.ts";
import { VolumeFile } from "../support/volume-data.ts";
import { FRAME_BYTES, FREE, FrameSite, frameOf, spec } from "./frame-files.ts";
import { expectError } from "./support.ts";

const site = new FrameSite().serveTests();
const frameCost: FrameSite["frameCost"] = (...args) => site.frameCost(...args);

test("plain file on a server with ranges: each frame is fetched separately, and once", async () => {
  for (const [name, headers] of [
    ["a.nii", 0],
    ["f.npy", 0],
    ["p.hdr", 1],
  ] as const) {
    const file = new VolumeFile(fromUrl(site.base + name));
    expect((await frameCost(file, 0)).requests).toBe(headers + 1);
    for (const frame of [4, 2]) {
      expect(await frameCost(file, frame)).toMatchObject({ requests: 1, inflated: false });
      expect(site.sent).toBe(FRAME_BYTES);
    }
    for (const frame of [0, 2, 4]) expect(await frameCost(file, frame)).toMatchObject(FREE);
  }
});

test("plain file on a server without ranges, or that hides them: fetched once", async () => {
  for (const name of ["a.nii", "f.npy", "p.hdr"]) {
    const file = new VolumeFile(fromUrl(`${site.base}${name}?whole`));
    await frameCost(file, 2);
    for (const frame of [1, 0, 2]) expect(await frameCost(file, frame)).toMatchObject(FREE);
  }
});

test("plain file whose server stops supporting ranges: fetched whole, once", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}a.nii?once`));
  await frameCost(file, 0);
  expect((await frameCost(file, 3)).requests).toBe(2);
  expect((await frameCost(file, 4)).requests).toBe(0);
});

test("plain file that changes on the server: network", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}a.nii?changed`));
  await frameCost(file, 0);
  await expectError(file.read({ frame: 1 }), "network", "a.nii", "has changed");
  expect(await frameCost(file, 0)).toMatchObject(FREE);
});

test("plain file: a frame is returned before the whole file has arrived, and the rest is not fetched", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}a.nii?held`));
  await frameCost(file, 0);
  await expect.poll(() => site.open).toBe(0);
  expect((await frameCost(file, 4)).requests).toBe(1);
  const last = new VolumeFile(fromUrl(`${site.base}a.nii?held`));
  expect((await frameCost(last, 4)).requests).toBe(2);
  await expect.poll(() => site.open).toBe(0);
  site.files["bad.nii"] = niftiFile({ ...spec, datatype: 1 });
  await expectError(
    new VolumeFile(fromUrl(`${site.base}bad.nii?held`)).read(),
    "unsupported-format",
    "binary",
  );
  await expect.poll(() => site.open).toBe(0);
});

test("in a browser: one frame of a plain file is fetched alone if the server exposes ranges; never a preflight", async ({
  page,
}) => {
  await page.goto("/element.html");
  const read = (query: string) =>
    page.evaluate(async (url) => {
      const library = "/voxel-volume.min.js";
      const { fromUrl, readVolume } = (await import(library)) as typeof import("../../src/index.ts");
      const { volume } = await readVolume(fromUrl(url), { frame: 4 });
      return [...(await volume.read(0, { start: [0, 0, 0], end: volume.dims }))];
    }, `${site.base}a.nii?${query}`);
  expect(Buffer.from(await read("expose&held")).equals(frameOf(4))).toBe(true);
  const start = 352 + 4 * FRAME_BYTES;
  // The first byte shows whether ranges count the bytes that arrive: another origin's content encoding is hidden.
  expect(site.asked).toEqual([
    "GET a.nii",
    "GET a.nii bytes=0-0",
    `GET a.nii bytes=${start}-${start + FRAME_BYTES - 1}`,
  ]);
  await expect.poll(() => site.open).toBe(0);
  site.reset();
  expect(Buffer.from(await read("hidden")).equals(frameOf(4))).toBe(true);
  expect(site.asked).toEqual(["GET a.nii"]);
});

test("progress of a frame that is fetched alone includes its total", async () => {
  const file = new VolumeFile(fromUrl(`${site.base}a.nii`));
  for (const [frame, total] of [
    [0, 352 + FRAME_BYTES],
    [3, FRAME_BYTES],
  ]) {
    const seen: Progress[] = [];
    await file.read({ frame, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ phase: "download", loaded: total, total });
  }
});
