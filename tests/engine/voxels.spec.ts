/** Voxels with their own colours, edges and coordinates, against matplotlib's pictures (tests/reference). */

import type { Page } from "playwright/test";
import type { Voxels } from "../../src/view/voxels.ts";
import { expect, test } from "../support/gpu.ts";
import { keep, outlineErrors } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";
import { MOVED, PLOTS } from "./article.ts";
import type { Shot } from "./shots.ts";
import { expectDecibels } from "./support.ts";

const VIEW = { azimuth: "-60", aspect: "cube", width: 300, samples: 16 } as const;

function voxelPictures(gpu: Page, voxels: Voxels, shots: readonly Shot[]): Promise<Picture[]> {
  return gpu.evaluate(
    async ([voxels, shots]) => {
      const { ExplicitGrid, checkVoxels, device, shoot } = window.engine;
      const gpu = await device();
      const taken = await shoot(gpu, new ExplicitGrid(checkVoxels(voxels)), shots);
      gpu.destroy();
      return taken;
    },
    [voxels, shots] as const,
  );
}

const BOTH = [
  { ...VIEW, blend: "exact" },
  { ...VIEW, blend: "weighted" },
] as const;

for (const [name, voxels] of Object.entries(PLOTS)) {
  test(`${name}: as matplotlib draws it, with both blends`, async ({ gpu }) => {
    const theirs = readPng(`tests/reference/${name}.png`);
    const [exact, weighted] = await voxelPictures(gpu, voxels, BOTH);
    for (const [blend, ours] of Object.entries({ exact, weighted })) {
      keep(`${name}-${blend}`, ours, theirs);
      expect(outlineErrors(ours, theirs), `${blend}: pixels off the outline`).toBe(0);
      expectDecibels(`${name}-${blend}`, ours, theirs, voxels.edges ? 20 : 30);
    }
  });
}

for (const [name, voxels] of Object.entries(MOVED)) {
  test(`${name}, corners freely moved: as matplotlib draws it, with both blends`, async ({ gpu }) => {
    const theirs = readPng(`tests/reference/${name}.png`);
    const [exact, weighted] = await voxelPictures(gpu, voxels, BOTH);
    keep(`${name}-moved`, exact, theirs);
    expect(outlineErrors(exact, theirs), "pixels off the outline").toBe(0);
    expectDecibels(`${name}-moved`, exact, theirs, 30);
    expect(weighted).toEqual(exact);
  });
}
