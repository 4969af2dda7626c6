/** Gestures by mouse, wheel and keys: what the picture uses and what is left to the page. */

import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { CENTRE, camera, START, scroll, show } from "./long-page.ts";
import { expect, test, type Viewer } from "./viewer.ts";

test.use({ side: 200 });

async function wheel(viewer: Viewer, dy: number, key?: "Control"): Promise<void> {
  if (key) await viewer.page.keyboard.down(key);
  await viewer.page.mouse.wheel(0, dy);
  if (key) await viewer.page.keyboard.up(key);
  await viewer.page.waitForTimeout(150);
}

/** Drags from the middle of the picture. */
async function drag(
  viewer: Viewer,
  dx: number,
  dy: number,
  button: "left" | "right" = "left",
): Promise<void> {
  const { mouse } = viewer.page;
  await mouse.move(...CENTRE);
  await mouse.down({ button });
  await mouse.move(CENTRE[0] + dx, CENTRE[1] + dy, { steps: 3 });
  await mouse.up({ button });
}

test.describe("the wheel", () => {
  test("scrolls the page over the picture, which shows how to zoom", async ({ viewer }) => {
    await show(viewer);
    await viewer.page.mouse.move(...CENTRE);
    await wheel(viewer, 150);
    expect(await scroll(viewer)).toBe(150);
    expect(await camera(viewer)).toEqual(START);
    await expect(viewer.page.locator("voxel-volume [part=hint]")).toContainText(/Hold (Ctrl|⌘) to zoom/);
    await expect(viewer.page.locator("voxel-volume [part=hint]")).toHaveCount(0, { timeout: 5000 });
  });

  test("zooms with Ctrl, and after a click on the picture until the pointer leaves", async ({ viewer }) => {
    await show(viewer);
    await viewer.page.mouse.move(...CENTRE);
    await wheel(viewer, -100, "Control");
    expect((await camera(viewer))[2]).toBeCloseTo(1.0015 ** 100, 5);
    await viewer.page.mouse.click(...CENTRE);
    await wheel(viewer, -100);
    const zoom = (await camera(viewer))[2];
    expect(zoom).toBeCloseTo(1.0015 ** 200, 5);
    expect(await scroll(viewer)).toBe(0);
    await viewer.page.mouse.move(400, 300);
    await viewer.page.mouse.move(...CENTRE);
    await wheel(viewer, 100);
    expect(await scroll(viewer)).toBe(100);
    expect((await camera(viewer))[2]).toBe(zoom);
    // A trackpad pinch arrives in small steps that are multiplied.
    await viewer.page.evaluate(() => {
      const canvas = document.querySelector("voxel-volume")?.shadowRoot?.querySelector("[part=canvas]");
      const options = { deltaY: -10, ctrlKey: true, bubbles: true, cancelable: true };
      canvas?.dispatchEvent(new WheelEvent("wheel", options));
    });
    expect((await camera(viewer))[2] / zoom).toBeGreaterThan(1.05);
  });

  test("zooms at once if nothing scrolls, if the page says so, and in full screen", async ({ viewer }) => {
    await show(viewer, { "gesture-handling": "greedy" });
    await viewer.page.mouse.move(...CENTRE);
    await wheel(viewer, -100);
    expect((await camera(viewer))[2]).toBeGreaterThan(1);
    await viewer.attribute("gesture-handling", "cooperative");
    await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.requestFullscreen());
    await viewer.page.waitForFunction(() => document.fullscreenElement !== null);
    await viewer.set("zoom", 1);
    await viewer.page.mouse.move(320, 320);
    await wheel(viewer, -100);
    expect((await camera(viewer))[2]).toBeGreaterThan(1);
    await viewer.page.evaluate(() => document.exitFullscreen());
    await viewer.page.waitForFunction(() => document.fullscreenElement === null);
    await viewer.attribute("gesture-handling", null);
    await viewer.set("zoom", 1);
    await viewer.page.evaluate(() => document.body.lastElementChild?.remove());
    await viewer.page.mouse.move(...CENTRE);
    await wheel(viewer, -100);
    expect((await camera(viewer))[2]).toBeGreaterThan(1);
  });
});

