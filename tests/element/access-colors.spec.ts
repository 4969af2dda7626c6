/** Appearance of the controls: contrast of fields, states and focus, on light and dark and in forced colours. */

import type { Locator } from "playwright/test";
import { contrast } from "../support/contrast.ts";
import { niftiFile } from "../support/make-volume.ts";
import { type Picture, pixel, readPng } from "../support/png.ts";
import { show } from "./panel.ts";
import { expect, test, type Viewer } from "./viewer.ts";

test.use({ viewport: { width: 760, height: 1400 } });

const TALL = "width: 720px; height: 1380px; aspect-ratio: auto";
/** Least contrast that WCAG 2.2 requires of parts of controls (1.4.11) and of focus indicators (2.4.13). */
const LEAST = 3;
const SCHEMES = ["light", "dark"] as const;

/** Screenshot of the page, after transitions have ended. */
async function screenshot({ page }: Viewer): Promise<Picture> {
  await page.waitForTimeout(250);
  return readPng(await page.screenshot());
}

/** A line of pixels to the right of a point in the page, after transitions have ended. */
async function lineOf({ page }: Viewer, x: number, y: number, length: number): Promise<Picture> {
  await page.waitForTimeout(250);
  const clip = { x: Math.round(x), y: Math.round(y), width: length, height: 1 };
  return readPng(await page.screenshot({ clip }));
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not to be seen`);
  return box;
}

/** Pixels along a line of `length` CSS pixels to the right of a point. */
function along(picture: Picture, x: number, y: number, length: number): number[][] {
  return Array.from({ length }, (_, i) => pixel(picture, Math.round(x) + i, Math.round(y)));
}

/** Greatest contrast between the first pixel of a line and any other. */
function edgeContrast(picture: Picture, x: number, y: number, length: number): number {
  const [outside, ...pixels] = along(picture, x, y, length);
  return Math.max(...pixels.map((color) => contrast(color, outside)));
}

/** Number of colours within a box. */
async function colors(picture: Picture, locator: Locator): Promise<number> {
  const { x, y, width, height } = await boxOf(locator);
  const found = new Set<string>();
  for (let row = 1; row < height - 1; row++)
    for (const color of along(picture, x + 1, y + row, Math.floor(width - 2))) found.add(color.join());
  return found.size;
}

/** Controls whose left edge separates them from the panel, by name. */
function parts(panel: Locator): [name: string, part: Locator][] {
  return [
    ["an off switch", panel.getByRole("switch", { name: "Beside the picture" })],
    ["an on switch", panel.getByRole("switch", { name: "Transform" })],
    ["a chosen segment", panel.locator("label", { hasText: "Weighted" })],
    ["a menu", panel.getByRole("combobox", { name: "Resolution" })],
    ["a number", panel.getByRole("spinbutton", { name: "Gamma" })],
    ["the button of the list of colours", panel.locator(".picker summary")],
  ];
}

/** Contrast of a slider's groove at its right end, with the slider at its least value. */
async function grooveContrast(picture: Picture, slider: Locator): Promise<number> {
  const { x, y, width, height } = await boxOf(slider);
  const [groove, panel] = [y + height / 2, y + 2].map((at) => along(picture, x + width - 8, at, 1)[0]);
  return contrast(groove, panel);
}

test("fields, states and focus rings have a contrast of 3 on light and on dark", async ({ viewer }) => {
  const { page } = viewer;
  const panel = await show(viewer, ["View", "Values"], { style: TALL });
  const figures: Record<string, string> = {};
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await viewer.settled();
    const check = (name: string, value: number) => {
      figures[`${name}, ${colorScheme}`] = value.toFixed(2);
      expect.soft(value, `${name}, ${colorScheme}`).toBeGreaterThanOrEqual(LEAST);
    };
    const still = await screenshot(viewer);
    for (const [name, part] of parts(panel)) {
      const { x, y, height } = await boxOf(part);
      // Stop before the thumb of a switch that is off.
      check(name, edgeContrast(still, x - 2, y + height / 2, 4));
    }
    const explode = panel.getByRole("slider", { name: "Explode" });
    check("a slider's groove", await grooveContrast(still, explode));
    const thumb = await boxOf(explode);
    check("a slider's thumb", edgeContrast(still, thumb.x - 2, thumb.y + thumb.height / 2, 6));

    // After a key press, the focused control shows its focus ring.
    await page.keyboard.press("Tab");
    const focusable: [name: string, part: Locator, focus?: Locator][] = [
      ...parts(panel).filter(([name]) => !name.includes("segment")),
      [
        "a segment",
        panel.locator("label", { hasText: "Weighted" }),
        panel.getByRole("radio", { name: "Weighted" }),
      ],
      ["a button", panel.getByRole("button", { name: "Hide the controls" })],
      ["a slider", explode],
    ];
    for (const [name, part, focus = part] of focusable) {
      await focus.focus();
      const { x, y, height } = await boxOf(part);
      const at = name === "a slider" ? y + 3 : y + height / 2;
      check(`ring of ${name}`, edgeContrast(await lineOf(viewer, x - 6, at, 5), 0, 0, 5));
    }

    const canvas = page.locator("voxel-volume canvas[part=canvas]");
    await canvas.focus();
    const { x, y, height } = await boxOf(canvas);
    const [first, , second] = along(await lineOf(viewer, x + 1, y + height / 2, 3), 0, 0, 3);
    // One of the two tones contrasts with any picture.
    const greys = Array.from({ length: 256 }, (_, level) => [level, level, level]);
    const better = greys.map((grey) => Math.max(contrast(first, grey), contrast(second, grey)));
    check("ring of the picture", Math.min(...better));
    check("between the ring's tones", contrast(first, second));
  }
  test.info().annotations.push({ type: "contrast", description: JSON.stringify(figures) });
});

test("in forced colours, everything that is set, chosen or coloured is visible", async ({ viewer }) => {
  const { page } = viewer;
  const panel = await show(viewer, ["View", "Values", "Cut"], {
    style: TALL,
    view: "full",
    crop: "0:0.5 0:1 0:1",
  });
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, forcedColors: "active" });
    await viewer.settled();
    const still = await screenshot(viewer);
    const middle = async (part: Locator, share = 0.5) => {
      const { x, y, width, height } = await boxOf(part);
      return along(still, x + share * width, y + height / 2, 1)[0];
    };
    const check = (name: string, value: number, least = LEAST) =>
      expect.soft(value, `${name}, ${colorScheme}`).toBeGreaterThanOrEqual(least);
    for (const [name, part] of parts(panel)) {
      const { x, y, height } = await boxOf(part);
      check(name, edgeContrast(still, x - 2, y + height / 2, 4));
    }
    const [off, on] = [/Beside/, /Transform/].map((name) => panel.getByRole("switch", { name }));
    check("thumb of an off switch", contrast(await middle(off, 0.3), await middle(off, 0.75)));
    check("thumb of an on switch", contrast(await middle(on, 0.7), await middle(on, 0.25)));
    const [chosen, other] = ["Weighted", "Exact"].map((text) => panel.locator("label", { hasText: text }));
    check("a chosen segment", contrast(await middle(chosen, 0.05), await middle(other, 0.95)));
    const explode = panel.getByRole("slider", { name: "Explode" });
    check("a slider's groove", await grooveContrast(still, explode));
    const thumb = await boxOf(explode);
    check("a slider's thumb", edgeContrast(still, thumb.x - 2, thumb.y + thumb.height / 2, 6));
    const crop = panel.getByRole("slider", { name: "Crop x, from" });
    check("what a crop keeps", contrast(await middle(crop, 0.3), await middle(crop, 0.8)), 1.1);
    check("colours of a swatch", await colors(still, panel.locator(".picker .swatch").first()), 20);
    check("colours of a background", await colors(still, panel.locator(".sample.custom")), 20);
    check("colours of the histogram", await colors(still, panel.locator(".plot")), 20);
    for (const name of ["gamma", "Window, from"]) {
      const { x, y, height } = await boxOf(panel.getByRole("slider", { name, exact: true }));
      const [at, left] = name === "gamma" ? [y + height / 2, x - 3] : [y + 10, x - 3];
      check(`handle ${name}`, edgeContrast(still, left, at, 12));
    }
  }

  viewer.files["labels.nii"] = niftiFile({
    ...{ dims: [8, 8, 8], dtype: "uint8", intent: 1002 },
    value: (i) => 1 + Math.floor(i / 128),
  });
  await viewer.attribute("src", "files/labels.nii");
  await viewer.outcome(1);
  const chips = panel.locator(".chip");
  await expect(chips).toHaveCount(4);
  const still = await screenshot(viewer);
  const fills = await Promise.all(
    (await chips.all()).map(async (chip) => {
      const { x, y } = await boxOf(chip);
      return along(still, x + 7, y + 7, 1)[0].join();
    }),
  );
  expect(new Set(fills).size, "colours of the chips").toBe(4);

  // The progress bar of a half finished download.
  await page.route("**/slow.nii", () => {});
  await page.evaluate(() => {
    const element = document.querySelector("voxel-volume") as HTMLElement;
    element.setAttribute("src", "slow.nii");
  });
  const bar = page.locator("voxel-volume progress");
  await bar.waitFor({ state: "attached" });
  await bar.evaluate((element: HTMLProgressElement) => {
    element.value = 0.5;
  });
  await expect(bar).toBeVisible();
  // The bar appears after a delay, and its length changes smoothly.
  await page.waitForTimeout(600);
  const loading = await screenshot(viewer);
  const { x, y, width, height } = await boxOf(bar);
  const [done, left] = [0.25, 0.75].map((part) => along(loading, x + part * width, y + height / 2, 1)[0]);
  expect(contrast(done, left), "the bar of a download").toBeGreaterThanOrEqual(LEAST);
});
