/** Pages that load the package without a bundler: from another origin, such as a CDN, and as a single file. */

import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { blob } from "../support/blob.ts";
import { BLOB_TAG, expectBlobIn } from "../support/blob-picture.ts";
import { type FolderSite, serveFolder } from "../support/folder-site.ts";
import { watch } from "../support/gpu.ts";
import { Site } from "../support/site.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const html = (script: string) =>
  Buffer.from(`<!doctype html><link rel="icon" href="data:," />${script}${BLOB_TAG}`);
const RARE = ["dicom/MR_small_RLE.dcm", "dicom/jpeg-lossless.dcm", "tiff/jpeg.tif", "itk-float32-nrrd.nrrd"];

let cdn: FolderSite;
let site: Site;
let address: string;

test.beforeAll(async () => {
  cdn = await serveFolder(".");
  const files = Object.fromEntries(RARE.map((path) => [path, readFileSync(`tests/read/fixtures/${path}`)]));
  site = new Site({
    ...files,
    "brain.nii": blob(),
    "cdn.html": html(`<script type="module" src="${cdn.url}${manifest.unpkg}"></script>`),
    "blob.html": html(`
      <script type="module">
        const text = await (await fetch("${cdn.url}dist/voxel-volume.bundle.js")).text();
        const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
        window.library = await import(url);
        URL.revokeObjectURL(url);
      </script>`),
  });
  address = await site.open();
});
test.afterAll(() => {
  cdn.close();
  site.close();
});

test("a page draws with the script and its chunks from another origin", async ({ page }) => {
  const complaints = watch(page);
  await page.goto(`${address}cdn.html`);
  await expectBlobIn(page, "cdn");
  expect(manifest.jsdelivr).toBe(manifest.unpkg);
  expect(complaints).toEqual([]);
});

test("the single file draws and reads every format from a blob: URL, without loading more code", async ({
  page,
}) => {
  const complaints = watch(page);
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/script|fetch/.test(request.resourceType())) fetched.push(new URL(request.url()).pathname);
  });
  await page.goto(`${address}blob.html`);
  await expectBlobIn(page, "blob-url");
  const dims = await page.evaluate(async (names) => {
    const { fromUrl, readVolume } = (window as unknown as { library: typeof import("../../src/index.ts") })
      .library;
    const volumes = names.map((name) => readVolume(fromUrl(new URL(name, location.href).href)));
    return (await Promise.all(volumes)).map(({ volume }) => volume.dims.length);
  }, RARE);
  expect(dims).toEqual(RARE.map(() => 3));
  const code = fetched.filter((path) => path.endsWith(".js"));
  expect(code).toEqual(["/dist/voxel-volume.bundle.js"]);
  expect(complaints).toEqual([]);
});
