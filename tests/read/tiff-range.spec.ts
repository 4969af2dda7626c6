/** TIFF files on a server with ranges: number of requests and bytes. */

import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromUrl } from "../../src/read/index.ts";
import { concat } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { VolumeFile } from "../support/volume-data.ts";
import { type TiffSpec, tiffFile } from "./tiff-file.ts";

const site = new RangeSite().serveTests();

const side = 64;
/** Hardly compressible, and different on each page. */
const page = (z: number) => {
  let state = 12345 + 977 * z;
  return Uint8Array.from({ length: side * side }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
};
const pages = Array.from({ length: 1000 }, (_, z) => page(z));
const file = (spec: Partial<TiffSpec> = {}) => tiffFile({ width: side, height: side, pages, ...spec });

for (const [what, spec] of Object.entries({
  "directories behind the pixels": { directories: "behind" },
  "directories among the pixels": { directories: "among" },
  "directories among compressed pixels": { directories: "among", compression: 8, pack: deflateSync },
} satisfies Record<string, Partial<TiffSpec>>)) {
  test(`1000 pages, ${what}: nothing is fetched twice, with few requests`, async () => {
    const bytes = file(spec);
    site.files["a.tif"] = bytes;
    const { volume } = await new VolumeFile(fromUrl(`${site.base}a.tif`)).read();
    expect(volume.dims).toEqual([side, side, 1000]);
    expect(Buffer.compare(volume.data, concat(...pages))).toBe(0);
    // The beginning is requested once more, with the bytes after it.
    expect(site.sent).toBeLessThan(1.02 * bytes.length);
    expect(site.asked.length).toBeLessThan(30);
  });
}

test("a frame of a hyperstack with directories after the pixels is fetched alone", async () => {
  const fields = { 270: "ImageJ=1\nimages=1000\nchannels=2\nslices=5\nframes=100\nhyperstack=true\n" };
  const bytes = file({ directories: "behind", fields });
  site.files["b.tif"] = bytes;
  const stack = new VolumeFile(fromUrl(`${site.base}b.tif`));
  const { volume } = await stack.read({ frame: 101 });
  expect(volume).toMatchObject({ dims: [side, side, 5], frames: 200 });
  const wanted = [0, 1, 2, 3, 4].map((z) => pages[1 + 2 * (z + 5 * 50)]);
  expect(Buffer.compare(volume.data, concat(...wanted))).toBe(0);
  expect(site.sent).toBeLessThan(0.05 * bytes.length);
  site.reset();
  await stack.read({ frame: 3 });
  // Headers have been read by now.
  expect(site.sent).toBeLessThan(10 * side * side);
});

test("a frame of a compressed hyperstack with directories between the pixels is read without all others", async () => {
  const fields = { 270: "ImageJ=1\nimages=1000\nchannels=1\nslices=100\nframes=10\nhyperstack=true\n" };
  const bytes = file({ compression: 8, pack: deflateSync, fields });
  site.files["c.tif"] = bytes;
  const stack = new VolumeFile(fromUrl(`${site.base}c.tif`));
  const { volume } = await stack.read({ frame: 0 });
  expect(volume).toMatchObject({ dims: [side, side, 100], frames: 10 });
  expect(Buffer.compare(volume.data, concat(...pages.slice(0, 100)))).toBe(0);
  expect(site.sent).toBeLessThan(0.5 * bytes.length);
  site.reset();
  await stack.read({ frame: 0 });
  expect(site.asked, "the frame is kept").toEqual([]);
});
