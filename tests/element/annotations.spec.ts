/** Scale bar and orientation marker of the element: painted in front of the picture, following the camera, in stills. */

import { blob } from "../support/blob.ts";
import { decibels, expectAlike, expectDifferent } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";
import { MARKED } from "../support/texts.ts";
import { expect, isolated, test, type Viewer } from "./viewer.ts";

const BLACK = "background: white; color: black";
/** x rises to the left, y to the front, z up. */
const ORIENTED = { code: 1, rows: [-1, 0, 0, 8, 0, 1, 0, -6, 0, 0, 1.5, -7] };

test.use({ side: 240 });

const layer = ({ page }: Viewer) => page.locator("voxel-volume canvas[part=annotations]");

async function show(viewer: Viewer, attributes: Record<string, string> = {}): Promise<void> {
  viewer.files["blob.nii"] = blob({ sform: ORIENTED });
  const style = `width: 240px; ${BLACK}`;
  await viewer.add({ src: "files/blob.nii", style, scalebar: "", orientation: "", ...attributes });
  await expect(layer(viewer)).toHaveAttribute("style", /height/);
}

/** The layer's own pixels. */
async function painted(viewer: Viewer): Promise<Picture> {
  const url = await layer(viewer).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return readPng(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
}

/** Length in pixels of the longest row of opaque black. */
function longestRun({ width, data }: Picture): number {
  let [longest, run] = [0, 0];
  for (let i = 0; i < data.length / 4; i++) {
    if (i % width === 0) run = 0;
    const isBlack = data[4 * i] + data[4 * i + 1] + data[4 * i + 2] < 60 && data[4 * i + 3] > 200;
    run = isBlack ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Length in mm that the layer's name gives. */
async function length(viewer: Viewer): Promise<number> {
  const name = await layer(viewer).getAttribute("aria-label");
  return Number(/^Scale bar: (\d+) mm$/.exec(name ?? "")?.[1]);
}

test("the bar follows the zoom, and stills have the same", async ({ viewer }) => {
  await show(viewer);
  const before = [await length(viewer), longestRun(await painted(viewer))];
  await viewer.set("zoom", 1.3);
  const after = [await length(viewer), longestRun(await painted(viewer))];
  const perMm = (values: number[]) => values[1] / values[0];
  expect(Math.abs(perMm(after) / perMm(before) - 1.3)).toBeLessThan(0.06);
  const png = await viewer.call(async (element) => {
    const still = await element.toBlob({ background: "white", width: 480 });
    return [...new Uint8Array(await still.arrayBuffer())];
  });
  const still = readPng(Buffer.from(png));
  expect(Math.abs(longestRun(still) - 2 * after[1])).toBeLessThanOrEqual(3);

  await viewer.attribute("orientation", null);
  await viewer.attribute("aspect", "cube");
  expect(longestRun(await painted(viewer))).toBe(0);
  await expect(layer(viewer)).toHaveAttribute("aria-hidden", "true");
  await viewer.attribute("scalebar", null);
  await expect(layer(viewer)).toHaveCount(0);
});

test("the marker follows the camera and the flip", async ({ viewer }) => {
  await show(viewer, { azimuth: "90", elevation: "0" });
  await viewer.attribute("scalebar", null);
  const front = await painted(viewer);
  await viewer.set("azimuth", 270);
  expectDifferent("annotations-back", await painted(viewer), front);
  await viewer.set("azimuth", 90);
  expectAlike("annotations-front", await painted(viewer), front, 40);
  await viewer.set("flip", "x");
  await expect.poll(async () => decibels(await painted(viewer), front)).toBeLessThan(40);
});

isolated("their code is fetched only if there is something to paint", async ({ viewer }) => {
  const asked: string[] = [];
  viewer.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const isFetched = () => asked.some((path) => path.includes("line-layers"));
  viewer.files["blob.nii"] = blob({ sform: ORIENTED });
  await viewer.add({ src: "files/blob.nii" });
  expect(isFetched()).toBe(false);
  await viewer.attribute("orientation", "");
  await expect.poll(isFetched).toBe(true);
});

test("the name of the bar is translated", async ({ viewer }) => {
  await show(viewer);
  await viewer.set("texts", MARKED);
  await expect(layer(viewer)).toHaveAttribute("aria-label", /^⟦Scale bar: \d+ mm⟧$/);
  await viewer.set("texts", undefined);
  await expect(layer(viewer)).toHaveAttribute("aria-label", /^Scale bar: \d+ mm$/);
});

test("neither the readout, a notice nor the button of the panel covers them, and they take no clicks", async ({
  viewer,
}) => {
  await viewer.page.setViewportSize({ width: 390, height: 640 });
  await show(viewer, { style: `width: 390px; height: 390px; ${BLACK}`, controls: "" });
  const box = (selector: string) =>
    viewer.page
      .locator(`voxel-volume ${selector}`)
      .evaluate((element) => element.getBoundingClientRect().toJSON());
  const apart = (a: DOMRect, b: DOMRect) =>
    a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const corners = await box("canvas[part=annotations]");
  const picture = await box("canvas[part=canvas]");
  expect(corners.height).toBeGreaterThan(50);
  expect(corners.bottom).toBeLessThan(picture.bottom);
  await viewer.page.mouse.move(picture.left + 195, picture.top + 195);
  await viewer.page.mouse.move(picture.left + 190, picture.top + 190);
  await viewer.page.locator("voxel-volume [part=readout]").waitFor();
  expect(apart(await box("[part=readout]"), corners)).toBe(true);
  expect(await box("canvas[part=annotations]")).toEqual(corners);
  expect(apart(await box("voxel-volume-controls button:visible >> nth=0"), corners)).toBe(true);
  expect(await layer(viewer).evaluate((canvas) => getComputedStyle(canvas).pointerEvents)).toBe("none");
  await viewer.set("opacity", 0);
  await viewer.page.locator("voxel-volume [part=notice]").waitFor();
  expect(apart(await box("[part=notice]"), await box("canvas[part=annotations]"))).toBe(true);
});

test("a poster covers them until the picture is revealed", async ({ viewer }) => {
  await show(viewer, { reveal: "manual" });
  await expect(layer(viewer)).toBeHidden();
  await viewer.call((element) => element.dismissPoster());
  await expect(layer(viewer)).toBeVisible();
});
