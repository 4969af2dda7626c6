/** Every page of the demo works without console messages, and fits a phone. */

import { readdirSync } from "node:fs";
import { expect, test } from "playwright/test";
import { FieldZarr } from "../../demo/large/zarr.ts";
import { watch } from "../support/gpu.ts";

/** Except the benchmark, which has its own test: tests/bench/run.spec.ts. */
const PAGES = readdirSync("demo").filter((name) => name.endsWith(".html") && name !== "bench.html");
/** The React example loads React from here; the test must not. */
const CDN = "https://esm.sh/**";

/** The volume that the demo's own server makes, in few voxels. */
const FIELD = new FieldZarr({ side: 64, chunk: 32, levels: 2, absent: () => false });

// Small, because software rendering is slow; without motion, because rotating demos would never come to rest.
test.use({ viewport: { width: 390, height: 500 }, contextOptions: { reducedMotion: "reduce" } });

for (const name of PAGES) {
  test(`demo/${name}`, async ({ page }) => {
    const complaints = watch(page);
    await page.route(CDN, (route) =>
      route.fulfill({ contentType: "text/javascript", body: 'throw new Error("out of reach")' }),
    );
    await page.route("**/field.ome.zarr/**", async (route) => {
      const path = new URL(route.request().url()).pathname.replace(/.*\.zarr\//, "");
      const file = await FIELD.file(path);
      await route.fulfill(file ? { body: Buffer.from(await file.read(0, file.size)) } : { status: 404 });
    });
    // Reduce the resolution: if an attribute is repeated, the first counts.
    await page.route(`**/demo/${name}`, async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replaceAll('src="../sample', 'resolution="16" src="../sample');
      await route.fulfill({ response, body: html });
    });
    await page.goto(`/demo/${name}`);
    const shown = await page.evaluate(async () => {
      await customElements.whenDefined("voxel-volume");
      const elements = [...document.querySelectorAll("voxel-volume")];
      await Promise.all(elements.map((element) => element.drawn));
      return elements.filter((element) => element.loaded).length;
    });
    if (name === "react.html") await expect(page.getByRole("status")).toContainText("cannot be reached");
    else expect(shown).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    // Files that an OME-Zarr may have, and this one does not, are told on the console.
    const isExpected = (text: string) => name === "large.html" && text.includes("status of 404");
    expect(complaints.filter((text) => !isExpected(text))).toEqual([]);
    if (name === "large.html") await expect(page.getByRole("status")).toContainText("64 × 64 × 64");
    const links = await page.locator(".site a").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    expect(links.sort()).toEqual([...PAGES].sort());
  });
}
