/** The article's head, if its data are available: outlines compared with matplotlib's, and the native resolution. */

import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "../support/cli.ts";
import { keep, outlineErrors } from "../support/pictures.ts";
import { covered, readPng } from "../support/png.ts";

const HEAD = resolve("../shared/data/head.zip");
const reference = (view: string) => resolve(`../shared/reference/matplotlib_${view}_50.png`);

test.skip(!existsSync(HEAD), "needs ../shared/data/head.zip");

for (const view of ["full", "cut", "diagonal"]) {
  test(`the outline of the ${view} view matches matplotlib's`, async ({ cli }) => {
    const args = ["--view", view, "--resolution", "50", "--aspect", "cube", "--size", "1200"];
    await cli.succeed("render", HEAD, "-o", "head.png", ...args);
    const [ours, theirs] = [readPng(cli.path("head.png")), readPng(reference(view))];
    const errors = outlineErrors(ours, theirs);
    if (errors > 0) keep(`head-${view}`, ours, theirs);
    expect(errors, `pixels more than one off, see tests/output/head-${view}-*.png`).toBe(0);
    expect(Math.abs(covered(ours) / covered(theirs) - 1)).toBeLessThan(0.01);
  });
}

test("at native resolution", async ({ cli }) => {
  const weighted = ["--blend", "weighted", "--stats", "head.json"];
  await cli.succeed("render", HEAD, "-o", "head.png", "--size", "800x800", ...weighted);
  const stats = JSON.parse(readFileSync(cli.path("head.json"), "utf8"));
  expect(stats).toMatchObject({ dims: [157, 189, 68], gridDims: [157, 189, 68], cutDims: [157, 189, 68] });
  // See DESIGN.md, section 3: about 70 % of the voxels are filled, and most of those are hidden.
  expect(Math.abs(stats.filledVoxels / (157 * 189 * 68) - 0.699)).toBeLessThan(0.01);
  expect(stats.visibleFaces).toBeLessThan(0.25 * stats.filledVoxels);
  expect(stats.visibleFaces).toBeGreaterThan(0.01 * stats.filledVoxels);
  const picture = readPng(cli.path("head.png"));
  expect([picture.width, picture.height]).toEqual([800, 800]);
  // With the article's window it covers 26 %.
  expect(covered(picture)).toBeGreaterThan(0.45 * 800 * 800);
});
