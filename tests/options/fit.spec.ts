/** What the window shows: all of the content, from all directions, with little space around it. */

import { expect, test } from "playwright/test";
import { contentReady, drawnSettings, plainSettings } from "../../src/options/appearance.ts";
import { pannedTarget, targetOf } from "../../src/options/moved-target.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import { clipFromBox } from "../../src/options/projection.ts";
import { boxExtent, type DrawnSettings } from "../../src/options/settings.ts";
import { boxPoint } from "../../src/options/target.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { Vec3, Volume } from "../../src/volume.ts";
import { labelVolume, maskVolume, signedVolume, volumeBy } from "../support/volumes.ts";

const settingsOf = async (volume: Volume, texts: OptionTexts = {}) => {
  const [settings, profile] = [settingsFrom(texts, [1, 1, 1, 1]), await profileOf(volume)];
  await contentReady(volume, profile, settings.kind);
  return drawnSettings(settings, volume, profile);
};
const cameraOf = async (volume: Volume, texts: OptionTexts = {}) => (await settingsOf(volume, texts)).camera;

/** A mask of a brick from `low` to `high` (exclusive). */
function brick(dims: Vec3, low: Vec3, high: Vec3, spacing: Vec3 = [1, 1, 1]): Volume {
  const holds = (p: Vec3) => p.every((at, axis) => at >= low[axis] && at < high[axis]);
  return volumeBy(dims, "uint8", (...p) => Number(holds(p)), { spacing });
}

/** Position in the window, whose sides are from -1 to 1. */
function project(camera: DrawnSettings["camera"], p: Vec3, [width, height] = [100, 100]): [number, number] {
  const m = clipFromBox(camera, width, height);
  const [x, y, w] = [0, 1, 3].map(
    (row) => m[row] * p[0] + m[4 + row] * p[1] + m[8 + row] * p[2] + m[12 + row],
  );
  return [x / w, y / w];
}

/** Corners of a part of the box, given in fractions of it, as box coordinates. */
function corners(low: Vec3, high: Vec3, extent: Vec3): Vec3[] {
  return Array.from({ length: 8 }, (_, i) =>
    boxPoint([0, 1, 2].map((axis) => ((i >> axis) & 1 ? high : low)[axis]) as unknown as Vec3, extent),
  );
}

const DIMS: Vec3 = [20, 30, 10];
const [LOW, HIGH]: Vec3[] = [
  [2, 3, 5],
  [6, 27, 9],
];
const SPACING: Vec3 = [2, 1, 3];
const BRICK = brick(DIMS, LOW, HIGH, SPACING);
const EXTENT = boxExtent("physical", DIMS, SPACING);
const inBox = (p: Vec3) => p.map((at, axis) => at / DIMS[axis]) as unknown as Vec3;

test("the content is centred and fits, from all directions and at every distance", async () => {
  for (const projection of ["perspective", "orthographic"]) {
    for (const distance of ["10", "2", "0.9"]) {
      let farthest = 0;
      for (let azimuth = 0; azimuth < 360; azimuth += 30) {
        for (let elevation = -90; elevation <= 90; elevation += 15) {
          const texts = { azimuth: `${azimuth}`, elevation: `${elevation}`, projection, distance };
          const camera = await cameraOf(BRICK, texts);
          const points = corners(inBox(LOW), inBox(HIGH), EXTENT).map((p) => project(camera, p));
          farthest = Math.max(farthest, ...points.flat().map(Math.abs));
          const middle = boxPoint(
            inBox(LOW.map((at, axis) => (at + HIGH[axis]) / 2) as unknown as Vec3),
            EXTENT,
          );
          for (const at of project(camera, middle)) expect(at).toBeCloseTo(0, 9);
        }
      }
      expect(farthest).toBeLessThan(1);
      expect(farthest).toBeGreaterThan(0.9);
    }
  }
});

test("an eye inside the content has a window, too", async () => {
  const { half } = await cameraOf(BRICK, { distance: "0.01" });
  expect(half).toBeGreaterThan(0);
  expect(half).toBeLessThan(2);
});

test("turning, and changing the value window, curve, colours or opacity, does not change target and window", async () => {
  const volume = signedVolume("float32");
  for (const kind of ["signed", "intensity"]) {
    const { focus, half, centre, target } = await cameraOf(volume, { kind });
    const changes: OptionTexts[] = [
      ...[{ azimuth: "10", elevation: "-60" }, { zoom: "3" }, { window: "1 2" }, { threshold: "5" }],
      ...[{ transform: "none" }, { bias: "0.9" }, { opacity: "0.1" }, { colormap: "magma" }],
      ...[{ resolution: "5" }, { explode: "0.5" }],
    ];
    for (const change of changes) {
      expect(await cameraOf(volume, { kind, ...change })).toMatchObject({ focus, half, centre, target });
    }
  }
});

test("the content is what each kind shows by default", async () => {
  // Radii of the balls in tests/support/volumes.ts, in sides of the box.
  for (const [volume, radius] of [
    [maskVolume("uint8"), 0.4],
    [labelVolume(5, "int16"), 0.45],
  ] as const) {
    for (const only of ["", "1"]) {
      const { focus, half } = await cameraOf(volume, { projection: "orthographic", only });
      expect(focus).toEqual([0.5, 0.5, 0.5]);
      expect(half / 1.04).toBeGreaterThan(radius - 0.04);
      expect(half / 1.04).toBeLessThan(radius + 0.08);
    }
  }
});

