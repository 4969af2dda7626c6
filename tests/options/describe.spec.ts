/** Descriptions of voxels and values. */

import { expect, test } from "playwright/test";
import { describeVoxel, formatDims } from "../../src/options/describe.ts";
import { formatValue } from "../../src/options/format-value.ts";

test("a voxel is described in voxels, mm and its raw value; without mm if the format has no lengths", () => {
  const volume = { affine: [-2, 0, 0, 10, 0, 2, 0, -20.25, 0, 0, 3, 0.04, 0, 0, 0, 1] };
  expect(describeVoxel(volume, [3, 1, 1], 8.5)).toBe("x 3, y 1, z 1 · 4, −18.2, 3 mm · 8.5");
  expect(describeVoxel({ ...volume, unitless: true }, [3, 1, 1], 8.5)).toBe("x 3, y 1, z 1 · 8.5");
});

test("values are whole numbers or have few digits", () => {
  const texts = [0, -3, 65535, 1 / 3, -1234.5678, 1.5e12, Number.NaN].map(formatValue);
  expect(texts).toEqual(["0", "−3", "65535", "0.33333", "−1234.6", "1500000000000", "missing"]);
  expect(formatDims([157, 189, 68])).toBe("157 × 189 × 68");
  expect(formatDims([0.9375, 0.9375, 2])).toBe("0.9375 × 0.9375 × 2");
});
