/** Pairs of .hdr and .img: names in any case, gzipped or not, from every source; and errors for a missing file. */
import { expect, test } from "playwright/test";
import { fromBytes, fromFiles, fromUrl, type Source } from "../../src/read/index.ts";
import { analyzeHeader, gzip, niftiFile, voxels, zip } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { readVolume } from "../support/volume-data.ts";
import { expectError, read } from "./support.ts";

const spec = { dims: [5, 4, 3] };
const [hdr, img] = [analyzeHeader(spec), voxels(spec)];

/** Names of a header and of its image. */
const NAMES = [
  ["a.hdr", "a.img"],
  ["a.hdr", "a.IMG"],
  ["A.HDR", "A.img"],
  ["A.HDR", "A.IMG"],
  ["a.hdr", "a.Img"],
  ["a.Hdr", "a.Img"],
  ["a.hdr.gz", "a.img.gz"],
  ["a.hdr", "a.img.gz"],
  ["a.hdr.gz", "a.img"],
  ["A.HDR.GZ", "A.IMG.GZ"],
  ["a.hdr", "a.IMG.gz"],
] as const;

const packed = async (name: string, bytes: Uint8Array) => (/gz$/i.test(name) ? gzip(bytes) : bytes);

const site = new RangeSite().serveTests();

for (const [header, image] of NAMES) {
  test(`${header} and ${image} find each other, whichever is opened`, async () => {
    const files = { [header]: await packed(header, hdr), [image]: await packed(image, img) };
    site.files = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`p/${name}`, bytes]));
    const dropped = Object.entries(files).map(([name, bytes]) => new File([bytes.slice()], name));
    const { [header]: h, [image]: i } = files;
    const sources: Record<string, Source> = {
      "bytes of the header": fromBytes(header, h, { [image]: i }),
      "bytes of the image": fromBytes(image, i, { [header]: h }),
      "dropped files": fromFiles(dropped),
      "a zip": fromBytes("a.zip", await zip({ [`f/${header}`]: h, [`f/${image}`]: i })),
      "the header's address": fromUrl(`${site.base}p/${header}`),
      "the image's address": fromUrl(`${site.base}p/${image}`),
    };
    for (const [name, source] of Object.entries(sources)) {
      const { volume, entries } = await readVolume(source);
      expect([...volume.data], name).toEqual([...img]);
      expect(entries, name).toHaveLength(1);
    }
  });
}

test("likely names of a pair on a server are requested first, and few for a missing file", async () => {
  site.files = { "a.hdr": hdr, "a.img": img, "B.HDR": hdr, "B.IMG": img, "alone.hdr": hdr };
  await read(fromUrl(`${site.base}a.hdr`));
  expect(site.asked).toEqual(["GET a.hdr", "GET a.img"]);
  site.reset();
  await read(fromUrl(`${site.base}B.HDR`));
  expect(site.asked).toEqual(["GET B.HDR", "GET B.IMG"]);
  site.reset();
  await expectError(read(fromUrl(`${site.base}alone.hdr`)), "entry-not-found");
  expect(site.asked.length).toBeLessThanOrEqual(6);
});

test("a header alone is reported with its missing .img, from every source", async () => {
  site.files = { "a.hdr": hdr, "n.hdr": niftiFile({ ...spec, pair: true }).subarray(0, 348) };
  for (const source of [
    fromBytes("a.hdr", hdr),
    fromFiles([new File([hdr.slice()], "a.hdr")]),
    fromBytes("a.zip", await zip({ "a.hdr": hdr })),
    fromUrl(`${site.base}a.hdr`),
    fromUrl(`${site.base}n.hdr`),
    fromUrl(`${site.base}a.hdr?status=403`),
    fromUrl(`${site.base}a.hdr?status=410`),
  ]) {
    await expectError(read(source), "entry-not-found", ".hdr", "the .img file", "is missing");
  }
  await expectError(
    read(fromUrl(`${site.base}a.hdr?status=500`)),
    "network",
    "a.img",
    "HTTP 500",
    "Try again later",
  );
});

test("an image alone is reported with its missing .hdr, from every source", async () => {
  site.files = { "a.img": img, "page.img": Buffer.from("<!doctype html>\n<title>Not found</title>") };
  for (const source of [
    fromBytes("a.img", img),
    fromFiles([new File([img.slice()], "a.img")]),
    fromBytes("a.zip", await zip({ "a.img": img })),
    fromBytes("a.img.gz", await gzip(img)),
    fromUrl(`${site.base}a.img`),
  ]) {
    await expectError(read(source), "entry-not-found", "a.img", "a.hdr", "is missing");
  }
  await expectError(read(fromUrl(`${site.base}a.img?status=500`)), "network", "a.hdr", "HTTP 500");
  await expectError(read(fromUrl(`${site.base}page.img`)), "unsupported-format", "web page");
  // An .img that needs no header is read.
  expect((await read(fromBytes("a.img", niftiFile(spec)))).dims).toEqual([5, 4, 3]);
});
