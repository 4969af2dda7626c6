/** Statistics of a volume that is read in parts. */

import { expect, test } from "playwright/test";
import { profileOf } from "../../src/values/profile.ts";
import type { Volume } from "../../src/volume.ts";
import { volumeBy } from "../support/volumes.ts";

/** A smooth field of `n` voxels per side. */
const smooth = (n: number) =>
  volumeBy(
    [n, n, n],
    "uint8",
    (...p) => 120 + 100 * p.reduce((wave, i) => wave * Math.sin((9 * (i + 0.5)) / n), 1),
  );

test("statistics are those of the overview, with changes per voxel of the volume", async () => {
  const whole = smooth(64);
  const overview = { ...smooth(16), level: 1 };
  const dims = [16, 16, 16] as const;
  const volume: Volume = { ...whole, levels: [{ dims: whole.dims }, { dims, scale: [4, 4, 4] }], overview };
  const [found, expected, coarse] = await Promise.all([volume, whole, smooth(16)].map(profileOf));
  expect(found.levels).toEqual(coarse.levels);
  expect(coarse.roughness / expected.roughness).toBeGreaterThan(3);
  expect(found.roughness / expected.roughness).toBeGreaterThan(0.8);
  expect(found.roughness / expected.roughness).toBeLessThan(1.2);
});
