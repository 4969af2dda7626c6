/** The scale bar: as long as its text says in the plane through the camera's target, and of a round length. */

import { expect, test } from "playwright/test";
import type { Grid } from "../../src/axes/scale.ts";
import { type ScaleBar, scaleBarFor } from "../../src/axes/scale-bar.ts";
import { Screen } from "../../src/axes/screen.ts";
import { plainSettings } from "../../src/options/appearance.ts";
import { cameraFrame } from "../../src/options/camera.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import type { Vec3 } from "../../src/volume.ts";

const AFFINE = [-1, 0, 0, 78, 0, 1, 0, -94, 0, 0, 2, -68, 0, 0, 0, 1];
/** 157 x 189 x 136 mm. */
const HEAD = { dims: [157, 189, 68], spacing: [1, 1, 2], affine: AFFINE } as const;
const LONGEST_MM = 189;
const MM: Record<string, number> = { nm: 1e-6, µm: 1e-3, mm: 1, cm: 10, m: 1e3, km: 1e6 };

const settingsOf = (texts: OptionTexts, grid: Grid) => plainSettings(settingsFrom(texts), grid);

function bar(texts: OptionTexts, grid: Grid = HEAD, width = 600, height = width): ScaleBar | undefined {
  return scaleBarFor(settingsOf(texts, grid), grid, width, height);
}

/** The number of a bar's text, in mm if it has a unit of length. */
function lengthOf({ text }: ScaleBar): number {
  const [number, unit] = text.split(" ");
  return Number(number) * (MM[unit] ?? 1);
}

const CAMERAS: OptionTexts[] = [
  {},
  { projection: "orthographic" },
  { zoom: "7", target: "0.2 0.9 0.5", azimuth: "12", elevation: "-70" },
  { distance: "1.2", zoom: "0.3" },
  { distance: "1.2", projection: "orthographic", azimuth: "90", elevation: "0" },
  { view: "cut", fit: "article" },
  { axes: "mm", target: "0 0 0" },
];

for (const [width, height] of [
  [600, 600],
  [1200, 300],
  [390, 844],
  [64, 50],
]) {
  test(`${width}x${height}: the line is as long as its length in the target's plane`, () => {
    for (const texts of CAMERAS) {
      const found = bar(texts, HEAD, width, height) as ScaleBar;
      const { camera } = settingsOf(texts, HEAD);
      const { right, up } = cameraFrame(camera);
      const screen = new Screen(camera, width, height);
      const sides = lengthOf(found) / LONGEST_MM;
      for (const direction of [right, up]) {
        const moved = camera.focus.map((at, axis) => at + sides * direction[axis]) as unknown as Vec3;
        const [from, to] = [camera.focus, moved].map((point) => screen.point(point) as [number, number]);
        const pixels = Math.hypot(to[0] - from[0], to[1] - from[1]);
        expect(found.pixels, JSON.stringify(texts)).toBeCloseTo(pixels, 9);
      }
      expect(found.pixels / width).toBeGreaterThan(0.126);
      expect(found.pixels / width).toBeLessThan(0.317);
    }
  });
}

test("the length is 1, 2 or 5 times a power of ten, in the unit that suits it", () => {
  const texts = Array.from({ length: 44 }, (_, i) => {
    const size = 10 ** (i / 4 - 4);
    const found = bar({}, { ...HEAD, spacing: [size, size, 2 * size] }) as ScaleBar;
    expect(found.text).toMatch(/^[125]0* (nm|µm|mm|cm|m|km)$/);
    return found.text;
  });
  expect(new Set(texts.map((text) => text.split(" ")[1]))).toEqual(new Set(["µm", "mm", "cm", "m", "km"]));
  const counts = texts.map((text) => Number(text.split(" ")[0]));
  expect(Math.max(...counts)).toBe(500);
  expect(bar({})?.text).toBe("50 mm");
  expect(bar({ zoom: "0.5" })?.text).toBe("10 cm");
  expect(bar({ zoom: "200" })?.text).toBe("500 µm");
  expect(bar({}, { ...HEAD, spacing: [2e-8, 2e-8, 2e-8] })?.text).toBe("1 nm");
});

test("a volume without lengths counts voxels", () => {
  const grid = { dims: [100, 100, 100], spacing: [1, 1, 1], affine: AFFINE, unitless: true } as const;
  expect(bar({}, grid)?.text).toBe("50 voxels");
  expect(bar({ zoom: "40" }, grid)?.text).toBe("1 voxel");
  expect(bar({ zoom: "100" }, grid)?.text).toBe("0.5 voxels");
  const say = (text: string, values?: Record<string, unknown>) => `[${text} ${values?.count ?? ""}]`;
  expect(scaleBarFor(settingsOf({}, grid), grid, 600, 600, say)?.text).toBe("[{count} voxels 50]");
});

test("explicit voxels count voxels, or have the unit of their coordinates", () => {
  const explicit = (low: Vec3, high: Vec3) => ({
    dims: [4, 4, 4] as const,
    spacing: high.map((x, axis) => (x - low[axis]) / 4) as unknown as Vec3,
    affine: AFFINE,
    unitless: true as const,
    bounds: [low, high] as const,
  });
  expect(bar({}, explicit([0, 0, 0], [4, 4, 4]))?.text).toBe("2 voxels");
  expect(bar({}, explicit([1, 1, 1], [5, 5, 5]))?.text).toBe("2");
  expect(bar({}, explicit([0, 0, 0], [0.01, 0.01, 0.01]))?.text).toBe("0.005");
  expect(bar({}, explicit([0, 0, 0], [1e9, 1e9, 1e9]))?.text).toBe("500000000");
});

test("a box that is made a cube has no bar, unless it is one", () => {
  expect(bar({ aspect: "cube" })).toBeUndefined();
  const cube = { ...HEAD, dims: [60, 60, 30] } as const;
  expect(bar({ aspect: "cube" }, cube)).toEqual(bar({ aspect: "physical" }, cube));
  expect(bar({ aspect: "cube" }, cube)?.text).toBe("20 mm");
});

test("a picture without an area has no bar", () => {
  expect(bar({}, HEAD, 0, 0)).toBeUndefined();
});
