/** Kinds of values in the element: properties, panel, labels, colour bar and notices. */

import type { Locator } from "playwright/test";
import type { LoadDetail } from "../../src/index.ts";
import { palette } from "../../src/options/colormaps.ts";
import type { Label } from "../../src/options/labels.ts";
import type { ValueScale } from "../../src/options/value-scale.ts";
import { volume } from "../support/kinds.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";
import { expect, test, type Viewer } from "./viewer.ts";

const LARGE = "width: 720px; height: 360px; aspect-ratio: auto";

async function show(
  viewer: Viewer,
  kind: Parameters<typeof volume>[0],
  attributes: Record<string, string> = {},
): Promise<LoadDetail> {
  viewer.files[`${kind}.nii`] = volume(kind);
  return (await viewer.add({ src: `files/${kind}.nii`, ...attributes })) as LoadDetail;
}

async function panelOf(viewer: Viewer): Promise<Locator> {
  const panel = viewer.page.locator("voxel-volume-controls");
  await expect(panel.getByText("Kind", { exact: true })).toBeVisible();
  return panel;
}

for (const [kind, text] of [
  ["intensity", "Intensity"],
  ["labels", "Labels: 4 values"],
  ["mask", "Mask"],
  ["signed", "Signed"],
] as const) {
  test(`load, settings and panel agree that it is ${kind}, and explicit options win`, async ({ viewer }) => {
    const detail = await show(viewer, kind, { controls: "", style: LARGE });
    expect(detail.kind).toBe(kind);
    expect(detail.kindText).toBe(text);
    const settings = await viewer.get<{ kind: string; opacity: number; window: number[] | null }>("settings");
    expect([settings.kind, settings.opacity]).toEqual([kind, detail.opacity]);
    expect(settings.window ?? detail.window).toEqual(detail.window);
    const panel = await panelOf(viewer);
    await expect(panel.locator(".note").first()).toHaveText(text);
    await expect(panel.getByRole("combobox", { name: "Kind of values" })).toHaveValue("auto");

    const before = await viewer.picture();
    const other = kind === "intensity" ? "mask" : "intensity";
    await viewer.set("kind", other);
    await viewer.set("opacity", 0.5);
    const forced = await viewer.get<{ kind: string; opacity: number }>("settings");
    expect([forced.kind, forced.opacity]).toEqual([other, 0.5]);
    expectDifferent(`kinds-${kind}-as-${other}`, await viewer.picture(), before);
  });
}

test("the ends of the window are handles on the histogram, in data units", async ({ viewer }) => {
  const detail = await show(viewer, "intensity", { controls: "", style: LARGE });
  const panel = await panelOf(viewer);
  const before = await viewer.picture();
  const low = panel.getByRole("slider", { name: "Window, from" });
  const high = panel.getByRole("slider", { name: "Window, to" });
  const [least, most] = detail.window as readonly [number, number];
  await expect(low).toHaveAttribute("aria-valuenow", String(least));

  await high.scrollIntoViewIfNeeded();
  const box = await high.boundingBox();
  if (!box) throw new Error("no handle");
  const grip = [box.x + box.width / 2 + 2, box.y + 10] as const;
  await viewer.page.mouse.move(...grip);
  await viewer.page.mouse.down();
  await viewer.page.mouse.move(grip[0] - 40, grip[1], { steps: 4 });
  await viewer.page.mouse.up();
  await viewer.settled();
  const [from, to] = String(await viewer.get("window"))
    .split(" ")
    .map(Number);
  expect(from).toBe(least);
  expect(to).toBeGreaterThan(0.6 * most);
  expect(to).toBeLessThan(0.95 * most);
  expectDifferent("kinds-window", await viewer.picture(), before);

  await low.focus();
  await viewer.page.keyboard.press("PageUp");
  await viewer.settled();
  const [raised] = String(await viewer.get("window"))
    .split(" ")
    .map(Number);
  expect(raised - least).toBeCloseTo(0.1 * (to - least), -1);
  await panel.getByRole("spinbutton", { name: "Window, lowest value" }).fill("400");
  await viewer.page.keyboard.press("Enter");
  await viewer.settled();
  expect(String(await viewer.get("window")).split(" ")[0]).toBe("400");
  await panel.getByRole("radio", { name: "Auto", exact: true }).check();
  await viewer.settled();
  expect(await viewer.get("window")).toBe("auto");
  expect((await viewer.get<ValueScale>("scale")).window).toEqual([least, most]);
});

test("labels are named, coloured, hidden, shown alone, and picked", async ({ viewer }) => {
  await show(viewer, "labels", { controls: "", style: LARGE });
  const panel = await panelOf(viewer);
  const before = await viewer.picture();
  await viewer.set("labels", { 10: "Amygdala", 20: { name: "Putamen", color: "#ff0000" } });
  await expect(panel.getByRole("checkbox", { name: "Amygdala" })).toBeChecked();
  expectDifferent("kinds-red-label", await viewer.picture(), before);

  await panel.getByRole("checkbox", { name: "Amygdala" }).uncheck();
  await viewer.settled();
  expect(await viewer.get("hide")).toBe("10");
  await expect(panel.getByText("3 of 4 shown")).toBeVisible();
  await panel.getByRole("button", { name: "Show Putamen alone" }).click();
  await viewer.settled();
  expect([await viewer.get("only"), await viewer.get("hide")]).toEqual(["20", ""]);

  const box = await viewer.page.locator("voxel-volume canvas[part=canvas]").boundingBox();
  const picked = await viewer.page.evaluate(
    async ({ x, y, width, height }) => {
      const element = document.querySelector("voxel-volume");
      const found = [];
      for (let u = 0.1; u < 0.9; u += 0.05) {
        for (let v = 0.1; v < 0.9; v += 0.05) {
          const picked = await element?.pick(x + u * width, y + v * height);
          if (picked) found.push(picked.label);
        }
      }
      return found;
    },
    box as { x: number; y: number; width: number; height: number },
  );
  expect(picked.length).toBeGreaterThan(3);
  for (const label of picked as Label[]) {
    expect(label).toMatchObject({ value: 20, name: "Putamen", color: [255, 0, 0], shown: true });
  }
  await panel.getByRole("button", { name: "Show all" }).click();
  await viewer.settled();
  expect([await viewer.get("only"), await viewer.get("hide")]).toEqual(["", ""]);
});

