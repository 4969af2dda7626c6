/** Touch on the picture: which gestures it uses, and which scroll the page. */

import type { CDPSession } from "playwright/test";
import { CENTRE, camera, START, scroll, show } from "./long-page.ts";
import { expect, isolated, test, type Viewer } from "./viewer.ts";

test.use({ side: 200 });

isolated.describe("touch", () => {
  isolated.use({ hasTouch: true });

  type Touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: number[][]) => Promise<unknown>;

  async function touches(viewer: Viewer): Promise<Touch> {
    const session: CDPSession = await viewer.page.context().newCDPSession(viewer.page);
    return (type, ...points) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      });
  }

  /** Moves one finger in small steps. */
  async function swipe(touch: Touch, from: readonly [number, number], dx: number, dy: number): Promise<void> {
    await touch("touchStart", [...from]);
    for (let step = 1; step <= 20; step++) {
      await touch("touchMove", [from[0] + (dx * step) / 20, from[1] + (dy * step) / 20]);
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    await touch("touchEnd");
  }

  isolated(
    "a vertical swipe scrolls the page and not the camera, a horizontal one rotates the volume",
    async ({ viewer }) => {
      await show(viewer);
      const touch = await touches(viewer);
      await swipe(touch, CENTRE, 3, -150);
      await viewer.page.waitForTimeout(600);
      expect(await scroll(viewer)).toBeGreaterThan(80);
      expect(await camera(viewer)).toEqual(START);
      expect(await viewer.events("camera-change")).toEqual([]);
      await viewer.page.evaluate(() => scrollTo(0, 0));
      await viewer.page.waitForTimeout(300);
      // Once a finger rotates, it also tilts.
      await swipe(touch, [60, 300], 80, 30);
      const [azimuth, elevation] = await camera(viewer);
      expect(azimuth).toBeCloseTo(320 - 80 * 1.35, 0);
      expect(elevation).toBeCloseTo(30 + 30 * 1.35, 0);
      expect(await scroll(viewer)).toBe(0);
    },
  );

  isolated("a gesture that the browser takes over has no effect", async ({ viewer }) => {
    await show(viewer);
    await viewer.page.evaluate(() => {
      const canvas = document.querySelector("voxel-volume")?.shadowRoot?.querySelector("[part=canvas]");
      const send = (type: string, clientX: number) =>
        canvas?.dispatchEvent(
          new PointerEvent(type, { pointerId: 1, pointerType: "pen", button: 0, clientX, clientY: 300 }),
        );
      (canvas as HTMLElement).setPointerCapture = () => {};
      send("pointerdown", 100);
      send("pointermove", 140);
      send("pointercancel", 140);
    });
    expect(await camera(viewer)).toEqual(START);
  });

  isolated("two fingers zoom and move the picture, not the page", async ({ viewer }) => {
    await show(viewer);
    const touch = await touches(viewer);
    await touch("touchStart", [80, 300]);
    await touch("touchStart", [80, 300], [120, 300]);
    for (let step = 1; step <= 10; step++) {
      await touch("touchMove", [80 - 2 * step, 300 - 3 * step], [120 + 2 * step, 300 - 3 * step]);
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    await touch("touchEnd");
    const [azimuth, elevation, zoom, target] = await camera(viewer);
    expect([azimuth, elevation]).toEqual([320, 30]);
    expect(zoom).toBeCloseTo(2, 1);
    expect(target).not.toBe("auto");
    expect(await scroll(viewer)).toBe(0);
  });

  isolated("a double tap centres the voxel under it", async ({ viewer }) => {
    await show(viewer);
    for (let tap = 0; tap < 2; tap++) {
      await viewer.page.touchscreen.tap(90, 290);
      await viewer.page.waitForTimeout(60);
    }
    await viewer.page.waitForFunction(() => document.querySelector("voxel-volume")?.target !== "auto");
  });
});
