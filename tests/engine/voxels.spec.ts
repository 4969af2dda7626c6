/**
 * Explicit voxels with their own colours, edges and coordinates, compared with matplotlib's pictures (tests/reference)
 * and with each other.
 */

import type { Page } from "playwright/test";
import type { Voxels } from "../../src/voxels/voxels.ts";
import { expect, test } from "../support/gpu.ts";
import { random } from "../support/oracle.ts";
import { keep, outlineErrors, unlikePixels } from "../support/pictures.ts";
import { covered, type Picture, readPng } from "../support/png.ts";
import { type Cube, cube, explode, indices, MOVED, PLOTS } from "./article.ts";
import type { RenderCase } from "./render-cases.ts";
import { expectDecibels } from "./support.ts";

type View = Omit<RenderCase, "blend">;

/** The view of the reference pictures. */
const VIEW: View = { azimuth: "-60", aspect: "cube", width: 300, samples: 4 };
/** A little more than half of the difference between the grey lines and white. */
const HALF_A_LINE = 72;

function voxelPictures(gpu: Page, voxels: Voxels, shots: readonly RenderCase[]): Promise<Picture[]> {
  return gpu.evaluate(
    async ([voxels, shots]) => {
      const { explicitVoxels, checkVoxels, device, render } = window.engine;
      const gpu = await device();
      const rendered = await render(gpu, explicitVoxels(checkVoxels(voxels)), shots);
      gpu.destroy();
      return rendered;
    },
    [voxels, shots] as const,
  );
}

const both = (view: View): RenderCase[] => [
  { ...view, blend: "exact" },
  { ...view, blend: "weighted" },
];

/** Expects the same outline within a pixel, and similar faces, or lines at the same positions. */
function expectPlot(name: string, ours: Picture, theirs: Picture, hasEdges: boolean): void {
  expect(outlineErrors(ours, theirs), `${name}: pixels off the outline`).toBe(0);
  expectDecibels(name, ours, theirs, hasEdges ? 20 : 35);
  const unlike = unlikePixels(ours, theirs, HALF_A_LINE);
  if (unlike > 0) keep(name, ours, theirs);
  expect(unlike, `${name}: pixels unlike all around them`).toBe(0);
}

for (const [name, voxels] of Object.entries(PLOTS)) {
  test(`${name}: matches matplotlib's picture, with both blends`, async ({ gpu }) => {
    const theirs = readPng(`tests/reference/${name}.png`);
    const [exact, weighted] = await voxelPictures(gpu, voxels, both(VIEW));
    expectPlot(`${name}-exact`, exact, theirs, !!voxels.edges);
    expectPlot(`${name}-weighted`, weighted, theirs, !!voxels.edges);
  });
}

for (const [name, voxels] of Object.entries(MOVED)) {
  test(`${name}, with freely moved corners: matches matplotlib's picture, with both blends`, async ({
    gpu,
  }) => {
    const theirs = readPng(`tests/reference/${name}.png`);
    const [exact, weighted] = await voxelPictures(gpu, voxels, both(VIEW));
    expectPlot(`${name}-moved`, exact, theirs, !!voxels.edges);
    expect(weighted).toEqual(exact);
  });
}

/** Voxels with many colours and alphas; half of the cells are filled. */
function noise(n: number): { filled: Cube<number>; rgba: Cube<string> } {
  const next = random(7);
  const digit = () => Math.floor(next() * 16).toString(16);
  return {
    filled: cube([n, n, n], () => Number(next() < 0.5)),
    rgba: cube([n, n, n], () => `#${digit()}${digit()}${digit()}${digit()}`),
  };
}

const SMALL: View = { width: 120, aspect: "cube" };

test("rays give the same picture as painting all faces in order: outer, all and exploded", async ({
  gpu,
}) => {
  const voxels = noise(8);
  const coordinates = indices([8, 8, 8]) as unknown as Voxels["coordinates"];
  for (const faces of ["outer", "all"] as const) {
    for (const view of [SMALL, { ...SMALL, azimuth: "200", elevation: "-20", explode: "0.4", samples: 4 }]) {
      const [painted] = await voxelPictures(gpu, { ...voxels, faces, coordinates }, both(view).slice(0, 1));
      const [exact, weighted] = await voxelPictures(gpu, { ...voxels, faces }, both(view));
      expect(covered(painted)).toBeGreaterThan(3000);
      const name = `faces-${faces}${view.explode ? "-exploded" : ""}`;
      expectDecibels(name, exact, painted, 36);
      expectDecibels(`${name}-weighted`, weighted, exact, 33);
    }
  }
});

test("outer faces, all faces and gaps give different pictures; explosion shows all faces", async ({
  gpu,
}) => {
  const voxels = noise(4);
  const [outer] = await voxelPictures(gpu, voxels, both(SMALL));
  const [all] = await voxelPictures(gpu, { ...voxels, faces: "all" }, both(SMALL));
  expect(unlikePixels(outer, all, 10)).toBeGreaterThan(100);
  // A gap of almost no width.
  const thin = { ...SMALL, explode: "0.0001" };
  const [opened] = await voxelPictures(gpu, voxels, both(thin));
  expectDecibels("opened", opened, all, 35);
});

