/** `render --scalebar --orientation`: in the lower corners of a figure, in front of the volume. */

import { blob } from "../support/blob.ts";
import { expect, test } from "../support/cli.ts";
import { type Picture, readPng } from "../support/png.ts";

const SIZE = 240;

/** Number of pixels in which two pictures differ, within a box. */
function changes(a: Picture, b: Picture, [left, top, right, bottom]: readonly number[]): number {
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 4 * (y * SIZE + x);
      if ([0, 1, 2, 3].some((i) => Math.abs(a.data[at + i] - b.data[at + i]) > 2)) count++;
    }
  }
  return count;
}

test("both are switches, and change the lower corners only", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const render = async (name: string, ...args: string[]) => {
    await cli.succeed("render", ...args, "blob.nii", "-o", name, "--size", String(SIZE), "--fit", "article");
    return readPng(cli.path(name));
  };
  const plain = await render("plain.png");
  const bar = await render("bar.png", "--scalebar");
  const marker = await render("marker.png", "--orientation");
  const [all, left, right] = [
    [0, 0, SIZE, SIZE],
    [0, SIZE - 60, 60, SIZE],
    [SIZE - 90, SIZE - 30, SIZE, SIZE],
  ];
  expect(changes(plain, bar, right)).toBeGreaterThan(100);
  expect(changes(plain, bar, all)).toBe(changes(plain, bar, right));
  expect(changes(plain, marker, left)).toBeGreaterThan(100);
  expect(changes(plain, marker, all)).toBe(changes(plain, marker, left));
});
