/** While the camera moves, a slow GPU draws fewer pixels; at rest it draws the full picture, without a jump. */

import { blob } from "../support/blob.ts";
import { decibels } from "../support/pictures.ts";
import { expect, test } from "./viewer.ts";

test.use({ side: 200 });

test("a drag is drawn with fewer pixels, and ends with the full picture", async ({ viewer }) => {
  viewer.files["blob.nii"] = blob({ dims: [32, 24, 20] });
  await viewer.add({ src: "files/blob.nii", blend: "weighted", zoom: "2" });
  expect(await viewer.canvasSize()).toEqual([200, 200]);
  const { mouse } = viewer.page;
  await mouse.move(100, 100);
  await mouse.down();
  const sizes = new Set<number>();
  let moving = await viewer.picture();
  for (let x = 101; x <= 110; x++) {
    await mouse.move(x, 100);
    sizes.add((await viewer.canvasSize())[0]);
    if (x === 110) moving = await viewer.picture();
  }
  await mouse.up();
  expect(Math.min(...sizes)).toBeLessThan(200);
  await viewer.settled();
  expect(await viewer.canvasSize()).toEqual([200, 200]);
  const rested = await viewer.picture();
  // The same head at the same position and brightness: the means differ by a step or two at most.
  expect(decibels(moving, rested)).toBeGreaterThan(15);
  for (const channel of [0, 1, 2])
    expect(Math.abs(mean(moving, channel) - mean(rested, channel))).toBeLessThan(3);
});

function mean({ width, height, data }: { width: number; height: number; data: Uint8Array }, channel: number) {
  let sum = 0;
  for (let i = channel; i < data.length; i += 4) sum += data[i];
  return sum / (width * height);
}
