/** Scales of the axes: their values and their round ticks. */

import { expect, test } from "playwright/test";
import { axisScale, roundStep, type Scale, ticks } from "../../src/axes/scale.ts";

/** 157 x 189 x 68 voxels of 1 x 1 x 2 mm; x points to the left, and voxel 78, 94, 34 is at 0 mm. */
const HEAD = {
  dims: [157, 189, 68],
  spacing: [1, 1, 2],
  affine: [-1, 0, 0, 78, 0, 1, 0, -94, 0, 0, 2, -68, 0, 0, 0, 1],
} as const;

const texts = (scale: Scale, step: number) => ticks(scale, step).map(({ text }) => text);

test("voxels are counted from 0 to their number; a flip reverses the count with the data", () => {
  const scale = axisScale(0, "voxels", HEAD, false);
  expect(scale).toEqual({ title: "x", ends: [0, 157], whole: true });
  expect(ticks(scale, 50)).toEqual([
    { at: 0, text: "0" },
    { at: 50 / 157, text: "50" },
    { at: 100 / 157, text: "100" },
    { at: 150 / 157, text: "150" },
  ]);
  const flipped = axisScale(0, "voxels", HEAD, true);
  expect(flipped.ends).toEqual([157, 0]);
  expect(ticks(flipped, 100).map(({ at }) => at)).toEqual([1, 57 / 157]);
});

test("custom coordinates are shown unchanged, whatever the unit and the flip", () => {
  const grid = {
    ...HEAD,
    bounds: [
      [-1, 0, 2.5],
      [7, 3, 4],
    ],
  } as const;
  expect(axisScale(0, "voxels", grid, true)).toEqual({ title: "x", ends: [-1, 7], whole: false });
  expect(axisScale(2, "mm", grid, false)).toEqual({ title: "z", ends: [2.5, 4], whole: false });
});

test("a volume without lengths is measured in voxels, even if mm are requested", () => {
  const grid = { ...HEAD, unitless: true } as const;
  expect(axisScale(0, "mm", grid, false)).toEqual({ title: "x", ends: [0, 157], whole: true });
  expect(axisScale(1, "mm", grid, true)).toEqual({ title: "y", ends: [189, 0], whole: true });
});

test("mm are world coordinates, with voxel centres where the affine puts them", () => {
  const [x, y, z] = [0, 1, 2].map((axis) => axisScale(axis, "mm", HEAD, false));
  expect(x).toEqual({ title: "x (mm)", ends: [78.5, -78.5], whole: false });
  expect(y).toEqual({ title: "y (mm)", ends: [-94.5, 94.5], whole: false });
  expect(z).toEqual({ title: "z (mm)", ends: [-69, 67], whole: false });
  // Half of voxel 78 lies below 0 mm: (78 + 0.5) / 157 of the box.
  expect(ticks(x, 50).find(({ text }) => text === "0")?.at).toBeCloseTo(78.5 / 157, 12);
  expect(texts(x, 50)).toEqual(["\u221250", "0", "50"]);
  expect(axisScale(0, "mm", HEAD, true).ends).toEqual([-78.5, 78.5]);
});

test("an axis is named after the world axis that it is parallel to", () => {
  const affine = [0, 0, 3, 10, 2, 0, 0, 20, 0, -1, 0, 30, 0, 0, 0, 1];
  const grid = { dims: [4, 5, 6], spacing: [2, 1, 3], affine } as const;
  const scales = [0, 1, 2].map((axis) => axisScale(axis, "mm", grid, false));
  expect(scales.map(({ title }) => title)).toEqual(["y (mm)", "z (mm)", "x (mm)"]);
  expect(scales.map(({ ends }) => ends)).toEqual([
    [19, 27],
    [30.5, 25.5],
    [8.5, 26.5],
  ]);
});

test("volumes that are oblique or have an invalid affine are measured from their corner", () => {
  const [c, s] = [Math.cos(0.1), Math.sin(0.1)];
  const oblique = [c, -s, 0, 5, s, c, 0, 5, 0, 0, 2, 5, 0, 0, 0, 1];
  const nothing = new Array(16).fill(0);
  const missing = [1, 0, 0, Number.NaN, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1];
  const twice = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  for (const affine of [oblique, nothing, missing, twice]) {
    const ends = [0, 1, 2].map((axis) => axisScale(axis, "mm", { ...HEAD, affine }, false).ends);
    expect(ends).toEqual([
      [0, 157],
      [0, 189],
      [0, 136],
    ]);
  }
  // Rounding errors do not make a volume oblique.
  const rounded = HEAD.affine.map((x, i) => x + (i % 4 < 3 ? 1e-5 : 0));
  expect(axisScale(1, "mm", { ...HEAD, affine: rounded }, false).ends[0]).toBeCloseTo(-94.5, 3);
});

test("steps are round", () => {
  const steps: [least: number, step: number][] = [
    [0.9, 1],
    [1, 1],
    [1.1, 2],
    [2.2, 2.5],
    [3, 5],
    [17, 20],
    [24, 25],
    [70, 100],
    [0.03, 0.05],
    [2.1e-7, 2.5e-7],
  ];
  for (const [least, step] of steps) expect(roundStep(least, false), `${least}`).toBeCloseTo(step, 12);
  expect([1, 2, 2.5, 5, 10].map((step) => roundStep(step, false, true))).toEqual([2, 2.5, 5, 10, 20]);
  expect([0.01, 1.1, 2.1, 11, 21].map((least) => roundStep(least, true))).toEqual([1, 2, 5, 20, 25]);
  expect([1, 2, 5, 10, 20, 25].map((step) => roundStep(step, true, true))).toEqual([2, 5, 10, 20, 25, 50]);
});

test("labels have the decimals of their step, a real minus sign, and no rounding noise", () => {
  const scale = (from: number, to: number): Scale => ({ title: "", ends: [from, to], whole: false });
  expect(texts(scale(-0.3, 0.3), 0.1)).toEqual([
    ...["\u22120.3", "\u22120.2", "\u22120.1", "0.0", "0.1", "0.2", "0.3"],
  ]);
  expect(texts(scale(0, 10), 2.5)).toEqual(["0.0", "2.5", "5.0", "7.5", "10.0"]);
  expect(texts(scale(99.95, -100.05), 100)).toEqual(["\u2212100", "0"]);
  expect(texts(scale(0, 5e-7), 2.5e-7)).toEqual(["0", "2.5e-7", "5e-7"]);
  expect(texts(scale(0, 2e9), 1e9)).toEqual(["0", "1000000000", "2000000000"]);
  expect(texts(scale(1e9, 1e9 + 60), 20)).toEqual(["1000000000", "1000000020", "1000000040", "1000000060"]);
});
