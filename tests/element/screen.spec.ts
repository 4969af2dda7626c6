/** On a fine screen, a real one and not an emulated one, the element draws every pixel that there is. */

import { SOFTWARE_GPU } from "../../src/cli/browser.ts";
import { blob } from "../support/blob.ts";
import { decibels } from "../support/pictures.ts";
import { expect, isolated as test } from "./viewer.ts";

test.use({ side: 200 });

// Emulation scales the page, but leaves the canvas's device pixels as they are.
test.use({
  viewport: null,
  deviceScaleFactor: undefined,
  launchOptions: {
    executablePath: process.env.TEST_BROWSER,
    args: [...SOFTWARE_GPU, "--force-device-scale-factor=2"],
  },
});

test("two pixels a CSS pixel give a canvas of twice the size, and sharp", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob();
  await viewer.add({ src: "files/blob.nii" });
  expect(await viewer.page.evaluate(() => devicePixelRatio)).toBe(2);
  expect(await viewer.canvasSize()).toEqual([400, 400]);
  const picture = await viewer.picture();
  expect([picture.width, picture.height]).toEqual([400, 400]);
  // As it would be if each pixel of a row were drawn as two.
  const coarse = picture.data.map((_, i) => picture.data[i - (i % 8) + (i % 4)]);
  expect(decibels(picture, { ...picture, data: coarse })).toBeLessThan(45);
});
