/** The element shows a volume from a URL or from files, and reports what it shows. */

import { BLOB, blob, DIMS } from "../support/blob.ts";
import { analyzeHeader, gzip, voxels, zip } from "../support/make-volume.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered } from "../support/png.ts";
import { expect, test } from "./viewer.ts";

test("draws a zip and a NIfTI alike, and reports what it drew", async ({ viewer }) => {
  const small = { ...BLOB, dims: [4, 3, 2], value: (i: number) => 10 * i };
  viewer.files["two.zip"] = await zip({
    "a/small.hdr": analyzeHeader(small),
    "a/small.img": voxels(small),
    "a/blob.hdr": analyzeHeader(BLOB),
    "a/blob.img": voxels(BLOB),
  });
  viewer.files["blob.nii.gz"] = await gzip(blob());
  const detail = await viewer.add({ src: "files/two.zip", alt: "A ball" });
  expect(detail).toMatchObject({ name: "a/blob.hdr", dims: DIMS, gridDims: DIMS, reduced: false });
  expect((detail as { entries: object[] }).entries).toHaveLength(2);
  expect(viewer.asked).toEqual(["two.zip"]);
  const fromZip = await viewer.picture();
  expect(covered(fromZip)).toBeGreaterThan(100 * 100 * 0.15);
  await expect(viewer.page.getByRole("application", { name: "A ball" })).toBeVisible();

  const progress = (await viewer.events("progress")).map(({ detail }) => detail as { phase: string });
  expect(progress.map(({ phase }) => phase)).toEqual(expect.arrayContaining(["download", "inflate"]));
  const size = viewer.files["two.zip"].length;
  expect(progress.filter(({ phase }) => phase === "download").at(-1)).toMatchObject({ loaded: size });

  await viewer.attribute("src", "files/blob.nii.gz");
  expect(await viewer.outcome(1)).toMatchObject({ name: expect.stringMatching(/^blob\.nii/), dims: DIMS });
  expectAlike("element-zip-nii", await viewer.picture(), fromZip, 60);

  await viewer.attribute("src", "files/two.zip");
  await viewer.outcome(2);
  await viewer.attribute("entry", "a/small.hdr");
  expect(await viewer.outcome(3)).toMatchObject({ name: "a/small.hdr", dims: [4, 3, 2] });
  expectDifferent("element-entry", await viewer.picture(), fromZip);
  await viewer.attribute("src", null);
  expect(covered(await viewer.picture())).toBe(0);
});

test("draws the requested frame", async ({ viewer }) => {
  const count = DIMS[0] * DIMS[1] * DIMS[2];
  // The second frame is the first, upside down.
  const value = (i: number) => BLOB.value(i < count ? i : 2 * count - 1 - i);
  viewer.files["series.nii"] = blob({ dims: [...DIMS, 2], value });
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const single = await viewer.picture();
  await viewer.attribute("src", "files/series.nii");
  await viewer.outcome(1);
  expectAlike("element-frame-0", await viewer.picture(), single, 60);
  await viewer.attribute("frame", "1");
  await viewer.outcome(2);
  expectDifferent("element-frame-1", await viewer.picture(), single);
});

test("load() accepts a URL, a file, and a .hdr with its .img from an input", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  // At once, before the element's first update.
  const loaded = await viewer.page.evaluate(async () => {
    const element = document.createElement("voxel-volume");
    document.body.append(element);
    const names: string[] = [];
    element.addEventListener("load", (event) => names.push((event as CustomEvent).detail.name));
    await element.load("files/blob.nii");
    return names;
  });
  expect(loaded).toEqual(["blob.nii"]);
  expect(viewer.asked).toEqual(["blob.nii"]);
  await viewer.settled();
  const fromAddress = await viewer.picture();
  expect(covered(fromAddress)).toBeGreaterThan(100 * 100 * 0.15);

  await viewer.reset();
  await viewer.add({});
  await viewer.page.evaluate(() => {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true });
    input.onchange = () =>
      document
        .querySelector("voxel-volume")
        ?.load(input.files as FileList)
        .catch(() => {});
    input.style.position = "fixed";
    input.style.top = "300px";
    document.body.append(input);
  });
  const file = (name: string, bytes: Uint8Array) => ({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(bytes),
  });
  const input = viewer.page.locator("input");
  await input.setInputFiles([file("b.img", voxels(BLOB)), file("b.hdr", analyzeHeader(BLOB))]);
  expect(await viewer.outcome()).toMatchObject({ name: "b.hdr", dims: DIMS });
  expectAlike("element-pair", await viewer.picture(), fromAddress, 60);
  await input.setInputFiles([file("c.nii", blob())]);
  expect(await viewer.outcome(1)).toMatchObject({ name: "c.nii" });
  await input.setInputFiles([file("b.hdr", analyzeHeader(BLOB))]);
  expect(await viewer.outcome(2)).toBe("entry-not-found");
  expect(await viewer.alert()).toContain(".img");
});

test("after ten quick changes of src, the last is shown", async ({ viewer }) => {
  for (let i = 0; i < 10; i++) viewer.files[`${i}.nii`] = blob({ dims: [16, 12, 1 + i] });
  await viewer.add({ src: "files/0.nii" });
  await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    for (let i = 1; i < 10; i++) {
      element.setAttribute("src", `files/${i}.nii`);
      await new Promise((resolve) => setTimeout(resolve, 10 * (i % 3)));
    }
  });
  await viewer.page.waitForFunction(() =>
    window.log.events.some(({ detail }) => (detail as { name?: string })?.name === "9.nii"),
  );
  await viewer.settled();
  const names = (await viewer.events("load")).map(({ detail }) => (detail as { name: string }).name);
  expect(names.at(-1)).toBe("9.nii");
  expect(await viewer.events("error")).toEqual([]);
  const quickly = await viewer.picture();
  await viewer.attribute("src", "files/0.nii");
  await viewer.attribute("src", "files/9.nii");
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.drawn);
  expectAlike("element-quick", quickly, await viewer.picture(), 60);
});

test("a removed element stops; when it is put back, it shows the volume again", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  const before = await viewer.picture();
  // While it is making voxels.
  await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    element.setAttribute("floor", "0.2");
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    element.removeAttribute("floor");
    element.remove();
    Object.assign(window, { element });
  });
  await viewer.settled();
  const submits = await viewer.page.evaluate(() => window.log.submits);
  await viewer.page.waitForTimeout(300);
  expect(await viewer.page.evaluate(() => window.log.submits)).toBe(submits);
  await viewer.page.evaluate(() => document.body.append((window as unknown as { element: Node }).element));
  await viewer.settled();
  expectAlike("element-back", await viewer.picture(), before, 60);

  // While it is loading.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await viewer.page.route("**/slow.nii", async (route) => {
    await held;
    await route.fulfill({ body: Buffer.from(blob()) }).catch(() => {});
  });
  const aborted = viewer.page.waitForEvent("requestfailed");
  await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    element.setAttribute("src", "slow.nii");
    await new Promise((resolve) => setTimeout(resolve, 50));
    element.remove();
  });
  expect((await aborted).url()).toContain("slow.nii");
  release();
  await viewer.page.evaluate(() => document.body.append((window as unknown as { element: Node }).element));
  expect(await viewer.outcome(1)).toMatchObject({ name: "slow.nii" });
  expectAlike("element-slow", await viewer.picture(), before, 60);
  expect(await viewer.events("error")).toEqual([]);
});
