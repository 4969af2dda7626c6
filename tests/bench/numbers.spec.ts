/** The arithmetic of the benchmark, compared with manually computed figures. */

import { expect, test } from "playwright/test";
import { withArticles } from "../../bench/article.ts";
import { growthLines } from "../../bench/growth.ts";
import { decibels, growthExponent, median, quantile, spread } from "../../bench/numbers.ts";
import type { Result } from "../../bench/result.ts";
import { stageBytes, stageTimes } from "../../bench/stages.ts";
import { syntheticVolume } from "../../bench/synthetic.ts";

test("quantiles, and the spread of two values", () => {
  expect(median([5, 1, 9])).toBe(5);
  expect(quantile([1, 2, 3, 4], 0.95)).toBe(4);
  expect(median([])).toBeNaN();
  expect(spread([9, 11])).toBeCloseTo(0.2);
  expect(spread([0, 0])).toBe(0);
});

test("growth exponents", () => {
  expect(growthExponent([1, 10, 50].map((x) => [x, 7 * x ** 0.8]))).toBeCloseTo(0.8, 10);
  // Off the line by a factor of 2 on either side, so the line lies in the middle.
  expect(
    growthExponent([
      [1, 2],
      [1, 0.5],
      [100, 200],
      [100, 50],
    ]),
  ).toBeCloseTo(1, 10);
  expect(growthExponent([[5, 5]])).toBeUndefined();
});

test("decibels are computed over the pixels that either picture covers", () => {
  const white = [255, 255, 255, 255];
  const black = [0, 0, 0, 255];
  expect(decibels([...white, ...black], [...white, ...black])).toBe(Number.POSITIVE_INFINITY);
  expect(decibels([...white, ...black], [...black, ...black])).toBeCloseTo(10 * Math.log10(2));
  expect(decibels([...white, ...white], [...white, ...black])).toBeCloseTo(0);
});

test("passes are assigned to their stage", () => {
  const passes = [
    ...["measure", "mean", "blur", "blur", "resize", "measure", "cut-range", "transfer-table"],
    ...["filled-keys", "brick-table", "brick-distance", "brick-distance", "brick-distance", "exact"],
  ];
  expect(stageTimes(passes.map((label) => ({ label, ms: 1 })))).toEqual({
    ...{ measure: 2, transform: 1, resize: 3, tables: 7 },
  });
});

test("the bytes of stages follow from the sizes of the grids", () => {
  const volume = syntheticVolume(16);
  expect(stageBytes(volume, [16, 16, 16], [8, 8, 8])).toEqual({
    measure: 4096 * 2 + 64 * 4 + 512 * 4 + 8 * 8,
    transform: 0,
    resize: 4096 * 2 + 512 * 4,
    tables: 8 * 4 * 9,
  });
  expect(stageBytes(volume, [16, 16, 16], [16, 16, 16])).toMatchObject({ resize: 0, tables: 64 * 4 * 8 });
});

test("matplotlib's time at 50 is extrapolated in voxels, and only if it was not measured", () => {
  const times = [10, 20].map((side) => ({ side, ms: 500 + side ** 3 }));
  expect(withArticles(times).at(-1)).toEqual({ side: 50, ms: 125_500, extrapolated: true });
  const whole = [...times, { side: 50, ms: 7 }];
  expect(withArticles(whole)).toEqual(whole);
  expect(withArticles([times[0]])).toEqual([times[0]]);
});

test("growth is reported for synthetic volumes, as the exponent of their side", () => {
  const rows = [128, 256].flatMap((side) => [
    {
      ...{
        measure: "grid",
        volume: `synthetic ${side}`,
        resolution: "native",
        options: {},
        canvas: 400,
        seconds: 1,
      },
      outcome: { firstPictureMs: side ** 3, heldBytes: side ** 2 },
    },
    {
      ...{
        measure: "frames",
        volume: `synthetic ${side}`,
        resolution: "native",
        options: {},
        canvas: 400,
        seconds: 1,
      },
      ...{ blend: "exact", frames: 3, outcome: { medians: [side, side] } },
    },
    { measure: "frames", volume: "input", blend: "exact", outcome: { medians: [1e9, 1e9] } },
  ]);
  expect(growthLines({ rows } as unknown as Pick<Result, "rows">)).toEqual([
    "first picture ~ n^3.00",
    "GPU memory ~ n^2.00",
    "frame, exact ~ n^1.00",
  ]);
});