test("exploding and expanding with gaps of no width draws all faces", async ({ gpu }) => {
  const { rgba } = noise(4);
  const planes = [0, 2, 2, 4, 4, 6, 6, 8];
  const expanded = { rgba: explode(rgba, "#0000"), coordinates: [planes, planes, planes] as const };
  const [ours] = await voxelPictures(gpu, expanded, both(SMALL));
  const [all] = await voxelPictures(gpu, { rgba, faces: "all" }, both(SMALL));
  expectDecibels("expanded", ours, all, 45);
});

test("uneven planes match an even grid with thick voxels made of several cells", async ({ gpu }) => {
  const { filled, rgba } = noise(3);
  const planes = [
    [0, 1, 3, 4],
    [-2, 0, 1, 2],
    [10, 11, 12, 14],
  ] as const;
  const even = cube([4, 4, 4], (...p) => {
    const [x, y, z] = p.map((i, axis) => planes[axis].findLastIndex((plane) => plane - planes[axis][0] <= i));
    return { filled: filled[x][y][z], rgba: rgba[x][y][z] };
  });
  const map = <K extends "filled" | "rgba">(name: K) => cube([4, 4, 4], (x, y, z) => even[x][y][z][name]);
  const fine: Voxels = { filled: map("filled"), rgba: map("rgba") };
  const views: View[] = [
    SMALL,
    { ...SMALL, azimuth: "130", elevation: "-40" },
    { ...SMALL, distance: "0.45", zoom: "2", azimuth: "30", elevation: "10" },
  ];
  for (const [i, view] of views.entries()) {
    const [exact, weighted] = await voxelPictures(gpu, { filled, rgba, coordinates: planes }, both(view));
    const [expected] = await voxelPictures(gpu, fine, both(view).slice(0, 1));
    expect(covered(expected)).toBeGreaterThan(1000);
    expectDecibels(`uneven-${i}`, exact, expected, 45);
    expectDecibels(`uneven-${i}-weighted`, weighted, expected, 30);
  }
});

test("edges have the right width, also on high-density screens", async ({ gpu }) => {
  const front: View = { width: 100, azimuth: "0", elevation: "0", projection: "orthographic" };
  const block = (width: number): Voxels => ({
    dims: [1, 2, 2],
    rgba: "#fff",
    edges: { color: "#000", width },
  });
  /** Total ink of a row across the middle of the lower voxels, in pixels. */
  const ink = ({ width, height, data }: Picture) => {
    const row = Math.round(0.62 * height);
    let sum = 0;
    for (let x = 0; x < width; x++) sum += 1 - data[4 * (row * width + x)] / 255;
    return sum;
  };
  for (const width of [1, 3]) {
    const [exact, weighted] = await voxelPictures(gpu, block(width), both(front));
    const [fine] = await voxelPictures(gpu, block(width), both({ ...front, width: 200, scale: 2 }));
    // One line between the voxels, and one on either side.
    for (const picture of [exact, weighted]) expect(Math.abs(ink(picture) - 3 * width)).toBeLessThan(0.6);
    expect(Math.abs(ink(fine) - 6 * width)).toBeLessThan(1.1);
  }
});

test("opacity makes faces and edges translucent; transparent faces keep their edges", async ({ gpu }) => {
  const voxels: Voxels = { dims: [2, 2, 2], rgba: "#f00", edges: "#000" };
  const views = both(SMALL).slice(0, 1);
  const [whole] = await voxelPictures(gpu, voxels, views);
  const [thin] = await voxelPictures(gpu, voxels, [{ ...views[0], opacity: "0.2" }]);
  const [frame] = await voxelPictures(gpu, { ...voxels, filled: Array(8).fill(1), rgba: "#0000" }, views);
  const darkest = (picture: Picture) => picture.data.reduce((least, level) => Math.min(least, level));
  expect([darkest(whole) < 60, darkest(thin) > 60]).toEqual([true, true]);
  expect(covered(frame, 30)).toBeGreaterThan(300);
  expect(covered(frame, 30)).toBeLessThan(covered(whole, 30) / 2);
});

test("a grid that the GPU cannot hold is rejected with a message", async ({ gpu }) => {
  const messages = await gpu.evaluate(async () => {
    const { PICTURE_FORMAT, Renderer, checkVoxels, explicitVoxels, plainDevice, settingsFrom } =
      window.engine;
    const small = await plainDevice();
    Object.defineProperty(small, "limits", {
      value: { maxStorageBufferBindingSize: 1200, maxBufferSize: 1200, maxTextureDimension2D: 8192 },
    });
    const corners = [0, 1, 2].map((axis) =>
      Float32Array.from({ length: 41 ** 3 }, (_, i) => Math.floor(i / 41 ** axis) % 41),
    ) as unknown as [Float32Array, Float32Array, Float32Array];
    const attempts = [
      () =>
        new Renderer(small, { format: PICTURE_FORMAT }).update(
          explicitVoxels(checkVoxels({ dims: [5, 5, 5] })),
          settingsFrom({}, [1, 1, 1, 1]),
        ),
      async () => explicitVoxels(checkVoxels({ dims: [40, 40, 40], coordinates: corners })),
    ];
    const messages: string[] = [];
    for (const attempt of attempts) {
      try {
        await attempt();
        messages.push("nothing");
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        messages.push(`${code}: ${message}`);
      }
    }
    small.destroy();
    return messages;
  });
  expect(messages[0]).toBe("invalid-option: voxels: 5 x 5 x 5 voxels: this GPU holds at most 100");
  expect(messages[1]).toMatch(/^invalid-option: voxels: 384000 faces: with freely moved corners at most/);
});
