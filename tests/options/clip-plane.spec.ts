/** The clip plane's angles and depth, converted in both directions. */

import { expect, test } from "playwright/test";
import { anglesOf, planeFacing, planeFrom } from "../../src/options/clip-plane.ts";

test("the article's diagonal plane converts to angles and back", () => {
  const angles = anglesOf([1, -1, -1, 0.1]);
  expect(angles.azimuth).toBeCloseTo(-45, 9);
  expect(angles.elevation).toBeCloseTo(-35.264, 3);
  // n.p goes from -2 to 1 over the box, and the plane is at -0.1.
  expect(angles.depth).toBeCloseTo(1.9 / 3, 9);
  const again = planeFrom(angles).map((n) => n * Math.sqrt(3));
  for (const [i, n] of [1, -1, -1, 0.1].entries()) expect(again[i]).toBeCloseTo(n, 3);
});

test("depth 0 keeps all corners of the box, 1 keeps none, and 0.5 passes through the centre", () => {
  const corners = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, i >> 2]);
  for (const [azimuth, elevation] of [
    [0, 0],
    [30, 20],
    [-120, -70],
    [200, 90],
  ]) {
    const signed = (depth: number, p: number[]) => {
      const [nx, ny, nz, d] = planeFrom({ azimuth, elevation, depth });
      return nx * p[0] + ny * p[1] + nz * p[2] + d;
    };
    for (const p of corners) {
      expect(signed(0, p)).toBeGreaterThan(-1e-3);
      expect(signed(1, p)).toBeLessThan(1e-3);
    }
    expect(Math.abs(signed(0.5, [0.5, 0.5, 0.5]))).toBeLessThan(1e-3);
  }
});

test("a plane that faces the camera removes the near half", () => {
  const camera = { azimuth: 320, elevation: 30, zoom: 1, distance: 10, projection: "perspective" } as const;
  const plane = planeFrom(planeFacing(camera, [1, 1, 1]));
  const near = [0.5 + Math.cos(-40 * (Math.PI / 180)) / 3, 0.5 + Math.sin(-40 * (Math.PI / 180)) / 3, 0.7];
  const value = (p: number[]) => plane[0] * p[0] + plane[1] * p[1] + plane[2] * p[2] + plane[3];
  expect(value(near)).toBeLessThan(0);
  expect(value(near.map((x) => 1 - x))).toBeGreaterThan(0);
  // In a flat box, fractions of z are shorter, so the normal in fractions is flatter.
  const flat = planeFacing(camera, [1, 1, 0.25]);
  expect(Math.tan((flat.elevation * Math.PI) / 180)).toBeCloseTo(-Math.tan(Math.PI / 6) / 4, 9);
});
