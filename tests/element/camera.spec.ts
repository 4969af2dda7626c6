/** Drag, wheel and pinch move the camera; the canvas keeps its box; nothing is drawn without need. */

import { blob } from "../support/blob.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered } from "../support/png.ts";
import { expect, isolated, test, type Viewer } from "./viewer.ts";

test.use({ side: 200 });

async function shown(viewer: Viewer, attributes: Record<string, string> = {}): Promise<void> {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii", ...attributes });
}

test("a drag rotates the camera and dispatches an event, and resetCamera() resets it", async ({ viewer }) => {
  await shown(viewer, { elevation: "20", view: "diagonal" });
  const before = await viewer.picture();
  const { mouse } = viewer.page;
  await mouse.move(100, 100);
  await mouse.down();
  await mouse.move(140, 110, { steps: 3 });
  await mouse.up();
  await mouse.move(10, 10);
  await viewer.settled();
  // 270 degrees per side of 200 pixels; the volume follows the pointer.
  expect(await viewer.get("azimuth")).toBeCloseTo(200 - 54, 6);
  expect(await viewer.get("elevation")).toBeCloseTo(20 + 13.5, 6);
  const events = await viewer.events("camera-change");
  expect(events.length).toBe(3);
  expect((events[2].detail as { azimuth: number }).azimuth).toBeCloseTo(146, 6);
  const turned = await viewer.picture();
  expectDifferent("element-dragged", turned, before);

  // The camera stops at the pole.
  await mouse.move(100, 20);
  await mouse.down();
  await mouse.move(100, 190, { steps: 2 });
  await mouse.up();
  expect(await viewer.get("elevation")).toBe(90);

  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.resetCamera());
  await viewer.settled();
  expect(await viewer.get("elevation")).toBe(20);
  expectAlike("element-reset", await viewer.picture(), before, 60);
});

test("the wheel zooms", async ({ viewer }) => {
  await shown(viewer);
  const before = await viewer.picture();
  await viewer.page.mouse.move(100, 100);
  await viewer.page.mouse.wheel(0, -200);
  await viewer.page.waitForFunction(() => window.log.events.some(({ type }) => type === "camera-change"));
  await viewer.settled();
  const zoom = await viewer.get<number>("zoom");
  expect(zoom).toBeCloseTo(1.0015 ** 200, 6);
  expect(covered(await viewer.picture()) / covered(before)).toBeCloseTo(zoom ** 2, 0);
  await viewer.page.mouse.wheel(0, 200);
  await viewer.page.waitForFunction(() => document.querySelector("voxel-volume")?.zoom === 1).catch(() => {});
  await viewer.settled();
  expect(await viewer.get("zoom")).toBeCloseTo(1, 6);
  expectAlike("element-unzoomed", await viewer.picture(), before, 45);
});

isolated.describe("with touch", () => {
  isolated.use({ hasTouch: true });

  isolated("one finger rotates, two fingers zoom", async ({ viewer }) => {
    await shown(viewer);
    const session = await viewer.page.context().newCDPSession(viewer.page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: number[][]) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      });
    await touch("touchStart", [80, 100]);
    await touch("touchStart", [80, 100], [120, 100]);
    await touch("touchMove", [60, 100], [140, 100]);
    await touch("touchEnd");
    await viewer.settled();
    expect(await viewer.get("zoom")).toBeCloseTo(2, 1);
    expect(await viewer.get("settings")).toMatchObject({ camera: { azimuth: 320, elevation: 30 } });
    await touch("touchStart", [80, 100]);
    await touch("touchMove", [100, 100]);
    await touch("touchEnd");
    await viewer.settled();
    expect(await viewer.get("azimuth")).toBeCloseTo(320 - 27, 3);
    expect(await viewer.get("zoom")).toBeCloseTo(2, 1);
  });
});

test("the canvas fits its box, is never blank during a resize, and nothing is drawn at rest", async ({
  viewer,
}) => {
  await shown(viewer);
  expect(await viewer.canvasSize()).toEqual([200, 200]);
  // Checks the canvas whenever its size changes, before the browser shows it.
  const blank = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    const canvas = element.shadowRoot?.querySelector("canvas") as HTMLCanvasElement;
    const copy = Object.assign(document.createElement("canvas"), { width: 300, height: 150 });
    const context = copy.getContext("2d", { willReadFrequently: true }) as CanvasRenderingContext2D;
    element.style.width = "300px";
    element.style.height = "150px";
    let blank = false;
    await new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        context.clearRect(0, 0, 300, 150);
        context.drawImage(canvas, 0, 0);
        blank ||= context.getImageData(0, 0, 300, 150).data.every((level) => level === 0);
        if (canvas.width !== 300) return;
        observer.disconnect();
        resolve();
      }).observe(canvas, { attributes: true });
    });
    return blank;
  });
  expect(blank).toBe(false);
  await viewer.settled();
  expect(await viewer.canvasSize()).toEqual([300, 150]);
  const wide = await viewer.picture();
  expect([wide.width, wide.height]).toEqual([300, 150]);
  expect(covered(wide)).toBeGreaterThan(150 * 150 * 0.15);

  const count = () => viewer.page.evaluate(() => [window.log.submits, window.log.frames]);
  const before = await count();
  await viewer.page.waitForTimeout(500);
  expect(await count()).toEqual(before);
  await viewer.attribute("zoom", "1.1");
  const after = await count();
  // One frame for the moving camera; on a slow GPU, one more at rest.
  for (const k of [0, 1]) expect([1, 2]).toContain(after[k] - before[k]);
});