test("right drag, Shift drag and Shift with arrow keys move the picture, and Home resets it", async ({
  viewer,
}) => {
  await show(viewer);
  const before = await viewer.picture();
  const moved: string[] = [];
  await drag(viewer, 40, 0, "right");
  moved.push((await camera(viewer))[3]);
  expectDifferent("gestures-panned", await viewer.picture(), before);
  await viewer.page.keyboard.down("Shift");
  await drag(viewer, 0, 40);
  await viewer.page.keyboard.up("Shift");
  moved.push((await camera(viewer))[3]);
  await viewer.page.keyboard.press("Shift+ArrowLeft");
  moved.push((await camera(viewer))[3]);
  expect(new Set(["auto", ...moved]).size).toBe(4);
  expect((await camera(viewer)).slice(0, 3)).toEqual(START.slice(0, 3));
  await viewer.page.keyboard.press("Home");
  expect(await camera(viewer)).toEqual(START);
  await viewer.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  expectAlike("gestures-home", await viewer.picture(), before, 60);
});

test("the dragged point follows the pointer", async ({ viewer }) => {
  await show(viewer, { projection: "orthographic", zoom: "0.5" });
  const at = async () => {
    await viewer.settled();
    const { data, width, height } = await viewer.picture();
    const filled = Array.from({ length: width * height }, (_, i) => i).filter((i) => data[4 * i + 1] < 250);
    const mean = (of: (i: number) => number) => filled.reduce((sum, i) => sum + of(i), 0) / filled.length;
    return [mean((i) => i % width), mean((i) => Math.floor(i / width))];
  };
  const before = await at();
  await drag(viewer, 30, 20, "right");
  const after = await at();
  expect(after[0] - before[0]).toBeCloseTo(30, -0.5);
  expect(after[1] - before[1]).toBeCloseTo(20, -0.5);
});

test("a double click centres the voxel under it", async ({ viewer }) => {
  await show(viewer, { zoom: "0.7" });
  const picked = await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.pick(85, 285));
  await viewer.page.mouse.dblclick(85, 285);
  await viewer.page.waitForFunction(() => document.querySelector("voxel-volume")?.target !== "auto");
  const target = (await camera(viewer))[3].split(" ").map(Number);
  for (const [axis, n] of [16, 12, 10].entries()) {
    expect(target[axis]).toBeCloseTo(((picked?.index[axis] ?? -1) + 0.5) / n, 3);
  }
  // That voxel is now in the middle.
  const middle = await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.pick(100, 300));
  expect(middle).toBeDefined();
});

test("keys and lookAlong() select views along the axes", async ({ viewer }) => {
  await show(viewer);
  await viewer.page.locator("voxel-volume canvas[part=canvas]").focus();
  const seen: string[] = [];
  for (const key of ["1", "2", "3", "4", "5", "6"]) {
    await viewer.page.keyboard.press(key);
    seen.push((await camera(viewer)).slice(0, 2).join());
  }
  expect(new Set(seen).size).toBe(6);
  expect(seen.filter((view) => view.endsWith(",0"))).toHaveLength(4);
  expect([seen[4].split(",")[1], seen[5].split(",")[1]]).toEqual(["90", "-90"]);
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.lookAlong("front"));
  expect((await camera(viewer)).slice(0, 2).join()).toBe(seen[0]);
});

test("each gesture can be disabled", async ({ viewer }) => {
  await show(viewer, { "gesture-handling": "greedy" });
  const canvas = viewer.page.locator("voxel-volume canvas[part=canvas]");
  const gestures: Record<string, () => Promise<void>> = {
    "disable-rotate": () => drag(viewer, 40, 20),
    "disable-zoom": async () => {
      await viewer.page.mouse.move(...CENTRE);
      await wheel(viewer, -100);
    },
    "disable-pan": () => drag(viewer, 40, 20, "right"),
    "disable-tap": async () => {
      await viewer.page.mouse.dblclick(85, 285);
      await viewer.page.waitForTimeout(500);
    },
    "disable-keys": async () => {
      await canvas.focus();
      await viewer.page.keyboard.press("ArrowLeft");
    },
  };
  for (const [name, gesture] of Object.entries(gestures)) {
    await viewer.page.evaluate(() => {
      scrollTo(0, 0);
      document.querySelector("voxel-volume")?.resetCamera();
    });
    await viewer.attribute(name, "");
    await gesture();
    expect(await camera(viewer), name).toEqual(START);
    await viewer.attribute(name, null);
    await viewer.page.evaluate(() => scrollTo(0, 0));
    await gesture();
    expect(await camera(viewer), `without ${name}`).not.toEqual(START);
  }
});
