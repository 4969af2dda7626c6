/** The profile of a volume's values: levels and their counts, missing values, and how values change. */

import { expect, test } from "playwright/test";
import { backgroundLevel, quantile } from "../../src/values/levels.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { ValueProfile } from "../../src/values/value-profile.ts";
import { DTYPES, type Dtype } from "../../src/volume.ts";
import { random } from "../support/oracle.ts";
import { gaussian, rowOf, volumeBy, volumeOf } from "../support/volumes.ts";

/** Values and counts of the levels, as a list. */
const listed = ({ levels: { values, counts } }: ValueProfile) =>
  Array.from(values, (value, i) => [value, counts[i]]);
const sum = (counts: Float64Array) => counts.reduce((all, n) => all + n, 0);

test("levels of 1 and 2 bytes are the distinct values in ascending order, with their codes", async () => {
  const bytes = await profileOf(rowOf([7, 0, 255, 7, 7, 0], "uint8"));
  expect(listed(bytes)).toEqual([
    [0, 2],
    [7, 3],
    [255, 1],
  ]);
  expect(bytes).toMatchObject({ count: 6, missing: 0, min: 0, max: 255, isExact: true, isWhole: true });
  expect([...(bytes.levelCodes ?? [])]).toEqual([0, 7, 255]);

  const words = await profileOf(rowOf([5, -2, 300, -2], "int16", { littleEndian: false }));
  expect(listed(words)).toEqual([
    [-2, 2],
    [5, 1],
    [300, 1],
  ]);
  // The bytes as in the file, read in the other byte order.
  expect([...(words.levelCodes ?? [])]).toEqual([0xfeff, 0x0500, 0x2c01]);
});

for (const dtype of ["float16", "float32", "float64"] as const) {
  test(`${dtype}: NaN and infinities are missing, and fractions are distinguished from whole numbers`, async () => {
    const row = [1.5, NaN, -0.25, Infinity, 1.5, -Infinity, 0];
    const profile = await profileOf(rowOf(row, dtype));
    expect(listed(profile)).toEqual([
      [-0.25, 1],
      [0, 1],
      [1.5, 2],
    ]);
    expect(profile).toMatchObject({ count: 4, missing: 3, min: -0.25, max: 1.5, isWhole: false });
    expect((await profileOf(rowOf([1, 2, NaN, -3], dtype))).isWhole).toBe(true);
  });
}

test("near-identical ids of 8 bytes are distinct levels, although float64 cannot distinguish them", async () => {
  const id = 720575940500000000n;
  const ids = [id + 3n, id, id + 1n, id + 3n, id + 5000n];
  const profile = await profileOf(
    volumeOf([5, 1, 1], "uint64", new Uint8Array(BigUint64Array.from(ids).buffer)),
  );
  expect([...profile.levels.counts]).toEqual([1, 1, 2, 1]);
  expect([...(profile.levelScalars ?? [])]).toEqual([0, 1, 3, 5000]);
  expect(profile).toMatchObject({ isExact: true, isWhole: true, min: Number(id), max: Number(id + 5000n) });
});

test("near-identical ids are distinct also with a background of 0, although f32 cannot distinguish them", async () => {
  const id = 720575940500000000n;
  const ids = [0n, id, id + 1n, 0n, id + 3n];
  const bytes = new Uint8Array(BigUint64Array.from(ids).buffer);
  const profile = await profileOf(volumeOf([5, 1, 1], "uint64", bytes));
  expect([...profile.levels.counts]).toEqual([2, 1, 1, 1]);
  expect(profile).toMatchObject({ isExact: true, isWhole: true, min: 0, max: Number(id + 3n) });
  const falling = await profileOf(volumeOf([5, 1, 1], "uint64", bytes, { slope: -1 }));
  expect([...falling.levels.counts]).toEqual([1, 1, 1, 2]);
});

for (const dtype of ["uint8", "int16", "int32", "float32", "float64"] as const) {
  test(`${dtype} with a falling slope: levels ascend in data units`, async () => {
    const profile = await profileOf(rowOf([1, 4, 4, 2], dtype, { slope: -0.5, intercept: 10 }));
    expect(listed(profile)).toEqual([
      [8, 2],
      [9, 1],
      [9.5, 1],
    ]);
    expect(profile).toMatchObject({ min: 8, max: 9.5, isWhole: false });
    const stored = profile.levelCodes ?? profile.levelScalars ?? [];
    if (DTYPES[dtype] < 8) expect([...stored]).toEqual([4, 2, 1]);
  });
}

test("a volume without any value has no levels and a range of 0", async () => {
  const profile = await profileOf(rowOf([NaN, NaN], "float32"));
  expect(profile).toMatchObject({ count: 0, missing: 2, min: 0, max: 0, changes: 0, roughness: 1 });
  expect(listed(profile)).toEqual([]);
});

test("a volume's profile is computed once", () => {
  const volume = rowOf([1, 2], "uint8");
  expect(profileOf(volume)).toBe(profileOf(volume));
});

