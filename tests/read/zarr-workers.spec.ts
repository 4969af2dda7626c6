/** Chunks are decoded in workers or, where none can be started, in the page; a build of one file leaves decoders out. */
import { gzipSync } from "node:zlib";
import Blosc from "numcodecs/blosc";
import Zstd from "numcodecs/zstd";
import { expect, type Page, test } from "playwright/test";
import { RangeSite } from "../support/range-site.ts";
import type { Files } from "../support/zarr.ts";
import { arrayFiles, compressed, sharded } from "../support/zarr-files.ts";

const site = new RangeSite().serveTests();

const SPEC = { shape: [4, 4, 4], chunks: [2, 2, 2], names: ["z", "y", "x"], value: (i: number) => i };
const blosc = { id: "blosc", cname: "lz4", clevel: 5, shuffle: 1, blocksize: 0 };
const EXPECTED = Array.from({ length: 64 }, (_, i) => i);

test.beforeAll(async () => {
  const plain = await arrayFiles("", SPEC);
  const add = (folder: string, files: Files) => {
    for (const [path, bytes] of Object.entries(files)) site.files[`${folder}/${path}`] = bytes;
  };
  add(
    "blosc.zarr",
    await compressed(plain, { name: "blosc", configuration: blosc }, (data) =>
      Blosc.fromConfig(blosc).encode(data),
    ),
  );
  const zstd = await compressed(plain, { name: "zstd", configuration: {} }, (data) =>
    Zstd.fromConfig({ id: "zstd" }).encode(data),
  );
  add("zstd.zarr", zstd);
  const damaged = zstd["c/1/1/1"].slice();
  damaged.fill(255, 6);
  add("damaged.zarr", { ...zstd, "c/1/1/1": damaged });
  const gzip = { name: "gzip", configuration: { level: 1 } };
  add("gzip.zarr", await compressed(plain, gzip, (data) => new Uint8Array(gzipSync(data))));
  add("sharded.zarr", await sharded(plain, "", [2, 2, 2]));
});

/** Values of an array, or the error's message, as a module of dist reads it in the page. */
async function inPage(page: Page, module: string, name: string): Promise<number[] | string> {
  return page.evaluate(
    async ([path, url]) => {
      const { fromUrl, readVolume } = await import(path);
      try {
        const { volume } = await readVolume(fromUrl(url));
        return [...(await volume.read(0, { start: [0, 0, 0], end: volume.dims }))] as number[];
      } catch (error) {
        return (error as Error).message;
      }
    },
    [`/${module}`, `${site.base}${name}.zarr`],
  );
}

/** Opens a page, with a content security policy. */
async function openPage(page: Page, policy?: string): Promise<void> {
  await page.goto("/LEGAL.txt");
  await page.evaluate((content) => {
    if (!content) return;
    const meta = Object.assign(document.createElement("meta"), {
      httpEquiv: "Content-Security-Policy",
      content,
    });
    document.head.append(meta);
  }, policy);
}

const decoders = (page: Page) =>
  page.workers().filter((worker) => worker.url().endsWith("/chunks/decode-worker.js"));

test("in workers, in both builds with chunks; a damaged chunk does not stop others", async ({ page }) => {
  for (const module of ["voxel-volume.min.js", "read.js"]) {
    await openPage(page);
    for (const name of ["blosc", "zstd"]) expect(await inPage(page, module, name), module).toEqual(EXPECTED);
    const count = decoders(page).length;
    expect(count, module).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(4);
    expect(await inPage(page, module, "damaged")).toMatch(
      /chunk \(1, 1, 1\) is damaged: zstd cannot decode it/,
    );
    expect(await inPage(page, module, "zstd")).toEqual(EXPECTED);
  }
});

test("in the page, where its policy forbids workers", async ({ page }) => {
  await openPage(page, "script-src 'self' 'unsafe-eval'; worker-src 'none'");
  for (const name of ["blosc", "zstd"])
    expect(await inPage(page, "voxel-volume.min.js", name)).toEqual(EXPECTED);
  expect(await inPage(page, "voxel-volume.min.js", "damaged")).toContain("zstd cannot decode it");
  expect(decoders(page)).toHaveLength(0);
});

test("a strict policy is no obstacle to workers; if it forbids them, the error says so", async ({ page }) => {
  await openPage(page, "script-src 'self'; worker-src 'none'");
  expect(await inPage(page, "voxel-volume.min.js", "zstd")).toContain("worker-src 'self'");
  expect(await inPage(page, "voxel-volume.min.js", "gzip")).toEqual(EXPECTED);
  const trusted = "require-trusted-types-for 'script'; trusted-types lit-html voxel-volume";
  for (const policy of ["script-src 'self'", `script-src 'self'; ${trusted}`]) {
    await openPage(page, policy);
    expect(await inPage(page, "voxel-volume.min.js", "zstd"), policy).toEqual(EXPECTED);
  }
});

test("a build of one file reads what needs no decoder, and says what it lacks", async ({ page }) => {
  await openPage(page);
  expect(await inPage(page, "voxel-volume.bundle.js", "gzip")).toEqual(EXPECTED);
  const message = await inPage(page, "voxel-volume.bundle.js", "zstd");
  expect(message).toMatch(
    /zstd, for which voxel-volume\.bundle\.js has no decoder: use voxel-volume\.min\.js/,
  );
  expect(page.workers()).toHaveLength(0);
});

test("shards of another site need no preflight: their size is asked for first", async ({ page }) => {
  await openPage(page);
  expect(await inPage(page, "voxel-volume.min.js", "sharded")).toEqual(EXPECTED);
  const shard = "sharded.zarr/c/0/0/0";
  expect(site.asked.filter((request) => request.includes(shard))[0]).toBe(`HEAD ${shard}`);
  expect(site.asked.filter((request) => request.startsWith("OPTIONS"))).toEqual([]);
});
