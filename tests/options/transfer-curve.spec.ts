/** The transform's curve: equal to the transform of each voxel. */

import { expect, test } from "playwright/test";
import { meanPowered, transformed } from "../../src/options/transfer-curve.ts";
import * as oracle from "../support/blob.ts";
import { ARTICLE, histogramOf } from "./curve.ts";

const blob = oracle.transformed();
const histogram = histogramOf(blob.normalized);

test("the curve with the mean of the histogram gives the transformed voxels", () => {
  const mean = meanPowered(histogram, ARTICLE);
  for (const [i, n] of blob.normalized.entries()) {
    expect(transformed(n, ARTICLE, mean)).toBeCloseTo(blob.transformed[i], 2);
  }
  expect(transformed(0.3, null, mean)).toBe(0.3);
});

test("the mean counts the lowest value as 0, which matters for a small gamma", () => {
  const half = histogramOf([...Array(900).fill(0), ...Array(100).fill(1)]);
  expect(meanPowered(half, { floor: 0, gamma: 0.05 })).toBeCloseTo(0.1, 12);
  expect(meanPowered(new Uint32Array(8), ARTICLE)).toBe(0);
});
