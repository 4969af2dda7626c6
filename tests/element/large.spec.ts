/** A volume of 512 x 512 x 512 voxels in the element, streamed from a server that makes its chunks on demand. */

import { random } from "../support/oracle.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { readPng } from "../support/png.ts";
import { ZarrSite } from "../support/zarr-site.ts";
import { expect, test } from "./viewer.ts";

// Absent chunks are told on the console.
test.use({ quiet: false });

const site = new ZarrSite({ side: 512, chunk: 32, levels: 3, version: 2 }).serveTests();
const OVERVIEW_BYTES = 128 ** 3;
/** Close enough to need the finest level. */
const CLOSE = { zoom: "14", target: "0.4 0.3 0.6", opacity: "0.4" };

test.afterEach(() => {
  site.failing = undefined;
  site.latencyMs = 0;
});

/** Requests that are sent within half a second. */
async function askedAtRest(): Promise<string[]> {
  site.reset();
  await new Promise((resolve) => setTimeout(resolve, 500));
  return site.asked;
}

test("the first picture needs the overview and no more", async ({ viewer }) => {
  // What the picture shows beyond that comes too late.
  site.failing = (path) => (/^[01]\/\d/.test(path) ? 503 : undefined);
  await viewer.add({ src: site.url });
  expect(site.sent).toBeGreaterThan(OVERVIEW_BYTES / 4);
  expect(site.sent).toBeLessThan(OVERVIEW_BYTES + 20_000);
});

test("the overview is shown first, then what the picture shows; at rest nothing is fetched", async ({
  viewer,
}) => {
  await viewer.add({ src: site.url, ...CLOSE });
  const [{ detail }] = await viewer.events("load");
  expect(detail).toMatchObject({
    dims: [512, 512, 512],
    gridDims: [512, 512, 512],
    level: 2,
    reduced: false,
  });
  expect((detail as { levels: unknown[] }).levels).toHaveLength(3);
  const levels = new Set(site.chunks.map((path) => path.split("/")[0]));
  expect([...levels].sort()).toEqual(["0", "2"]);
  // Far less than the volume.
  expect(site.sent).toBeLessThan(512 ** 3 / 4);
  const first = await viewer.picture();
  expect(await askedAtRest()).toEqual([]);
  await viewer.set("azimuth", 120);
  expect(site.asked.length).toBeGreaterThan(0);
  expectDifferent("large-turned", await viewer.picture(), first);
  site.reset();
  await viewer.set("azimuth", 320);
  expectAlike("large-back", await viewer.picture(), first, 50);
  expect(await askedAtRest()).toEqual([]);
});

test("the picture on screen is that of toBlob, which waits for all that it shows", async ({ viewer }) => {
  site.latencyMs = 50;
  await viewer.add({ src: site.url, ...CLOSE, zoom: "6", blend: "exact" });
  const bytes = await viewer.call(async (element) => {
    element.azimuth = 10;
    const blob = await element.toBlob({ background: "white" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await viewer.settled();
  expectAlike("large-blob", readPng(Buffer.from(bytes)), await viewer.picture(), 45);
});

test("a chunk that fails is tried again; one that keeps failing is missing, and told once", async ({
  viewer,
}) => {
  site.failing = (path, attempt) => (/^0\/\d/.test(path) && attempt < 3 ? 503 : undefined);
  await viewer.add({ src: site.url, ...CLOSE });
  expect(await viewer.events("error")).toEqual([]);
  const whole = await viewer.picture();
  site.failing = (path) => (/^\d\/\d/.test(path) ? 500 : undefined);
  await viewer.set("azimuth", 120);
  const errors = await viewer.events("error");
  expect(errors).toMatchObject([{ code: "network" }]);
  expect(errors[0].message).toContain("500");
  expectDifferent("large-missing", await viewer.picture(), whole);
  expect(await askedAtRest()).toEqual([]);
});

test("pick reads the value of the level that is drawn", async ({ viewer }) => {
  await viewer.add({ src: site.url, ...CLOSE, azimuth: "20", opacity: "1" });
  site.reset();
  const picked = await viewer.call(async (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.pick(left + width / 2, top + height / 2);
  });
  const [x, y, z] = picked?.index ?? [0, 0, 0];
  expect(picked?.value).toBe(site.zarr.stored(0, x, y, z));
  expect(site.asked).toEqual([]);
});

test("after 200 jumps of the camera with requests that fail and are given up, the picture is right", async ({
  viewer,
}) => {
  test.slow();
  await viewer.add({ src: site.url });
  site.reset();
  site.latencyMs = 30;
  site.failing = (path, attempt) => (attempt === 1 && path.length % 4 === 0 ? 503 : undefined);
  const next = random(5);
  const complaints: string[] = [];
  viewer.page.on("pageerror", (error) => complaints.push(error.message));
  for (let jump = 0; jump < 200; jump++) {
    const view = {
      azimuth: 360 * next(),
      elevation: 180 * next() - 90,
      zoom: 2 ** (5 * next()),
      target: [0.3 + 0.4 * next(), 0.3 + 0.4 * next(), 0.3 + 0.4 * next()].join(" "),
    };
    await viewer.page.evaluate((view) => {
      Object.assign(document.querySelector("voxel-volume") as object, view);
    }, view);
    await viewer.page.waitForTimeout(40 * next());
  }
  site.failing = undefined;
  site.latencyMs = 0;
  const last = { azimuth: 75, elevation: 10, zoom: 5, target: "0.45 0.4 0.5" };
  for (const [name, value] of Object.entries(last)) await viewer.set(name, value);
  expect(site.aborted).toBeGreaterThan(0);
  await expect.poll(() => site.open).toBe(0);
  expect(site.mostOpen).toBeLessThanOrEqual(16);
  const found = await viewer.picture();
  expect(complaints).toEqual([]);
  expect(await viewer.events("error")).toEqual([]);
  await viewer.reset();
  const attributes = Object.fromEntries(Object.entries(last).map(([name, value]) => [name, `${value}`]));
  await viewer.add({ src: site.url, ...attributes });
  expectAlike("large-jumps", found, await viewer.picture(), 45);
});
