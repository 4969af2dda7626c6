/** The property `voxels`: shown instead of a file, with CSS colours; invalid voxels are refused. */

import { blob } from "../support/blob.ts";
import { npyFile } from "../support/npy.ts";
import { decibels, expectAlike, expectDifferent } from "../support/pictures.ts";
import { pixel, readPng } from "../support/png.ts";
import { expect, test } from "./viewer.ts";

test.use({ side: 200 });

const RED = { dims: [2, 2, 2], rgba: "red" };

test("voxels are shown, with axes along their coordinates, and replace each other", async ({ viewer }) => {
  await viewer.add({ axes: "", aspect: "cube" });
  await viewer.set("voxels", {
    ...RED,
    coordinates: [
      [0, 1, 9],
      [0, 1, 2],
      [-5, 0, 5],
    ],
  });
  expect(await viewer.outcome()).toMatchObject({ dims: [2, 2, 2], gridDims: [2, 2, 2], reduced: false });
  const red = await viewer.picture();
  expect(pixel(red, 100, 100)).toEqual([255, 0, 0, 255]);
  await viewer.set("voxels", { dims: [1, 1, 1], rgba: "rebeccapurple" });
  expect(await viewer.outcome(1)).toMatchObject({ dims: [1, 1, 1] });
  expect(pixel(await viewer.picture(), 100, 100)).toEqual([102, 51, 153, 255]);
});

test("a file replaces the voxels, and they replace it", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const file = await viewer.picture();
  const [before, after] = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElementTagNameMap["voxel-volume"];
    return [[...(await element.histogram(8))], [...(await element.histogram(8, "transformed"))]];
  });
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count);
  expect(sum(after)).toBe(sum(before));
  expect(after).not.toEqual(before);
  await viewer.set("voxels", RED);
  expect(await viewer.outcome(1)).toMatchObject({ name: "voxels" });
  expectDifferent("voxels-file", await viewer.picture(), file);
  await expect(
    viewer.page.evaluate(() => document.querySelector("voxel-volume")?.histogram(8)),
  ).rejects.toThrow(/no values/);
  await viewer.set("voxels", undefined);
  expect(await viewer.outcome(2)).toMatchObject({ name: "blob.nii" });
  expectAlike("voxels-file-again", await viewer.picture(), file, 60);
  await viewer.set("voxels", RED);
  await viewer.outcome(3);
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.load("files/blob.nii"));
  await viewer.settled();
  expect(await viewer.get("voxels")).toBeUndefined();
  expectAlike("voxels-file-loaded", await viewer.picture(), file, 60);
});

test("invalid voxels are an error, and setVoxels() rejects with it", async ({ viewer }) => {
  await viewer.add({});
  const told = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume");
    const attempt = element?.setVoxels({ dims: [2, 2, 2], rgba: "#12" });
    return attempt?.catch(({ code, message }) => `${code}: ${message}`);
  });
  expect(told).toBe('invalid-option: voxels: rgba: expected CSS colours, as in #1f77b430, not "#12"');
  expect(await viewer.alert()).toContain("expected CSS colours");
  const shown = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume");
    await element?.setVoxels({ dims: [2, 2, 2], rgba: "rgb(255 0 0 / 50%)" });
    return element?.loaded;
  });
  await viewer.settled();
  expect(shown).toBe(true);
  expect(await viewer.alert()).toBeUndefined();
  // Half transparent faces, two of them per pixel: 3/4 red over white.
  expect(pixel(await viewer.picture(), 100, 100)).toEqual([255, 64, 64, 255]);
});

test("options that map values have no effect; those of the picture do", async ({ viewer }) => {
  await viewer.add({});
  await viewer.set("voxels", { ...RED, edges: "gray" });
  await viewer.outcome();
  const before = await viewer.picture();
  for (const [name, text] of Object.entries({
    resolution: "5",
    crop: "0:0.5 0:1 0:1",
    floor: "0.5",
    colormap: "gray",
  })) {
    await viewer.attribute(name, text);
    expect(decibels(await viewer.picture(), before), name).toBe(Number.POSITIVE_INFINITY);
  }
  await viewer.attribute("explode", "0.5");
  expectDifferent("voxels-exploded", await viewer.picture(), before);
});

