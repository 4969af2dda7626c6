/** The transform's curve: equal to the transform of each voxel; and its handles, on the curve at their height. */

import { expect, test } from "playwright/test";
import {
  draggedTo,
  HANDLE_LEVELS,
  type HandleName,
  handlePosition,
  meanPowered,
  transformed,
} from "../../src/options/transfer-curve.ts";
import * as oracle from "../support/blob.ts";

const ARTICLE = { floor: 0.1, gamma: 0.4, contrast: 2, bias: 0.1 };
const NAMES = Object.keys(ARTICLE) as HandleName[];

function histogramOf(values: readonly number[], bins = 1024): Uint32Array {
  const counts = new Uint32Array(bins);
  for (const n of values) counts[Math.min(Math.floor(n * bins), bins - 1)]++;
  return counts;
}

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

test("each handle is on the curve", () => {
  const mean = meanPowered(histogram, ARTICLE);
  for (const name of NAMES) {
    const t = transformed(handlePosition(name, ARTICLE, mean), ARTICLE, mean);
    expect(t, name).toBeCloseTo(HANDLE_LEVELS[name], 6);
  }
});

for (const name of NAMES) {
  test(`${name}: a dragged handle stays under the pointer`, () => {
    for (const at of [0.2, 0.35, 0.5, 0.8]) {
      const bent = { ...ARTICLE, [name]: draggedTo(name, at, ARTICLE, histogram) };
      expect(handlePosition(name, bent, meanPowered(histogram, bent)), `at ${at}`).toBeCloseTo(at, 4);
      for (const other of NAMES) if (other !== name) expect(bent[other]).toBe(ARTICLE[other]);
    }
  });
}

test("handles stop at the ends of their range, and stay in the plot if the curve does not reach their height", () => {
  expect(draggedTo("floor", -0.3, ARTICLE, histogram)).toBe(0);
  expect(draggedTo("contrast", 0, ARTICLE, histogram)).toBe(20);
  expect(draggedTo("gamma", -1, ARTICLE, histogram)).toBeCloseTo(0.05, 4);
  expect(draggedTo("gamma", 2, ARTICLE, histogram)).toBeCloseTo(10, 3);
  expect(draggedTo("bias", 5, { ...ARTICLE, contrast: 9 }, histogram)).toBe(1);
  for (const transform of [
    { ...ARTICLE, contrast: 0 },
    { ...ARTICLE, bias: 1 },
    { ...ARTICLE, bias: -1 },
  ]) {
    for (const name of NAMES) {
      const n = handlePosition(name, transform, meanPowered(histogram, transform));
      expect(n).toBeGreaterThanOrEqual(transform.floor);
      expect(n).toBeLessThanOrEqual(1);
    }
  }
});
