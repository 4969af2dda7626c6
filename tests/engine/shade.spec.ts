/** Shading on the GPU: by face, and by the shape of the filled voxels. */

import type { Page } from "playwright/test";
import { cameraFrame } from "../../src/options/camera.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import type { Voxels } from "../../src/voxels/voxels.ts";
import "../support/all-colormaps.ts";
import { expect, test } from "../support/gpu.ts";
import { worst } from "../support/oracle.ts";
import { type Picture, pixel } from "../support/png.ts";
import { maskVolume, volumeBy } from "../support/volumes.ts";
import type { RenderCase } from "./render-cases.ts";
import { expectDecibels, pictures } from "./support.ts";

/** Views onto each side of the box, and matplotlib's 0.3 + 0.7 * (1 + n.l) / 2 for that side. */
const SIDES = {
  "x low": [{ azimuth: "180", elevation: "0" }, 0.883333],
  "x high": [{ azimuth: "0", elevation: "0" }, 0.416667],
  "y low": [{ azimuth: "-90", elevation: "0" }, 0.883333],
  "y high": [{ azimuth: "90", elevation: "0" }, 0.416667],
  "z low": [{ azimuth: "0", elevation: "-90" }, 0.533333],
  "z high": [{ azimuth: "0", elevation: "90" }, 0.766667],
} as const;

const BLENDS = ["exact", "weighted"] as const;

/** A case for each side with each blend. */
const sideShots = (texts: OptionTexts): RenderCase[] =>
  Object.values(SIDES).flatMap(([view]) =>
    BLENDS.map((blend) => ({ projection: "orthographic", width: 40, ...view, ...texts, blend })),
  );

/** The grey level in the middle of each picture, 0 to 1. */
const middles = (shots: readonly Picture[]) => shots.map((shot) => pixel(shot, 20, 20)[0] / 255);
const expectedSides = (levels: readonly number[]) => levels.flatMap((level) => BLENDS.map(() => level));

function voxelPictures(gpu: Page, voxels: Voxels, shots: readonly RenderCase[]): Promise<Picture[]> {
  return gpu.evaluate(
    async ([voxels, shots]) => {
      const { explicitVoxels, checkVoxels, device, render } = window.engine;
      return render(await device(), explicitVoxels(checkVoxels(voxels)), shots);
    },
    [voxels, shots] as const,
  );
}

/** Labels 1 to 8, one voxel each, drawn white with a colour map of two whites. */
const CUBE = volumeBy([2, 2, 2], "uint8", (x, y, z) => 1 + x + 2 * y + 4 * z);
const WHITES: OptionTexts = { kind: "labels", colormap: "#fff #fff" };

/** Corners of a cube of two voxels per side, in the form of freely moved corners. */
const corners = [0, 1, 2].map((axis) =>
  [0, 1, 2].map((x) => [0, 1, 2].map((y) => [0, 1, 2].map((z) => [x, y, z][axis]))),
) as unknown as Voxels["coordinates"];

test('shade="faces" lights each side as matplotlib does, for stored and explicit voxels, with both blends', async ({
  gpu,
}) => {
  const expected = expectedSides(Object.values(SIDES).map(([, factor]) => factor));
  const shots = sideShots({ shade: "faces" });
  const white: Voxels = { dims: [2, 2, 2], rgba: "#fff" };
  const pictured = {
    stored: await pictures(gpu, CUBE, sideShots({ ...WHITES, shade: "faces" })),
    "stored, exploded": await pictures(gpu, CUBE, sideShots({ ...WHITES, shade: "faces", explode: "0.05" })),
    "stored, flipped": await pictures(gpu, CUBE, sideShots({ ...WHITES, shade: "faces", flip: "xyz" })),
    explicit: await voxelPictures(gpu, white, shots),
    "explicit, with edges": await voxelPictures(gpu, { ...white, edges: "#fff0" }, shots),
    "explicit, corners freely moved": await voxelPictures(gpu, { ...white, coordinates: corners }, shots),
  };
  for (const [name, rendered] of Object.entries(pictured)) {
    // Not in the middle, where voxels meet.
    const levels = rendered.map((shot) => pixel(shot, 16, 14)[0] / 255);
    expect(worst(levels, expected), name).toBeLessThan(0.6 / 255);
  }
});

