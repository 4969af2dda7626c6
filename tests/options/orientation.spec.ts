/** Views along the axes: of the patient if the affine has directions, otherwise of the box. */

import { expect, test } from "playwright/test";
import { cameraFrame } from "../../src/options/camera.ts";
import { type AxisView, axisViews } from "../../src/options/orientation.ts";
import type { Vec3 } from "../../src/volume.ts";

type Flip = readonly [boolean, boolean, boolean];
const NO_FLIP: Flip = [false, false, false];

/** World directions from which each letter's view is seen: x to the patient's right, y to the front, z up. */
const FROM: Record<string, Vec3> = {
  ...{ A: [0, 1, 0], P: [0, -1, 0], L: [-1, 0, 0] },
  ...{ R: [1, 0, 0], S: [0, 0, 1], I: [0, 0, -1] },
};

const affineOf = (columns: readonly Vec3[]) =>
  [0, 1, 2].flatMap((row) => [...columns.map((column) => column[row]), 10 * row]).concat(0, 0, 0, 1);

const [COS, SIN] = [Math.cos(Math.PI / 9), Math.sin(Math.PI / 9)];
const AFFINES: Record<string, readonly Vec3[]> = {
  RAS: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  "LAS, of other spacing": [
    [-2, 0, 0],
    [0, 0.5, 0],
    [0, 0, 7],
  ],
  "sagittal, PIR": [
    [0, -1, 0],
    [0, 0, -1],
    [1, 0, 0],
  ],
  "oblique by 20 degrees about x": [
    [1, 0, 0],
    [0, COS, SIN],
    [0, -SIN, COS],
  ],
  "oblique by 20 degrees about z, x reversed": [
    [-COS, -SIN, 0],
    [-SIN, COS, 0],
    [0, 0, 1],
  ],
};

/** Direction from the box's centre to the eye, in the world. */
function eyeInWorld({ azimuth, elevation }: AxisView, columns: readonly Vec3[], flip: Flip): number[] {
  const { towards } = cameraFrame({ azimuth, elevation, distance: 1, focus: [0, 0, 0] });
  const along = columns.map((column, axis) => {
    const length = Math.hypot(...column) * (flip[axis] ? -1 : 1);
    return column.map((x) => (x / length) * towards[axis]);
  });
  return [0, 1, 2].map((row) => along.reduce((sum, column) => sum + column[row], 0));
}

for (const [name, columns] of Object.entries(AFFINES)) {
  test(`${name}: each view is seen from its letter's direction, whatever is flipped`, () => {
    for (const flip of [NO_FLIP, [true, false, false], [false, true, true], [true, true, true]] as Flip[]) {
      const views = axisViews({ oriented: true, affine: affineOf(columns) }, flip);
      expect(views.map(({ letter }) => letter)).toEqual(["A", "P", "L", "R", "S", "I"]);
      for (const view of views) {
        const eye = eyeInWorld(view, columns, flip);
        const from = FROM[view.letter ?? ""];
        const cosine = eye.reduce((sum, x, axis) => sum + x * from[axis], 0);
        expect(cosine, `${view.name}, flip ${flip}`).toBeGreaterThan(COS - 1e-9);
      }
    }
  });
}

test("each axis of the volume is used once, even if two are closest to the same direction", () => {
  const affine = affineOf([
    [0.6, 0.8, 0],
    [0.1, 1, 0],
    [0, 0, 1],
  ]);
  const views = axisViews({ oriented: true, affine }, NO_FLIP);
  expect(new Set(views.map(({ azimuth, elevation }) => `${azimuth} ${elevation}`)).size).toBe(6);
});

test("a scan without directions in the file has the patient's sides by convention, without letters", () => {
  // Analyze: x runs from right to left, y to the front.
  const affine = affineOf([
    [-1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  const views = axisViews({ affine }, NO_FLIP);
  expect(views.filter(({ letter }) => letter)).toEqual([]);
  expect(views.map(({ azimuth, elevation }) => [azimuth, elevation])).toEqual(
    axisViews({ oriented: true, affine }, NO_FLIP).map(({ azimuth, elevation }) => [azimuth, elevation]),
  );
  expect(views[0]).toEqual({ name: "front", azimuth: 90, elevation: 0 });
  expect(views[2]).toEqual({ name: "left", azimuth: 0, elevation: 0 });
});

test("an array without lengths has the box's sides", () => {
  const affine = affineOf([
    [-1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  for (const flip of [NO_FLIP, [true, true, false] as Flip]) {
    expect(axisViews({ unitless: true, affine }, flip)).toEqual([
      { name: "front", azimuth: 270, elevation: 0 },
      { name: "back", azimuth: 90, elevation: 0 },
      { name: "left", azimuth: 180, elevation: 0 },
      { name: "right", azimuth: 0, elevation: 0 },
      { name: "top", azimuth: 270, elevation: 90 },
      { name: "bottom", azimuth: 270, elevation: -90 },
    ]);
  }
});

test("seen from the front, the top and the bottom of the box, x points to the right", () => {
  const views = axisViews({ unitless: true, affine: [] }, NO_FLIP).filter(({ name }) =>
    /front|top|bottom/.test(name),
  );
  for (const { azimuth, elevation } of views) {
    const { right } = cameraFrame({ azimuth, elevation, distance: 1, focus: [0, 0, 0] });
    for (const [axis, x] of [1, 0, 0].entries()) expect(right[axis]).toBeCloseTo(x, 12);
  }
});
