/** Content encodings of whole answers and of parts, and other server behaviour; in Node and in a browser. */
import { createHash } from "node:crypto";
import { expect, test } from "playwright/test";
import { fromUrl } from "../../src/read/index.ts";
import { gzip, niftiFile, niftiHeader, voxels, zip } from "../support/make-volume.ts";
import { RangeSite } from "../support/range-site.ts";
import { addReader, readInPage } from "./reader-page.ts";
import { expectError, read } from "./support.ts";

/** Random bytes (the mixing of MurmurHash3). */
function noise(i: number): number {
  const mixed = Math.imul(i + 1, 0x9e3779b1);
  const again = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return (again ^ (again >>> 13)) & 255;
}

/** Compresses to about half its size, which still exceeds the limit for fetching whole files. */
const spec = { dims: [80, 80, 80], value: noise };
const data = voxels(spec);
const hash = createHash("sha256").update(data).digest("hex");

const site = new RangeSite({ "page.html": Buffer.from("<!doctype html><title>page</title>") }).serveTests();

test.beforeAll(async () => {
  const file = niftiFile(spec);
  Object.assign(site.files, {
    "a.nii": file,
    "a.nii.gz": await gzip(file),
    "stored.zip": await zip({ "a.nii": file }, { compression: "STORE" }),
    "deflated.zip": await zip({ "a.nii": file }),
    "a.hdr": niftiHeader({ ...spec, pair: true }),
    "a.img": data,
  });
});

const FILES = ["a.nii", "a.nii.gz", "stored.zip", "deflated.zip", "a.hdr"];
/** Queries of the test server: encodings of whole answers and of parts, and whether other origins may see them. */
const ODDITIES = [
  "encoded",
  "encoded&whole",
  "encoded&once",
  "br",
  "br&whole",
  "refused",
  "hidden",
  "shifted",
  "whole",
];

for (const oddity of ODDITIES) {
  test(`in Node: every file is read correctly if the server does so: ${oddity}`, async () => {
    for (const name of FILES) {
      const volume = await read(fromUrl(`${site.base}${name}?${oddity}`));
      expect(Buffer.from(volume.data).equals(data), name).toBe(true);
    }
  });
}

test("in a browser: the same, from the own site, another site, and one that exposes some headers", async ({
  page,
}) => {
  for (const [from, seen] of [
    [`${site.base}page.html`, ""],
    ["/engine.html", ""],
    ["/engine.html", "&expose"],
  ] as const) {
    await page.goto(from);
    await addReader(page);
    for (const oddity of ODDITIES) {
      for (const name of FILES) {
        // A different URL each time, to avoid the browser's cache.
        const url = `${site.base}${name}?${oddity}${seen}&from=${from.length}`;
        expect(await readInPage(page, { url }), url).toMatchObject({ hash });
      }
    }
  }
});

test("redirected files and parts are read", async () => {
  for (const name of ["a.nii", "stored.zip"]) {
    const volume = await read(fromUrl(`${site.base}${name}?redirect=/${name}`));
    expect(Buffer.from(volume.data).equals(data), name).toBe(true);
  }
});

test("an answer without content is reported with its status", async () => {
  for (const name of ["a.nii", "a.nii.gz", "stored.zip"]) {
    await expectError(read(fromUrl(`${site.base}${name}?none`)), "network", name, "HTTP 204");
  }
});
