/** How much JavaScript a page loads before the first picture. */

import { gzipSync } from "node:zlib";
import { BLOB } from "../support/blob.ts";
import { analyzeHeader, voxels, zip } from "../support/make-volume.ts";
import { expect, isolated as test } from "./viewer.ts";

/** Gzipped bytes: the current size, and the limit. */
const TODAY = 61_200;
const MOST = 64_000;

test("the first picture needs little JavaScript, and no more than before", async ({ viewer }) => {
  viewer.files["blob.zip"] = await zip({ "a/blob.hdr": analyzeHeader(BLOB), "a/blob.img": voxels(BLOB) });
  const scripts = new Map<string, number>();
  viewer.page.on("response", async (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js")) scripts.set(pathname, gzipSync(await response.body(), { level: 9 }).length);
  });
  await viewer.page.reload();
  await viewer.add({ src: "files/blob.zip" });
  // Requests before the first picture.
  const before = await viewer.page.evaluate(() => {
    const at = window.log.events.find(({ type }) => type === "load")?.at ?? 0;
    const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".js"));
    return scripts.filter(({ startTime }) => startTime < at).map(({ name }) => new URL(name).pathname);
  });
  const total = before.reduce((sum, path) => sum + (scripts.get(path) ?? Number.NaN), 0);
  test.info().annotations.push({ type: "gzip bytes", description: `${total}` });
  expect(total).toBeLessThan(Math.min(MOST, 1.05 * TODAY));
  // Check that no request was missed.
  expect(total).toBeGreaterThan(0.8 * TODAY);
  expect(before.join()).not.toMatch(/controls|axes|snapshot|weighted/);
});
