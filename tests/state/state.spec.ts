/** The property `state`: what it has, and that it brings back volume, options and camera. */

import type { Browser } from "playwright/test";
import { OPTION_NAMES, type OptionName } from "../../src/options/options.ts";
import type { ViewerState } from "../../src/state/state.ts";
import { expect, isolated, test, Viewer } from "../element/viewer.ts";
import { BLOB, blob } from "../support/blob.ts";
import { watch } from "../support/gpu.ts";
import { zip } from "../support/make-volume.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";

/** A valid text for each option that differs from its default. */
const TEXTS: Record<OptionName, string> = {
  kind: "intensity",
  window: "10 900.5",
  threshold: "3.25",
  only: "17 53-60",
  hide: "2",
  resolution: "9x8x7",
  antialias: "true",
  aspect: "cube",
  blend: "exact",
  colormap: "#000 #f00 #fff",
  transform: "none",
  floor: "0.2",
  gamma: "0.7",
  contrast: "3",
  bias: "-0.125",
  opacity: "0.5",
  shade: "faces",
  light: "10 20",
  explode: "0.1",
  flip: "xz",
  crop: "0:0.9 0:1 0.1:1",
  clip: "1 -1 -1 0.1",
  view: "cut",
  azimuth: "12.345678901234",
  elevation: "-20",
  zoom: "1.5",
  target: "0.4 0.5 0.6",
  fit: "content",
  distance: "5",
  projection: "orthographic",
  axes: "mm",
  colorbar: "true",
  scalebar: "true",
  orientation: "true",
};

const state = (viewer: Viewer) => viewer.get<ViewerState>("state");
const setState = (viewer: Viewer, state: unknown) => viewer.set("state", state);

test("it has what differs from the defaults, and sets it again", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  expect(await state(viewer)).toEqual({ version: 1, src: "files/blob.nii" });
  const texts = Object.fromEntries(OPTION_NAMES.map((name) => [name, TEXTS[name]]));
  const given = {
    version: 1,
    src: "files/blob.nii",
    labels: '{"17":"One"}',
    background: "rgb(1, 2, 3)",
    options: texts,
  };
  await setState(viewer, given);
  expect(await state(viewer)).toEqual(given);
  expect(await viewer.get("azimuth")).toBe(12.345678901234);
  await setState(viewer, { version: 1, src: "files/blob.nii" });
  expect(await state(viewer)).toEqual({ version: 1, src: "files/blob.nii" });
  // The same file is not fetched again.
  expect(viewer.asked).toEqual(["blob.nii"]);
});

test("every option of the table is in the round trip", () => {
  expect(OPTION_NAMES.filter((name) => !TEXTS[name])).toEqual([]);
});

isolated("another browser context shows the same picture from it", async ({ viewer, browser }) => {
  viewer.side = 200;
  viewer.files["two.zip"] = await zip({
    "one.nii": blob({ dims: [16, 12, 10, 2], value: (i) => BLOB.value(i % 1920) * (i < 1920 ? 1 : 2) }),
    "two.nii": blob({ slope: 3 }),
  });
  await viewer.add({ src: "files/two.zip", entry: "one.nii", axes: "mm", blend: "exact" });
  const plain = await viewer.picture();
  await viewer.set("view", "cut");
  await viewer.set("frame", 1);
  await viewer.call((element) => {
    element.style.background = "rgb(255, 250, 240)";
  });
  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  for (const key of ["ArrowLeft", "ArrowUp", "+", "Shift+ArrowRight"]) await viewer.page.keyboard.press(key);
  await viewer.call((element) => element.shadowRoot?.querySelector<HTMLElement>(":focus")?.blur());
  await viewer.settled();
  const taken = await state(viewer);
  expect(taken).toMatchObject({
    src: "files/two.zip",
    entry: "one.nii",
    frame: 1,
    background: "rgb(255, 250, 240)",
  });
  const shown = await viewer.picture();
  expectDifferent("state-moved", shown, plain);

  const other = await opened(browser, viewer.files);
  await other.add({ zoom: "3", clip: "1 0 0 0" });
  await setState(other, JSON.parse(JSON.stringify(taken)));
  await other.outcome();
  expectAlike("state-again", await other.picture(), shown, 60);
  expect(await state(other)).toEqual(taken);
  await other.page.context().close();
});

/** A viewer in a browser context of its own. */
async function opened(browser: Browser, files: Viewer["files"]): Promise<Viewer> {
  const context = await browser.newContext({
    baseURL: process.env.TEST_SITE,
    viewport: { width: 640, height: 640 },
  });
  const viewer = new Viewer(await context.newPage());
  watch(viewer.page);
  viewer.side = 200;
  Object.assign(viewer.files, files);
  await viewer.open();
  return viewer;
}

test("a dropped file has no src, and a state without one keeps it", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", zoom: "2" });
  const declared = await state(viewer);
  await viewer.page.evaluate(
    async (bytes) => {
      const file = new File([new Uint8Array(bytes)], "dropped.nii");
      await (
        document.querySelector("voxel-volume") as unknown as { open(files: File[]): Promise<void> }
      ).open([file]);
    },
    [...blob({ slope: 2 })],
  );
  await viewer.set("gamma", 2);
  const dropped = await state(viewer);
  expect(dropped).toEqual({ version: 1, options: { gamma: "2" } });
  await setState(viewer, {});
  await setState(viewer, dropped);
  expect([await viewer.get("sourceName"), await viewer.get("gamma")]).toEqual(["dropped.nii", 2]);
  // The src of the page is loaded again, although the property has not changed.
  await setState(viewer, declared);
  await viewer.call((element) => element.drawn);
  expect([await viewer.get("sourceName"), await state(viewer)]).toEqual(["blob.nii", declared]);
});

