/** The handles of the transform's curve: on the curve at their height, and under the pointer that drags them. */

import { expect, test } from "playwright/test";
import {
  draggedTo,
  HANDLE_LEVELS,
  type HandleName,
  handlePosition,
} from "../../src/options/curve-handles.ts";
import { meanPowered, transformed } from "../../src/options/transfer-curve.ts";
import * as oracle from "../support/blob.ts";
import { ARTICLE, histogramOf } from "./curve.ts";

const NAMES = Object.keys(ARTICLE) as HandleName[];
const histogram = histogramOf(oracle.transformed().normalized);

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
