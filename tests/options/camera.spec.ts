/** The camera, compared with matplotlib's projection in closed form (mplot3d, with axes that fill the figure). */

import { expect, test } from "playwright/test";
import { type Camera, cameraFrame, type DrawnCamera } from "../../src/options/camera.ts";
import { drawnCamera } from "../../src/options/fit.ts";
import { clipFromBox } from "../../src/options/projection.ts";
import type { Vec3 } from "../../src/volume.ts";
import { random } from "../support/oracle.ts";

const ARTICLE = inArticleWindow({
  ...{ azimuth: 320, elevation: 30, zoom: 1, target: "auto", fit: "article" },
  ...{ distance: 10, projection: "perspective" },
});

/** The camera as drawn with a cube. */
function inArticleWindow(camera: Camera): DrawnCamera {
  return drawnCamera(camera, { extent: [1, 1, 1], hasAxes: false, content: () => undefined }, "article");
}

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * Pixel position of a point of the unit cube: matplotlib's square window, centred, as large as the picture's shorter
 * side.
 */
function matplotlib(camera: DrawnCamera, [width, height]: number[], point: Vec3): [number, number] {
  const [E, a] = [camera.elevation, camera.azimuth].map((degrees) => (degrees * Math.PI) / 180);
  const n: Vec3 = [Math.cos(E) * Math.cos(a), Math.cos(E) * Math.sin(a), Math.sin(E)];
  const u: Vec3 = [-Math.sin(a), Math.cos(a), 0];
  const v: Vec3 = [-Math.sin(E) * Math.cos(a), -Math.sin(E) * Math.sin(a), Math.cos(E)];
  const fromEye = point.map((x, axis) => x - 0.5 - camera.distance * n[axis]) as unknown as Vec3;
  const depth = camera.projection === "perspective" ? -dot(n, fromEye) : camera.distance;
  // These are X and Y at distance 10. At other distances, the window keeps its size in the plane of the box's centre.
  const [X, Y] = [u, v].map((axis) => ((dot(axis, fromEye) / depth) * camera.distance * camera.zoom) / 10);
  const side = Math.min(width, height);
  const [left, top] = [(width - side) / 2, (height - side) / 2];
  return [left + ((X + 0.095) / 0.185) * side, top + side - ((Y + 0.095) / 0.185) * side];
}

/** Pixel position by the projection matrix; `offset` is the sample's. */
function ours(camera: DrawnCamera, [width, height]: number[], point: Vec3, offset?: [number, number]) {
  const m = clipFromBox(camera, width, height, offset);
  const [x, y, z, w] = [0, 1, 2, 3].map(
    (row) => m[row] * point[0] + m[4 + row] * point[1] + m[8 + row] * point[2] + m[12 + row],
  );
  return { pixel: [(x / w / 2 + 0.5) * width, (0.5 - y / w / 2) * height], depth: z / w, w };
}

function points(count: number): Vec3[] {
  const next = random(3);
  return Array.from({ length: count }, () => [next(), next(), next()]);
}

function largestDistance(camera: DrawnCamera, size: number[]): number {
  const distances = points(50).map((point) => {
    const [expected, { pixel }] = [matplotlib(camera, size, point), ours(camera, size, point)];
    return Math.hypot(pixel[0] - expected[0], pixel[1] - expected[1]);
  });
  return Math.max(...distances);
}

const CASES: Record<string, { camera?: Partial<DrawnCamera>; size?: number[] }> = {
  "the article's view": {},
  "its other azimuth": { camera: { azimuth: 200 } },
  "from below, around more than once": { camera: { azimuth: -1000, elevation: -75 } },
  "straight down": { camera: { elevation: 90 } },
  "straight up": { camera: { elevation: -90, azimuth: 0 } },
  landscape: { size: [1600, 900] },
  portrait: { size: [333, 1000] },
  "zoomed in, out of the window's centre": { camera: { zoom: 2.5 } },
  "zoomed out, wide": { camera: { zoom: 0.3 }, size: [800, 200] },
  orthographic: { camera: { projection: "orthographic" } },
  "orthographic, zoomed, portrait": { camera: { projection: "orthographic", zoom: 3 }, size: [300, 700] },
  "orthographic, from elsewhere": { camera: { projection: "orthographic", distance: 3 } },
  "from nearby": { camera: { distance: 2 } },
};

for (const [name, { camera, size = [1200, 1200] }] of Object.entries(CASES)) {
  test(name, () => {
    expect(largestDistance({ ...ARTICLE, ...camera }, size)).toBeLessThan(1e-9);
  });
}

test("the centre of the box is at 51.35 % from the left and from the bottom", () => {
  const { pixel } = ours(ARTICLE, [1000, 1000], [0.5, 0.5, 0.5]);
  expect(pixel[0]).toBeCloseTo(513.5135, 4);
  expect(pixel[1]).toBeCloseTo(486.4865, 4);
});

test("changing the target moves the picture by as much as moving the box", () => {
  for (const projection of ["perspective", "orthographic"] as const) {
    const camera = { ...ARTICLE, projection, zoom: 2 };
    const target: Vec3 = [0.1, 0.9, -0.4];
    const aimed = inArticleWindow({ ...camera, target });
    expect(inArticleWindow({ ...camera, target: [0.5, 0.5, 0.5] })).toEqual(inArticleWindow(camera));
    for (const point of points(10)) {
      const moved = point.map((x, axis) => x - target[axis] + 0.5) as unknown as Vec3;
      const [{ pixel }, expected] = [ours(aimed, [640, 480], point), ours(camera, [640, 480], moved)];
      for (const i of [0, 1]) expect(pixel[i]).toBeCloseTo(expected.pixel[i], 9);
    }
  }
});

test("a sample with an offset sees what lies that far to the right and down", () => {
  for (const projection of ["perspective", "orthographic"] as const) {
    const camera = { ...ARTICLE, projection };
    for (const point of points(10)) {
      const centred = ours(camera, [640, 480], point).pixel;
      const shifted = ours(camera, [640, 480], point, [0.375, -0.125]).pixel;
      expect(shifted[0] - centred[0]).toBeCloseTo(-0.375, 9);
      expect(shifted[1] - centred[1]).toBeCloseTo(0.125, 9);
    }
  }
});

test("points in front of the eye have w > 0, points behind it w < 0, and depth is never clipped", () => {
  const camera = { ...ARTICLE, distance: 2 };
  const { eye, towards } = cameraFrame(camera);
  const along = (t: number) => eye.map((e, axis) => e - t * towards[axis]) as unknown as Vec3;
  expect(ours(camera, [100, 100], along(1)).w).toBeCloseTo(1, 12);
  expect(ours(camera, [100, 100], along(-1)).w).toBeCloseTo(-1, 12);
  for (const projection of ["perspective", "orthographic"] as const) {
    for (const point of points(10)) {
      expect(ours({ ...camera, projection }, [100, 100], point).depth).toBeCloseTo(0.5, 12);
    }
  }
});

test("the axes of the camera are orthonormal and right-handed, and up points up", () => {
  const { right, up, towards } = cameraFrame({ ...ARTICLE, azimuth: 77, elevation: -20 });
  for (const axis of [right, up, towards]) expect(dot(axis, axis)).toBeCloseTo(1, 12);
  for (const [a, b] of [
    [right, up],
    [up, towards],
    [towards, right],
  ])
    expect(dot(a, b)).toBeCloseTo(0, 12);
  const cross = right[0] * up[1] - right[1] * up[0];
  expect(cross).toBeCloseTo(towards[2], 12);
  expect(up[2]).toBeGreaterThan(0);
});