/** 50^3 values, many more than are listed. */
const many = (dtype: Dtype, value: (next: () => number, i: number) => number, rest = {}) => {
  const next = random(2);
  return volumeBy([50, 50, 50], dtype, (x, y, z) => value(next, x + 50 * (y + 50 * z)), rest);
};

test("more than 65,536 values become intervals that keep count, range and quantiles", async () => {
  for (const [slope, intercept] of [
    [1, 0],
    [-2, 5],
  ]) {
    const profile = await profileOf(
      many("float32", (next, i) => (i === 7 ? NaN : next()), { slope, intercept }),
    );
    const { levels, isExact, isWhole, min, max } = profile;
    expect([isExact, isWhole, profile.count, profile.missing]).toEqual([false, false, 124_999, 1]);
    expect(levels.values.length).toBeLessThanOrEqual(65536);
    expect(levels.values.length).toBeGreaterThan(50_000);
    expect(sum(levels.counts)).toBe(124_999);
    expect(levels.values.every((v, i) => i === 0 || v > levels.values[i - 1])).toBe(true);
    expect([levels.values[0], levels.values.at(-1)]).toEqual([min, max]);
    for (const share of [0.1, 0.5, 0.9]) {
      const expected = slope > 0 ? share : 5 - 2 * (1 - share);
      expect(Math.abs(quantile(levels, share) - expected)).toBeLessThan(0.02);
    }
  }
});

test("intervals stay fine if one hot voxel is a million times as bright as all others", async () => {
  const { levels, max, count } = await profileOf(
    many("float32", (next, i) => (i === 99 ? 1e6 : gaussian(next))),
  );
  expect([max, sum(levels.counts), levels.counts.at(-1)]).toEqual([1e6, count, 1]);
  expect(levels.values.filter((v) => Math.abs(v) < 4).length).toBeGreaterThan(10_000);
  expect(Math.abs(quantile(levels, 0.5))).toBeLessThan(0.02);
  expect(Math.abs(quantile(levels, 0.8413) - 1)).toBeLessThan(0.02);
});

test("the border has values of all six sides, evenly spaced, and none from inside", async () => {
  const dims = [30, 26, 5] as const;
  const side = ([x, y, z]: readonly number[]) =>
    x === 0 ? 1 : x === 29 ? 2 : y === 0 ? 3 : y === 25 ? 4 : z === 0 ? 5 : z === 4 ? NaN : 99;
  const { border } = await profileOf(volumeBy(dims, "float32", (...p) => side(p)));
  expect(border).toHaveLength(6 * 24 ** 2);
  expect(border.includes(99)).toBe(false);
  const share = (value: number) => border.filter((v) => Object.is(v, value)).length / border.length;
  for (const value of [1, 2, 5, NaN]) expect(share(value), `${value}`).toBeGreaterThan(1 / 8);
  const whole = await profileOf(volumeBy([24, 24, 24], "uint8", (x, y) => 10 * (x === 0 ? 1 : 0) + y / 24));
  expect(whole.border.filter((v) => v === 10).length).toBe(24 ** 2 + 4 * 24);
});

for (const dtype of ["uint8", "int16", "uint32", "float32", "float64", "uint64"] as const) {
  test(`${dtype}: changes, jumps and roughness are those of neighbours that are not both background`, async () => {
    const { changes, jumps, roughness } = await profileOf(rowOf([0, 0, 1, 1, 2, 0, 0, 5], dtype));
    // Five pairs: 0 1, 1 1, 1 2, 2 0, 0 5; the last two skip a level. 1, 1, 2, 5 deviate by sqrt(2.6875).
    expect(changes).toBeCloseTo(4 / 5, 12);
    expect(jumps).toBeCloseTo(2 / 4, 12);
    expect(roughness).toBeCloseTo(9 / 5 / Math.sqrt(2.6875), 6);
  });
}

test("pairs with a missing value, and pairs across the end of a row, do not count", async () => {
  const { changes } = await profileOf(rowOf([3, NaN, 4, 4], "float32"));
  expect(changes).toBe(0);
  const rows = await profileOf(volumeBy([3, 4, 2], "uint8", (_, y, z) => 1 + y + 4 * z));
  expect(rows).toMatchObject({ changes: 0, jumps: 0, roughness: 0 });
});

test("the background is 0 if it occurs, else the most frequent value", () => {
  const levels = (values: number[], counts: number[]) => ({
    values: Float64Array.from(values),
    counts: Float64Array.from(counts),
  });
  expect(backgroundLevel(levels([-1, 0, 5], [9, 1, 9]))).toBe(1);
  expect(backgroundLevel(levels([-1000, 40, 70], [5, 9, 2]))).toBe(1);
});

test("quantiles are values that occur", () => {
  const levels = { values: Float64Array.of(1, 5, 9), counts: Float64Array.of(2, 6, 2) };
  const at = [0, 0.1, 0.2, 0.21, 0.8, 0.81, 1].map((share) => quantile(levels, share));
  expect(at).toEqual([1, 1, 1, 5, 5, 9, 9]);
  expect(quantile({ values: new Float64Array(), counts: new Float64Array() }, 0.5)).toBe(0);
});