test("without shade, every side has its plain colour", async ({ gpu }) => {
  for (const rendered of [
    await pictures(gpu, CUBE, sideShots({ ...WHITES, shade: "none" })),
    await voxelPictures(gpu, { dims: [1, 1, 1], rgba: "#fff" }, sideShots({ shade: "none" })),
  ]) {
    expect(middles(rendered)).toEqual(expectedSides(Object.values(SIDES).map(() => 1)));
  }
});

test("the light's direction can change, even if nothing else does", async ({ gpu }) => {
  const [lit, dark, across] = [1, 0.3, 0.65];
  const lights: [string, number[]][] = [
    ["0 90", [across, across, across, across, dark, lit]],
    ["90 0", [dark, lit, across, across, across, across]],
    ["0 0", [across, across, dark, lit, across, across]],
    ["270 0", [lit, dark, across, across, across, across]],
  ];
  const one = volumeBy([1, 1, 1], "uint8", () => 1);
  for (const [light, levels] of lights) {
    const texts = { shade: "faces", light };
    const stored = await pictures(gpu, one, sideShots({ ...WHITES, ...texts }));
    const explicit = await voxelPictures(gpu, { dims: [1, 1, 1], rgba: "#fff" }, sideShots(texts));
    expect(worst(middles(stored), expectedSides(levels)), light).toBeLessThan(0.6 / 255);
    expect(worst(middles(explicit), expectedSides(levels)), light).toBeLessThan(0.6 / 255);
  }
  const view = {
    ...WHITES,
    shade: "faces",
    projection: "orthographic",
    width: 40,
    azimuth: "0",
    elevation: "90",
  };
  const turned = await pictures(
    gpu,
    one,
    BLENDS.flatMap((blend) => [
      { ...view, blend, light: "0 90" },
      { ...view, blend, light: "0 -90" },
      { ...view, blend, shade: "none" },
    ]),
  );
  expect(worst(middles(turned), [lit, dark, 1, lit, dark, 1])).toBeLessThan(0.6 / 255);
});

test("both faces of a translucent voxel are visible, each with its own light", async ({ gpu }) => {
  const one = volumeBy([1, 1, 1], "uint8", () => 1);
  const texts: OptionTexts = { shade: "faces", opacity: "0.4" };
  const factors = Object.values(SIDES).map(([, factor]) => factor);
  // Opposite sides of an axis are adjacent in the list.
  const levels = factors.map((front, i) => 0.4 * front + 0.6 * (0.4 * factors[i ^ 1] + 0.6));
  const stored = await pictures(gpu, one, sideShots({ ...WHITES, ...texts }));
  expect(worst(middles(stored), expectedSides(levels))).toBeLessThan(1.1 / 255);
  const explicit = await voxelPictures(gpu, { dims: [1, 1, 1], rgba: "#fff" }, sideShots(texts));
  expect(worst(middles(explicit), expectedSides(levels))).toBeLessThan(1.1 / 255);
});

const N = 32;
const BALL = maskVolume("uint8", [0, 1], N);

/** Position of a pixel of a square picture in the window around the box's centre, in sides of the box. */
const windowPoint = (x: number, y: number, width: number): [u: number, v: number] => [
  ((x + 0.5) / width) * 1.85 - 0.95,
  0.9 - ((y + 0.5) / width) * 1.85,
];