test("explicit voxels keep their options and camera", async ({ viewer }) => {
  await viewer.add({});
  await viewer.set("voxels", { dims: [2, 2, 2], rgba: "rebeccapurple" });
  await viewer.outcome();
  await viewer.set("azimuth", 10);
  const taken = await state(viewer);
  expect(taken).toEqual({ version: 1, options: { azimuth: "10" } });
  await setState(viewer, {});
  await setState(viewer, taken);
  expect([await viewer.get("azimuth"), (await viewer.get<object>("voxels")) !== undefined]).toEqual([
    10,
    true,
  ]);
});

test("the azimuth comes back although the view changes with it, and a frame although another file does", async ({
  viewer,
}) => {
  viewer.files["a.nii"] = blob({ dims: [16, 12, 10, 3] });
  viewer.files["b.nii"] = blob({ dims: [16, 12, 10, 3] });
  await viewer.add({ src: "files/a.nii", view: "full" });
  await viewer.set("azimuth", 33);
  await setState(viewer, { version: 1, src: "files/a.nii", options: { view: "cut", azimuth: "33" } });
  expect(await viewer.get("azimuth")).toBe(33);
  await viewer.call((element) => element.step(2));
  await setState(viewer, { version: 1, src: "files/b.nii", frame: 2 });
  await viewer.call((element) => element.drawn);
  expect([await viewer.get("frame"), await viewer.get("sourceName")]).toEqual([2, "b.nii"]);
});

test.describe("invalid states", () => {
  test.use({ quiet: true });
  test("are reported like attributes, and unknown names of later versions are ignored", async ({
    viewer,
  }) => {
    viewer.files["blob.nii"] = blob();
    await viewer.add({ src: "files/blob.nii" });
    await setState(viewer, {
      version: 9,
      later: { a: 1 },
      options: { later: "1", zoom: "2", toString: "x" },
    });
    expect(await state(viewer)).toEqual({ version: 1, src: "files/blob.nii", options: { zoom: "2" } });
    await setState(viewer, { version: 1, options: { zoom: {}, gamma: null } });
    expect((await viewer.events("error")).map(({ code, message }) => [code, message?.slice(0, 22)])).toEqual([
      ["invalid-option", 'zoom "[object Object]"'],
    ]);
    for (const wrong of [null, 7, "x", [], { options: 7, background: "url(x)", src: null }])
      await setState(viewer, wrong);
    expect(await viewer.get("sourceName")).toBe("blob.nii");
    expect(await viewer.call((element) => element.style.background)).toBe("");
  });
});

isolated(
  "permalink: the element follows the page's hash, and the panel copies the link",
  async ({ viewer }) => {
    const { page } = viewer;
    viewer.files["blob.nii"] = blob();
    viewer.files["other.nii"] = blob({ slope: 2 });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => {
      location.hash = "#top&mine=1;src=files/other.nii;zoom=2";
    });
    await viewer.add({ src: "files/blob.nii", permalink: "mine", controls: "", style: "width: 400px" });
    await viewer.call((element) => element.drawn);
    expect([await viewer.get("sourceName"), await viewer.get("zoom")]).toEqual(["other.nii", 2]);
    await page.evaluate(() => {
      location.hash = "#mine=1;src=files/blob.nii;gamma=2";
    });
    await expect.poll(() => viewer.get("sourceName")).toBe("blob.nii");
    expect(await state(viewer)).toEqual({ version: 1, src: "files/blob.nii", options: { gamma: "2" } });
    await page.evaluate(() => {
      location.hash = "#elsewhere";
    });
    await viewer.set("azimuth", 45);
    const panel = page.locator("voxel-volume-controls");
    if (!(await panel.evaluate((element) => element.hasAttribute("open"))))
      await panel.locator(".fold").click();
    await panel.getByRole("button", { name: "Copy the link to this view" }).click();
    await expect(panel.getByRole("status")).toHaveText("Link copied");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(
      `${page.url().replace(/#.*/, "")}#elsewhere&mine=1;src=files/blob.nii;gamma=2;azimuth=45`,
    );
    // An element that is moved in the page keeps what the user has changed.
    await page.evaluate((link) => location.assign(link), link);
    await viewer.set("azimuth", 50);
    await page.evaluate(() => document.body.append(document.querySelector("voxel-volume") as Element));
    await viewer.call((element) => element.drawn);
    expect(await viewer.get("azimuth")).toBe(50);
    // The same link counts again after another hash.
    await page.evaluate(() => {
      location.hash = "#away";
    });
    await page.evaluate(() => history.back());
    await expect.poll(() => viewer.get("azimuth")).toBe(45);
    await viewer.attribute("permalink", null);
    await expect(panel.getByRole("button", { name: "Copy the link to this view" })).toHaveCount(0);
  },
);
