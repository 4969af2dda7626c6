/** Behaviour in the page: posters, lazy loading, keys, descriptions, rest, many elements, and strict pages. */

import { blob } from "../support/blob.ts";
import { watch } from "../support/gpu.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered, type Picture } from "../support/png.ts";
import { expect, isolated, test } from "./viewer.ts";

/** A red square. */
const POSTER = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="#f00" d="M0 0h9v9H0z"/></svg>',
)}`;

const isRed = ({ data }: Picture) => data[0] === 255 && data[1] === 0 && data[2] === 0;

test("a poster is shown until the volume is drawn, or until it is dismissed", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  const { page } = viewer;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/slow.nii", async (route) => {
    await held;
    await route.fulfill({ body: Buffer.from(blob()) });
  });
  await viewer.add({ poster: POSTER });
  await viewer.call((element) => element.setAttribute("src", "slow.nii"));
  await page.waitForTimeout(100);
  expect(isRed(await viewer.picture())).toBe(true);
  release();
  await viewer.outcome();
  await page.waitForTimeout(400);
  expect(isRed(await viewer.picture())).toBe(false);

  await viewer.reset();
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", reveal: "manual" }, `<img slot="poster" src='${POSTER}'>`);
  await page.waitForTimeout(400);
  expect(isRed(await viewer.picture())).toBe(true);
  await viewer.call((element) => element.dismissPoster());
  await page.waitForTimeout(400);
  expect(isRed(await viewer.picture())).toBe(false);
  expect(covered(await viewer.picture())).toBeGreaterThan(100 * 100 * 0.15);
});

isolated.describe("without WebGPU", () => {
  isolated("the poster stays", async ({ viewer }) => {
    await viewer.page.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, "gpu");
    });
    await viewer.page.reload();
    viewer.files["blob.nii"] = blob();
    await viewer.add({ src: "files/blob.nii", poster: POSTER });
    expect(isRed(await viewer.picture())).toBe(true);
    expect(await viewer.alert()).toContain("no WebGPU");
  });
});

test("a lazy element is read when it comes near; off screen nothing is drawn", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  const { page } = viewer;
  await page.evaluate(() => {
    document.body.innerHTML = '<div style="height: 3000px"></div>';
  });
  await viewer.add({ loading: "lazy" });
  await viewer.call((element) => element.setAttribute("src", "files/blob.nii"));
  await page.waitForTimeout(200);
  expect(viewer.asked).toEqual([]);
  await page.evaluate(() => scrollTo(0, 3000));
  await viewer.outcome();
  const before = await viewer.picture();

  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(100);
  const submits = await page.evaluate(() => window.log.submits);
  await viewer.set("azimuth", 100);
  await viewer.set("colormap", "magma");
  expect(await page.evaluate(() => window.log.submits)).toBe(submits);
  await page.evaluate(() => scrollTo(0, 3000));
  await page.waitForFunction((submits) => window.log.submits > submits, submits);
  await viewer.settled();
  expectDifferent("element-scrolled-back", await viewer.picture(), before);
});

test("keys rotate, zoom and reset the camera, with picture, event and description", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", azimuth: "30", alt: "A ball" });
  const before = await viewer.picture();
  const { keyboard } = viewer.page;
  await keyboard.press("Tab");
  const canvas = viewer.page.getByRole("application", { name: "A ball" });
  await expect(canvas).toBeFocused();
  const picture = viewer.page.locator("voxel-volume .picture");
  const ring = await picture.evaluate((element) => getComputedStyle(element, "::after").outlineStyle);
  expect(ring).toBe("solid");
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowDown", "+"]) await keyboard.press(key);
  await viewer.settled();
  expect([await viewer.get("azimuth"), await viewer.get("elevation"), await viewer.get("zoom")]).toEqual([
    50, 40, 1.2,
  ]);
  expect(await viewer.events("camera-change")).toHaveLength(4);
  const spoken = viewer.page.locator("voxel-volume [aria-live]");
  await expect(spoken).toHaveText("Seen from azimuth 50°, elevation 40°, zoom 1.2");
  await keyboard.press("ArrowRight");
  await keyboard.press("ArrowUp");
  await keyboard.press("-");
  await keyboard.press("Home");
  await viewer.settled();
  await canvas.blur();
  expectAlike("element-home", await viewer.picture(), before, 60);
});

test("the camera is reset to where the page placed it", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  await viewer.set("azimuth", 77);
  await viewer.set("zoom", 150);
  const { mouse } = viewer.page;
  await mouse.move(50, 50);
  await mouse.down();
  await mouse.move(60, 65, { steps: 3 });
  await mouse.up();
  await viewer.settled();
  expect(await viewer.get("azimuth")).not.toBe(77);
  // Gestures zoom to 100 at most, but keep a larger value.
  expect(await viewer.get("zoom")).toBe(150);
  await viewer.call((element) => element.resetCamera());
  await viewer.settled();
  expect([await viewer.get("azimuth"), await viewer.get("elevation")]).toEqual([77, 30]);
});

test("an invalid option is reported once, however often the camera moves", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  await viewer.attribute("gamma", "bright");
  const { mouse } = viewer.page;
  await mouse.move(40, 20);
  await mouse.down();
  await mouse.move(80, 20, { steps: 5 });
  await mouse.up();
  await viewer.settled();
  expect(await viewer.events("error")).toMatchObject([{ code: "invalid-option" }]);
});

isolated.describe("auto-rotate", () => {
  isolated("starts after its delay, but not if reduced motion is preferred", async ({ viewer }) => {
    viewer.files["blob.nii"] = blob();
    await viewer.add({ src: "files/blob.nii" });
    await viewer.call((element) => Object.assign(element, { autoRotateDelay: 100, autoRotate: true }));
    const azimuth = () => viewer.get<number>("azimuth");
    await viewer.page.waitForFunction(() => Number(document.querySelector("voxel-volume")?.azimuth) > 0);
    const [one] = [await azimuth(), await viewer.page.waitForTimeout(300)];
    expect(await azimuth()).not.toBe(one);
    expect(await viewer.events("camera-change")).toEqual([]);
    await viewer.page.emulateMedia({ reducedMotion: "reduce" });
    await viewer.page.waitForTimeout(50);
    const [two] = [await azimuth(), await viewer.page.waitForTimeout(300)];
    expect(await azimuth()).toBe(two);
    await viewer.call((element) => element.resetCamera());
    await viewer.settled();
    expect(await viewer.get("azimuth")).toBeUndefined();
  });
});

isolated.describe("many elements", () => {
  isolated(
    "share one device; added and removed a hundred times, they leave nothing behind",
    async ({ viewer }) => {
      viewer.files["blob.nii"] = blob();
      await viewer.page.addInitScript(() => {
        const made = new Set<unknown>();
        for (const name of ["createBuffer", "createTexture"] as const) {
          const create = GPUDevice.prototype[name] as (d: never) => { destroy(): void };
          (GPUDevice.prototype as unknown as Record<string, unknown>)[name] = function (
            this: GPUDevice,
            d: never,
          ) {
            const thing = create.call(this, d);
            made.add(thing);
            const destroy = thing.destroy.bind(thing);
            thing.destroy = () => {
              made.delete(thing);
              destroy();
            };
            return thing;
          };
        }
        Object.assign(window, { made });
      });
      await viewer.page.reload();
      const left = await viewer.page.evaluate(async () => {
        const bytes = await (await fetch("files/blob.nii")).blob();
        const file = new File([bytes], "blob.nii");
        const add = async (settle: boolean) => {
          const element = document.createElement("voxel-volume");
          document.body.append(element);
          const loaded = element.load(file);
          if (settle) await loaded;
          return element;
        };
        const both = await Promise.all([add(true), add(true)]);
        for (const element of both) element.remove();
        const { made } = window as unknown as { made: Set<unknown> };
        // Pending operations end before memory is freed.
        for (let i = 0; i < 100 && made.size > 0; i++)
          await new Promise((resolve) => setTimeout(resolve, 100));
        const before = made.size;
        for (let i = 0; i < 100; i++) {
          const element = await add(i % 10 === 0);
          if (i % 3 === 0) await new Promise(requestAnimationFrame);
          element.remove();
        }
        // The GPU has to finish what was started.
        for (let i = 0; i < 100 && made.size > 0; i++)
          await new Promise((resolve) => setTimeout(resolve, 100));
        return [before, [...made].map((thing) => (thing as GPUBuffer).label)];
      });
      expect(left).toEqual([0, []]);
      expect(await viewer.page.evaluate(() => window.log.devices.length)).toBe(1);
    },
  );
});

test("the element and its controls work in a page that allows only its own scripts and styles", async ({
  page,
}) => {
  const complaints = watch(page);
  await page.route("**/files/blob.nii", (route) => route.fulfill({ body: Buffer.from(blob()) }));
  await page.goto("/strict.html");
  await page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElementTagNameMap["voxel-volume"];
    await new Promise((resolve) => element.addEventListener("load", resolve, { once: true }));
    await element.drawn;
  });
  // Initially closed, because there is little room.
  await page.locator("voxel-volume-controls").getByRole("button").first().click();
  await expect(page.locator("voxel-volume-controls").locator("summary", { hasText: "Values" })).toBeVisible();
  expect(complaints).toEqual([]);
});