test("pick() returns the voxel, its alpha and its position", async ({ viewer }) => {
  await viewer.add({ azimuth: "0", elevation: "0" });
  await viewer.set("voxels", {
    dims: [1, 1, 2],
    rgba: ["#f00", "#0f08"],
    coordinates: [
      [0, 10],
      [0, 10],
      [0, 5, 10],
    ],
  });
  await viewer.outcome();
  const picked = await viewer.page.evaluate(() => {
    const element = document.querySelector("voxel-volume");
    const { left, top } = (element as HTMLElement).getBoundingClientRect();
    return element?.pick(left + 100, top + 70);
  });
  expect(picked?.index).toEqual([0, 0, 1]);
  expect(picked?.mm).toEqual([5, 5, 7.5]);
  expect(picked?.value).toBeCloseTo(136 / 255, 5);
});

test("edges in a still have the same relative width as on screen", async ({ viewer }) => {
  await viewer.add({ azimuth: "0", elevation: "0", projection: "orthographic" });
  await viewer.set("voxels", { dims: [1, 1, 1], rgba: "#fff", edges: { color: "#000", width: 4 } });
  await viewer.outcome();
  const sizes = [200, 600].map(async (width) => {
    const bytes = await viewer.page.evaluate(async (width) => {
      const blob = await document.querySelector("voxel-volume")?.toBlob({ width, background: "white" });
      return blob && [...new Uint8Array(await blob.arrayBuffer())];
    }, width);
    // Fraction of black pixels.
    const { data } = readPng(Buffer.from(bytes ?? []));
    return data.reduce((ink, level, i) => ink + (i % 4 === 0 ? 1 - level / 255 : 0), 0) / width ** 2;
  });
  const [small, large] = await Promise.all(sizes);
  expect(small).toBeGreaterThan(0.02);
  expect(large / small).toBeGreaterThan(0.9);
  expect(large / small).toBeLessThan(1.1);
});

test("colours from NumPy: an array of shape [x, y, z, 4]", async ({ viewer }) => {
  const bytes = new Uint8Array([255, 0, 0, 255, 0, 0, 255, 255]);
  viewer.files["colors.npy"] = npyFile({ descr: "'|u1'", shape: [1, 1, 2, 4] }, bytes);
  viewer.files["gray.npy"] = npyFile({ descr: "'|u1'", shape: [2, 2, 2] }, bytes);
  await viewer.add({ azimuth: "0", elevation: "0" });
  const told = await viewer.page.evaluate(async () => {
    const { voxelsFromNpy } = (await import(
      `${location.origin}/voxel-volume.min.js`
    )) as typeof import("../../src/index.ts");
    await document
      .querySelector("voxel-volume")
      ?.setVoxels(await voxelsFromNpy(`${location.href}/../files/colors.npy`));
    return voxelsFromNpy(`${location.href}/../files/gray.npy`).catch(({ code }) => code);
  });
  await viewer.settled();
  const picture = await viewer.picture();
  expect([pixel(picture, 100, 130), pixel(picture, 100, 70)]).toEqual([
    [255, 0, 0, 255],
    [0, 0, 255, 255],
  ]);
  expect(told).toBe("unsupported-format");
});

test("the panel of controls has neither values nor cuts", async ({ viewer }) => {
  await viewer.add({ controls: "" });
  await viewer.set("voxels", RED);
  await viewer.outcome();
  const { page } = viewer;
  await page.setViewportSize({ width: 900, height: 700 });
  await page.addStyleTag({ content: "voxel-volume { width: 900px; height: 600px; aspect-ratio: auto }" });
  await page.getByRole("button", { name: "Show the controls" }).click();
  const groups = page.locator("voxel-volume-controls .groups > details > summary");
  await expect(groups).toHaveText(["View", "File"]);
  await expect(page.locator("voxel-volume [part=status]")).toHaveCount(0);
});
