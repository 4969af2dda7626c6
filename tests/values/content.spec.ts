/** The filled span of each row, for every data type. */

import { expect, test } from "playwright/test";
import { type ContentRows, contentRows, type IsFilled } from "../../src/values/content.ts";
import { profileOf } from "../../src/values/profile.ts";
import { DTYPES, type Dtype, type Vec3, type Volume } from "../../src/volume.ts";
import { random } from "../support/oracle.ts";
import { volumeBy } from "../support/volumes.ts";

/** First and end of each row, as a list. */
const spans = ({ first, end }: ContentRows) => Array.from(first, (at, row) => [at, end[row]]);

/** The expected spans, found by checking every value. */
function expected([nx, ny, nz]: Vec3, isFilled: (x: number, y: number, z: number) => boolean): number[][] {
  const rows: number[][] = [];
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const filled = Array.from({ length: nx }, (_, x) => isFilled(x, y, z));
      rows.push(filled.includes(true) ? [filled.indexOf(true), filled.lastIndexOf(true) + 1] : [0, 0]);
    }
  }
  return rows;
}

const rowsOf = async (volume: Volume, isFilled: IsFilled) =>
  contentRows(volume, await profileOf(volume), isFilled);

/** Scalars from -8 to 8, or 0 to 16 for unsigned types, mostly near the middle. */
function scalars(dims: Vec3, least: number): (x: number, y: number, z: number) => number {
  const next = random(dims[0]);
  const all = Array.from({ length: dims[0] * dims[1] * dims[2] }, () => Math.round(16 * next() ** 3) + least);
  return (x, y, z) => all[(z * dims[1] + y) * dims[0] + x];
}

const SHAPES: Vec3[] = [
  [9, 5, 4],
  [1, 7, 3],
  [12, 1, 1],
  [1, 1, 6],
];

for (const dtype of Object.keys(DTYPES) as Dtype[]) {
  test(`${dtype}: spans match those found by checking every value`, async () => {
    const least = dtype.startsWith("u") ? 0 : -8;
    for (const dims of SHAPES) {
      const at = scalars(dims, least);
      for (const rest of [{}, { littleEndian: false }, { slope: -0.5, intercept: 3 }]) {
        const volume = volumeBy(dims, dtype, at, rest);
        const value = (...p: Vec3) => at(...p) * (volume.slope ?? 1) + volume.intercept;
        const rules: Record<string, (value: number) => boolean> = {
          above: (v) => v > least + 9,
          below: (v) => v < least + 1,
          "both ends": (v) => v < least + 1 || v > least + 12,
          all: () => true,
          none: () => false,
        };
        for (const [name, rule] of Object.entries(rules)) {
          const found = spans(await rowsOf(volume, rule));
          expect(found, `${name} ${JSON.stringify(rest)} ${dims}`).toEqual(
            expected(dims, (...p) => rule(value(...p))),
          );
        }
      }
    }
  });
}

test("missing values are never filled", async () => {
  for (const dtype of ["float16", "float32", "float64"] as const) {
    const volume = volumeBy([5, 1, 1], dtype, (x) => [NaN, 1, 2, Infinity, -Infinity][x]);
    expect(spans(await rowsOf(volume, () => true)), dtype).toEqual([[1, 3]]);
  }
});

test("values that are too many to list are separated at the value where filling begins", async () => {
  const next = random(4);
  const all = Array.from({ length: 100_000 }, () => Math.fround(next() ** 2));
  const volume = volumeBy([100, 100, 10], "float32", (x, y, z) => all[(z * 100 + y) * 100 + x]);
  const profile = await profileOf(volume);
  expect(profile.isExact).toBe(false);
  for (const isFilled of [(v: number) => v > 0.98765, (v: number) => v < 0.0001 || v >= 0.999]) {
    const found = spans(await contentRows(volume, profile, isFilled));
    expect(found).toEqual(expected(volume.dims, (x, y, z) => isFilled(all[(z * 100 + y) * 100 + x])));
  }
});

test("integers beyond f32's precision are distinguished", async () => {
  const volume = volumeBy([4, 1, 1], "uint64", (x) => [2 ** 53, 2 ** 53 - 1, 0, 2 ** 53 - 1][x]);
  const profile = await profileOf(volume);
  const last = profile.levels.values.length - 1;
  expect(spans(await contentRows(volume, profile, (_, level) => level === last))).toEqual([[0, 1]]);
});

test("spans can exceed 65,535 voxels", async () => {
  const volume = volumeBy([70_000, 2, 2], "uint8", (x, y) => Number(x > 1000 * (y + 1) && x < 69_000));
  const profile = await profileOf(volume);
  const found = await contentRows(volume, profile, (value) => value > 0);
  expect(spans(found)).toEqual([...[1, 2, 1, 2].map((y) => [1000 * y + 1, 69_000])]);
});
