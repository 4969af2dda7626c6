/** On a screen with a high pixel ratio, real rather than emulated, the element draws every pixel. */

import { SOFTWARE_GPU } from "../../src/cli/browser.ts";
import { blob } from "../support/blob.ts";
import { decibels } from "../support/pictures.ts";
import { expect, isolated as test } from "./viewer.ts";

test.use({ side: 200 });

// Emulation scales the page, but leaves the canvas's device pixels unchanged.
test.use({
  viewport: null,
  deviceScaleFactor: undefined,
  launchOptions: {
    executablePath: process.env.TEST_BROWSER,
    args: [...SOFTWARE_GPU, "--force-device-scale-factor=2"],
  },
});

test("two device pixels per CSS pixel give a sharp canvas of twice the size", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  expect(await viewer.page.evaluate(() => devicePixelRatio)).toBe(2);
  expect(await viewer.canvasSize()).toEqual([400, 400]);
  const picture = await viewer.picture();
  expect([picture.width, picture.height]).toEqual([400, 400]);
  // The picture as it would be if every other pixel of a row were repeated.
  const coarse = picture.data.map((_, i) => picture.data[i - (i % 8) + (i % 4)]);
  expect(decibels(picture, { ...picture, data: coarse })).toBeLessThan(45);
});
