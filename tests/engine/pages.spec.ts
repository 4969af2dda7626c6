/** Volumes that are drawn from pages: with every voxel there, their pictures are those of volumes in one texture. */

import type { OptionTexts } from "../../src/options/options.ts";
import type { Volume } from "../../src/volume.ts";
import { expect, test } from "../support/gpu.ts";
import { random } from "../support/oracle.ts";
import { decibels } from "../support/pictures.ts";
import { type Picture, pixel } from "../support/png.ts";
import { labelVolume, maskVolume, radiusIn, signedVolume, volumeBy } from "../support/volumes.ts";
import { pictures } from "./support.ts";

/** Sides that no page divides. */
const DIMS = [41, 70, 35] as const;
const next = random(3);
const wave = (x: number, y: number, z: number) => 0.5 + 0.5 * Math.sin(x / 3) * Math.cos(y / 5 + z / 4);

const VOLUMES: Record<string, { volume: Volume; options?: OptionTexts }> = {
  uint8: { volume: volumeBy(DIMS, "uint8", (...p) => 255 * wave(...p)) },
  "int16, big-endian, falling": {
    volume: volumeBy(DIMS, "int16", (...p) => 900 * wave(...p) - 500, { littleEndian: false, slope: -2 }),
  },
  "float32 with missing values": {
    volume: volumeBy(DIMS, "float32", (x, y, z) => (x % 7 === 0 ? Number.NaN : wave(x, y, z))),
  },
  "float64 with an offset": { volume: volumeBy(DIMS, "float64", (...p) => 1e9 + wave(...p)) },
  int32: { volume: volumeBy(DIMS, "int32", (...p) => 2e9 * (wave(...p) - 0.5)) },
  "uint64 above 2^53": {
    volume: volumeBy(DIMS, "uint64", (...p) => 2 ** 54 + 2 ** 20 * Math.round(99 * wave(...p))),
  },
  "a window": {
    volume: volumeBy(DIMS, "uint16", (...p) => 3000 * wave(...p)),
    options: { window: "500 2000" },
  },
  "mostly empty": { volume: volumeBy(DIMS, "uint8", (x) => (x > 30 && next() < 0.02 ? 200 : 0)) },
  constant: { volume: volumeBy(DIMS, "uint8", (x) => (x < 20 ? 90 : 200)), options: { window: "0 255" } },
  labels: { volume: labelVolume(30, "uint8", 40), options: { kind: "labels", shade: "smooth" } },
  "labels of 32 bits": { volume: labelVolume(30, "uint32", 40), options: { kind: "labels", opacity: "0.5" } },
  mask: { volume: maskVolume("uint8", [0, 1], 40), options: { kind: "mask", shade: "smooth" } },
  signed: {
    volume: signedVolume("float32", 1, 40),
    options: { kind: "signed", colormap: "coolwarm", threshold: "2" },
  },
};

const VIEWS: Record<string, OptionTexts> = {
  whole: {},
  cropped: { crop: "0.2:0.8 0:0.6 0.1:1", flip: "x" },
  clipped: { clip: "1 0.5 -0.3 -0.4" },
  exploded: { explode: "0.4", opacity: "0.4" },
  "faces lit": { shade: "faces", azimuth: "100" },
  orthographic: { projection: "orthographic", azimuth: "0", elevation: "0", opacity: "0.3" },
  inside: { zoom: "3", azimuth: "45", elevation: "-45", distance: "0.6", opacity: "0.2" },
};

for (const [name, { volume, options }] of Object.entries(VOLUMES)) {
  test(`pages: ${name}`, async ({ gpu }) => {
    const views = name === "uint8" ? Object.entries(VIEWS) : Object.entries(VIEWS).slice(0, 2);
    const shots = views.flatMap(([, view]) =>
      [false, true].map((paged) => ({
        width: 64,
        zoom: "1.2",
        ...view,
        ...options,
        blend: "exact" as const,
        paged,
      })),
    );
    const drawn = await pictures(gpu, volume, shots);
    for (const [i, [view]] of views.entries()) {
      const [whole, paged] = drawn.slice(2 * i, 2 * i + 2);
      expect(new Set(whole.data).size, `${view} shows something`).toBeGreaterThan(1);
      // A ray along the edge of a voxel may find the one beside it: one pixel in 9216.
      expect(decibels(paged, whole), view).toBeGreaterThan(40);
    }
  });
}

test("weighted traces rays through pages, and draws what exact draws", async ({ gpu }) => {
  const volume = volumeBy([40, 40, 40], "uint8", (...p) => (radiusIn(40)(...p) < 0.9 ? 200 * wave(...p) : 0));
  const [weighted, exact] = await pictures(gpu, volume, [
    { blend: "weighted", width: 64, paged: true },
    { blend: "exact", width: 64, paged: true },
  ]);
  expect(weighted.data).toEqual(exact.data);
});

test("labels that the overview lacks are drawn", async ({ gpu }) => {
  for (const dtype of ["uint8", "uint16"] as const) {
    // A small label in the middle, which only level 0 has.
    const label = (few: boolean) =>
      volumeBy([40, 40, 40], dtype, (...p) => (radiusIn(40)(...p) < 0.3 ? (few ? 0 : 7) : p[2] < 3 ? 2 : 0));
    const [overview, whole] = [label(true), label(false)];
    const shots = [{ kind: "labels", blend: "exact", width: 96 } as const];
    const paged = await gpu.evaluate(
      async ([overview, whole, shots]) => {
        const { device, paged, render } = window.engine;
        return render(await device(), paged(whole, overview), shots);
      },
      [overview, whole, shots] as const,
    );
    const [one] = await pictures(gpu, overview, shots);
    const middle = (picture: Picture) => pixel(picture, 49, 46);
    expect(middle(paged[0]), dtype).not.toEqual(middle(one));
    expect(pixel(paged[0], 2, 2), dtype).toEqual([255, 255, 255, 255]);
  }
});

test("values below the least of the overview are low, not high", async ({ gpu }) => {
  for (const dtype of ["uint8", "int16", "uint32", "int64", "float32"] as const) {
    // The overview has none of the voxels of 10.
    const value = (low: number) => (x: number, y: number, z: number) =>
      x + y + z === 0 ? 51 : (x + y + z) % 7 === 0 ? low : x < 20 ? 100 : 200;
    const [whole, overview] = [10, 100].map((low) => volumeBy([40, 40, 40], dtype, value(low)));
    const shots = [{ blend: "exact", width: 96, zoom: "1.2", window: "50 220", transform: "none" } as const];
    const [paged] = await gpu.evaluate(
      async ([whole, overview, shots]) => {
        const { device, paged, render } = window.engine;
        return render(await device(), paged(whole, overview), shots);
      },
      [whole, overview, shots] as const,
    );
    const [plain] = await pictures(gpu, whole, shots);
    expect(decibels(paged, plain), dtype).toBeGreaterThan(35);
  }
});