/** The part of a square picture within a radius around the box's centre, over white. */
function masked({ width, height, data }: Picture, radius: number): Picture {
  const inside = data.map((level, i) => {
    const at = Math.floor(i / 4);
    const isInside = Math.hypot(...windowPoint(at % width, Math.floor(at / width), width)) < radius;
    return isInside ? level : 255;
  });
  return { width, height, data: inside };
}

/** Pearson's correlation coefficient. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
  const [da, db] = [a, b].map((of) => of.map((x) => x - mean(of)));
  const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, x, i) => sum + x * q[i], 0);
  return dot(da, db) / Math.sqrt(dot(da, da) * dot(db, db));
}

test('shade="smooth" of a ball follows the normals, not the steps, and weighted matches exact', async ({
  gpu,
}) => {
  // matplotlib's LightSource(225, 19.4712).
  const light = [-2 / 3, -2 / 3, 1 / 3];
  const radius = 0.4;
  const width = 160;
  const view = { kind: "mask", shade: "smooth", projection: "orthographic", width };
  for (const [azimuth, elevation] of [
    [320, 30],
    [200, -40],
    [75, 10],
  ]) {
    const at = { ...view, azimuth: `${azimuth}`, elevation: `${elevation}` };
    const shots = BLENDS.map((blend) => ({ ...at, blend }));
    const [exact, weighted] = await pictures(gpu, BALL, shots);
    // Stops before the outline, where the edges of rasterized faces are.
    const [within, withinExact] = [weighted, exact].map((from) => masked(from, 0.95 * radius));
    expectDecibels(`smooth-ball-${azimuth}`, within, withinExact, 40);
    const { right, up, towards } = cameraFrame({
      ...{ azimuth, elevation, distance: 10, focus: [0.5, 0.5, 0.5] },
    });
    const [seen, expected]: [number[], number[]] = [[], []];
    for (let y = 0; y < width; y++) {
      for (let x = 0; x < width; x++) {
        const [u, v] = windowPoint(x, y, width);
        if (Math.hypot(u, v) > 0.92 * radius) continue;
        const w = Math.sqrt(radius ** 2 - u ** 2 - v ** 2);
        const normal = light.map((_, k) => (u * right[k] + v * up[k] + w * towards[k]) / radius);
        expected.push(0.65 + 0.35 * normal.reduce((sum, n, k) => sum + n * light[k], 0));
        seen.push(pixel(exact, x, y)[1] / 255);
      }
    }
    expect(seen.length).toBeGreaterThan(3000);
    expect(correlation(seen, expected)).toBeGreaterThan(0.95);
  }
});

test("smooth shade treats each label separately: borders between labels are lit as surfaces, flat parts as sides", async ({
  gpu,
}) => {
  const halves = volumeBy([16, 16, 16], "uint8", (x) => (x < 8 ? 1 : 2));
  // Seen from the top, with +x pointing down.
  const view = {
    ...WHITES,
    shade: "smooth",
    projection: "orthographic",
    width: 83,
    azimuth: "0",
    elevation: "90",
  };
  const [exact, weighted, mask] = await pictures(gpu, halves, [
    ...BLENDS.map((blend) => ({ ...view, blend })),
    { ...view, kind: "mask", blend: "exact" },
  ]);
  expectDecibels("smooth-halves", masked(weighted, 0.48), masked(exact, 0.48), 40);
  const light = (from: Picture, x: number) => pixel(from, 42, Math.floor(((0.4 + x) / 1.85) * 83))[1] / 255;
  for (const x of [0.25, 0.75]) expect(Math.abs(light(exact, x) - 0.766667), `${x}`).toBeLessThan(0.01);
  // Towards the border, one half turns away from the light and the other towards it.
  const [before, behind] = [light(exact, 7.5 / 16), light(exact, 8.5 / 16)];
  expect(before).toBeLessThan(0.65);
  expect(behind).toBeGreaterThan(0.85);
  expect(Math.abs(light(mask, 8.5 / 16) - behind), "the half that a mask shows is the same").toBeLessThan(
    0.01,
  );
});
