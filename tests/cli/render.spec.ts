/** `render`: the picture has the requested size, background and view, and the stats describe how it was made. */

import { readFileSync } from "node:fs";
import { BLOB, blob, DIMS, transformed } from "../support/blob.ts";
import { expect, test, USING } from "../support/cli.ts";
import { expectAlike, expectDifferent } from "../support/pictures.ts";
import { covered, overWhite, pixel, readPng } from "../support/png.ts";

test("draws on white in the requested size, and writes the stats", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const run = await cli.succeed(
    "render",
    "blob.nii",
    "-o",
    "a.png",
    "--size",
    "300x200",
    "--stats",
    "a.json",
    "--blend",
    "weighted",
    "--window",
    "full",
  );
  expect(run.stderr).toMatch(USING);
  expect(run.stdout).toMatch(/^a\.png: 300x200, blob\.nii, Intensity, \d+ voxels\n$/);
  expect(cli.files()).toEqual(["a.json", "a.png", "blob.nii"]);

  const picture = readPng(cli.path("a.png"));
  expect([picture.width, picture.height]).toEqual([300, 200]);
  for (const [x, y] of [
    [0, 0],
    [299, 0],
    [0, 199],
    [299, 199],
  ]) {
    expect(pixel(picture, x, y)).toEqual([255, 255, 255, 255]);
  }
  expect(picture.data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
  // The ball covers a good part of a 200 pixel square, and its middle has the greens and yellows of viridis.
  expect(covered(picture)).toBeGreaterThan(0.15 * 200 * 200);
  expect(covered(picture)).toBeLessThan(0.75 * 200 * 200);
  const [, green, blue] = pixel(picture, 150, 100);
  expect(green).toBeGreaterThan(blue + 60);

  const stats = JSON.parse(readFileSync(cli.path("a.json"), "utf8"));
  expect(run.stderr).toContain(stats.adapter);
  expect(stats).toMatchObject({ volume: "blob.nii", dims: DIMS, gridDims: DIMS, cutDims: DIMS });
  const filled = transformed().transformed.filter((t) => t > 0).length;
  expect(stats).toMatchObject({ filledVoxels: filled, explodedFaces: 6 * filled });
  expect(stats.visibleFaces).toBeGreaterThan(0);
  expect(stats.visibleFaces).toBeLessThanOrEqual(3 * filled);
  for (const name of ["readMs", "pipelineMs", "frameMs", "totalMs"]) expect(stats[name]).toBeGreaterThan(0);
  const values = Array.from({ length: 1920 }, (_, i) => BLOB.value(i));
  const mean = values.reduce((sum, v) => sum + v, 0) / 1920;
  expect(stats.statistics).toMatchObject({ min: 0, max: Math.max(...values), count: 1920 });
  expect(stats.statistics.mean).toBeCloseTo(mean, 3);
  for (const bins of Object.values(stats.histograms) as number[][]) {
    expect(bins.reduce((sum, n) => sum + n, 0)).toBe(1920);
  }
  if (Array.isArray(stats.passes)) {
    const labels = stats.passes.map(({ label }: { label: string }) => label);
    expect(labels).toEqual(expect.arrayContaining(["measure", "transfer-table", "brick-table"]));
  }
});

test("keeps alpha on a transparent background, and blends with any other colour", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const on = (background: string, output: string) =>
    cli.succeed("render", "blob.nii", "-o", output, "--size", "150", "--background", background);
  await Promise.all([on("transparent", "none.png"), on("rgb(0 64 128)", "blue.png")]);
  await on("white", "white.png");
  const [none, blue, white] = ["none", "blue", "white"].map((name) => readPng(cli.path(`${name}.png`)));
  expect([none.width, none.height]).toEqual([150, 150]);
  expect(pixel(none, 0, 0)[3]).toBe(0);
  expect(pixel(none, 75, 75)[3]).toBeGreaterThan(128);
  expectAlike("cli-transparent", overWhite(none), white, 45);
  expect(pixel(blue, 0, 0)).toEqual([0, 64, 128, 255]);
  expectAlike(
    "cli-middle",
    { width: 1, height: 1, data: Uint8Array.from(pixel(blue, 75, 75)) },
    { width: 1, height: 1, data: Uint8Array.from(pixel(white, 75, 75)) },
    25,
  );
});

test("every option changes the picture, and equal runs give equal pictures", async ({ cli }) => {
  cli.write("blob.nii", blob());
  const options: Record<string, string[]> = {
    plain: [],
    again: ["--azimuth", "320", "--elevation=30", "--zoom", "1"],
    cut: ["--view", "cut"],
    diagonal: ["--view", "diagonal"],
    coarse: ["--resolution", "6x5x4", "--antialias"],
    cube: ["--aspect", "cube"],
    turned: ["--azimuth", "-40.5", "--elevation", "-20"],
    coloured: ["--colormap", "magma_r", "--opacity", "0.3", "--blend", "exact", "--samples", "4"],
  };
  const names = Object.keys(options);
  const draw = (name: string) =>
    cli.succeed("render", "blob.nii", "-o", `${name}.png`, "--size", "160x120", ...options[name]);
  for (let i = 0; i < names.length; i += 2) await Promise.all(names.slice(i, i + 2).map(draw));
  const pictures = names.map((name) => readPng(cli.path(`${name}.png`)));
  expect(pictures[1]).toEqual(pictures[0]);
  for (let i = 1; i < names.length; i++) {
    for (let j = i + 1; j < names.length; j++) {
      expectDifferent(`cli-${names[i]}-${names[j]}`, pictures[i], pictures[j]);
    }
  }
});