test("a label table is loaded from its URL; an invalid one is reported, and the picture stays", async ({
  viewer,
}) => {
  viewer.files["lut.txt"] = "10 Amygdala 0 0 255 0\n20 Putamen 0 255 0 0\n";
  await show(viewer, "labels", { controls: "", style: LARGE, labels: "files/lut.txt" });
  const panel = await panelOf(viewer);
  await expect(panel.getByRole("checkbox", { name: "Putamen" })).toBeVisible();
  await viewer.settled();
  const before = await viewer.picture();
  viewer.files["page.html"] = "<!doctype html><title>404</title>";
  await viewer.attribute("labels", "files/page.html");
  await expect.poll(() => viewer.alert()).toContain("page.html is a web page");
  await viewer.attribute("labels", "files/lut.txt");
  await expect.poll(() => viewer.alert()).toBeUndefined();
  await expect(panel.getByRole("checkbox", { name: "Putamen" })).toBeVisible();
  await viewer.settled();
  expectAlike("kinds-lut", await viewer.picture(), before, 60);
});

test("the colour bar is shown beside the picture, and in stills", async ({ viewer }) => {
  await show(viewer, "intensity", { style: LARGE });
  const plain = await viewer.canvasSize();
  await viewer.attribute("colorbar", "");
  const bar = viewer.page.locator("voxel-volume canvas[part=colorbar]");
  await expect(bar).toHaveAttribute("aria-label", /^Colour bar: \d+ to \d+$/);
  await viewer.settled();
  const [width, height] = await viewer.canvasSize();
  const strip = await bar.evaluate((canvas: HTMLCanvasElement) => canvas.width);
  expect(strip).toBeGreaterThan(30);
  expect([width + strip, height]).toEqual(plain);
  const still = await viewer.page.evaluate(async () => {
    const blob = await document.querySelector("voxel-volume")?.toBlob({ background: "white" });
    return [...new Uint8Array((await blob?.arrayBuffer()) as ArrayBuffer)];
  });
  const picture = readPng(Buffer.from(still));
  expect([picture.width, picture.height]).toEqual(plain);
  // Viridis from top to bottom, somewhere in the strip.
  const [low, middle, high] = [16, 128, 240].map((i) => colorText(palette("viridis")[i]));
  const found = Array.from({ length: strip }, (_, i) => column(picture, plain[0] - strip + i)).find(
    (colors) => [low, middle, high].every((color) => colors.includes(color)),
  );
  const places = [high, middle, low].map((color) => found?.indexOf(color) ?? -1);
  expect(places[0]).toBeGreaterThan(0);
  expect([...places].sort((a, b) => a - b)).toEqual(places);

  await viewer.attribute("colorbar", null);
  await viewer.settled();
  expect(await viewer.canvasSize()).toEqual(plain);
});

const colorText = (color: number) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255].join();

/** The colours in a column of pixels, from the top. */
function column({ width, height, data }: Picture, x: number): string[] {
  return Array.from({ length: height }, (_, y) =>
    [...data.subarray(4 * (y * width + x)).subarray(0, 3)].join(),
  );
}

test("a legend lists the visible labels", async ({ viewer }) => {
  await show(viewer, "labels", { style: LARGE, colorbar: "", hide: "30" });
  await viewer.set("labels", { 10: "Amygdala" });
  const bar = viewer.page.locator("voxel-volume canvas[part=colorbar]");
  await expect(bar).toHaveAttribute("aria-label", "Legend: Amygdala, 20, 40");
});

test("empty, full and constant volumes get a notice that says what to do", async ({ viewer }) => {
  await show(viewer, "constant");
  const notice = viewer.page.locator("voxel-volume [part=notice]");
  await expect(notice).toContainText("Every value is 7");
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.remove());
  await show(viewer, "intensity", { window: "5000 6000" });
  await expect(notice).toContainText("No voxel is filled: narrow the window, or lower floor and bias");
  await viewer.set("window", "auto");
  await expect(notice).toHaveCount(0);
  await viewer.set("opacity", 0);
  await expect(notice).toContainText("opacity is 0");
  await viewer.page.evaluate(() => document.querySelector("voxel-volume")?.remove());
  await show(viewer, "labels", { crop: "0.4:0.6 0.4:0.6 0.4:0.6" });
  // Without a panel, readers of a page could not act on it.
  await expect.poll(() => viewer.get("notice")).toContain("All voxels are filled");
  await expect(notice).toHaveCount(0);
  await viewer.attribute("controls", "");
  await expect(notice).toContainText(
    "All voxels are filled: what is inside is hidden. Hide some labels, or crop",
  );
});