test("flip, crop and clip move the content and make it smaller", async () => {
  const orthographic = { projection: "orthographic" };
  const { half, target } = await cameraOf(BRICK, orthographic);
  const middle = LOW.map((at, axis) => (at + HIGH[axis]) / 2 / DIMS[axis]);
  for (const axis of [0, 1, 2]) expect(target[axis]).toBeCloseTo(middle[axis], 12);
  const flipped = await cameraOf(BRICK, { ...orthographic, flip: "xz" });
  expect(flipped.half).toBeCloseTo(half, 12);
  for (const axis of [0, 1, 2])
    expect(flipped.target[axis]).toBeCloseTo(axis === 1 ? middle[axis] : 1 - middle[axis], 12);
  // Both leave y from 3 to 15, of 30; flipped, 15 to 27.
  const cropped = await cameraOf(BRICK, { ...orthographic, crop: "0:1 0:0.5 0:1" });
  const clipped = await cameraOf(BRICK, { ...orthographic, clip: "0 -2 0 1" });
  expect(cropped.target[1]).toBeCloseTo(0.3, 12);
  expect(clipped).toMatchObject({ target: cropped.target, half: cropped.half });
  expect(cropped.half).toBeLessThan(half);
  const oblique = await cameraOf(BRICK, { ...orthographic, clip: "0 1 0 -0.5", flip: "y" });
  expect(oblique.target[1]).toBeCloseTo(0.7, 12);
  // Along x, voxels 4 and 5 remain of 2 to 5.
  const along = await cameraOf(BRICK, { ...orthographic, clip: "1 0 0 -0.2" });
  expect(along.target[0]).toBeCloseTo(5 / 20, 12);
  const against = await cameraOf(BRICK, { ...orthographic, clip: "-1 0 0 0.2" });
  expect(against.target[0]).toBeCloseTo(3 / 20, 12);
});

test("if no voxel is filled, or none remains, the box is fitted", async () => {
  const radius = Math.hypot(...EXTENT) / 2;
  for (const [volume, texts] of [
    [BRICK, { crop: "0.9:1 0:1 0:1" }],
    [brick(DIMS, [0, 0, 0], [0, 0, 0], SPACING), {}],
  ] as const) {
    const camera = await cameraOf(volume, { projection: "orthographic", ...texts });
    expect(camera.focus).toEqual([0.5, 0.5, 0.5]);
    expect(camera.half).toBeCloseTo(1.04 * radius, 12);
  }
});

test("with axes, the whole box fits from all directions", async () => {
  for (let azimuth = 0; azimuth < 360; azimuth += 30) {
    const texts = { axes: "mm", azimuth: `${azimuth}`, elevation: `${azimuth / 3 - 60}` };
    const camera = await cameraOf(BRICK, texts);
    expect(camera.target).toEqual([0.5, 0.5, 0.5]);
    const points = corners([0, 0, 0], [1, 1, 1], EXTENT).map((p) => project(camera, p));
    expect(Math.max(...points.flat().map(Math.abs))).toBeLessThan(0.95);
  }
});

test("the views and explicit voxels use the article's window, whatever the content", async () => {
  const article = { focus: [0.5, 0.5, 0.5], target: [0.5, 0.5, 0.5], half: 0.925, centre: -0.025 };
  for (const view of ["full", "cut", "diagonal"]) {
    expect(await cameraOf(BRICK, { view })).toMatchObject(article);
    expect(await cameraOf(BRICK, { view, axes: "mm" })).toMatchObject(article);
  }
  expect(await cameraOf(BRICK, { fit: "article" })).toMatchObject(article);
  const plain = (texts: OptionTexts) => plainSettings(settingsFrom(texts, [1, 1, 1, 1]), BRICK).camera;
  expect(plain({})).toMatchObject(article);
  expect(plain({ axes: "mm" })).toMatchObject(article);
  expect(plain({ fit: "content", projection: "orthographic" }).half).toBeCloseTo(
    0.52 * Math.hypot(...EXTENT),
    12,
  );
});

test("a custom target does not change the window's size", async () => {
  const { half } = await cameraOf(BRICK);
  const aimed = await cameraOf(BRICK, { target: "0 0.25 2" });
  expect(aimed).toMatchObject({ half, target: [0, 0.25, 2], focus: boxPoint([0, 0.25, 2], EXTENT) });
});

test("a dragged picture follows the pointer", async () => {
  for (const texts of [{}, { projection: "orthographic", zoom: "3" }, { fit: "article", distance: "2" }]) {
    const camera = await cameraOf(BRICK, { azimuth: "70", elevation: "-20", ...texts });
    const target = pannedTarget(camera, EXTENT, 0.25, -0.1);
    const panned = await cameraOf(BRICK, {
      azimuth: "70",
      elevation: "-20",
      ...texts,
      target: target.join(" "),
    });
    const size: [number, number] = [300, 200];
    const [before, after] = [camera, panned].map((at) => project(at, camera.focus, size));
    // In units of the shorter side: x is from -1.5 to 1.5 halves of it.
    expect(((after[0] - before[0]) * 1.5) / 2).toBeCloseTo(0.25, 9);
    expect((after[1] - before[1]) / 2).toBeCloseTo(0.1, 9);
  }
  expect(pannedTarget(await cameraOf(BRICK), EXTENT, 1e9, 0).every((at) => Math.abs(at) <= 10)).toBe(true);
});

test("the target of a voxel is its centre as displayed", () => {
  expect(targetOf([0, 3, 9], [4, 4, 10], [false, true, true])).toEqual([
    0.125,
    0.125,
    expect.closeTo(0.05, 12),
  ]);
});
