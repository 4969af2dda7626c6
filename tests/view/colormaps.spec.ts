/** Colour maps: matplotlib's colours, in the order that WGSL unpacks. */

import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import { COLORMAPS, palette } from "../../src/view/colormaps.ts";

/** Entries 0, 128 and 255 in matplotlib 3.6. */
const MATPLOTLIB: Record<string, [number, number, number][]> = {
  viridis: [
    [68, 1, 84],
    [33, 145, 140],
    [253, 231, 37],
  ],
  plasma: [
    [13, 8, 135],
    [204, 71, 120],
    [240, 249, 33],
  ],
  inferno: [
    [0, 0, 4],
    [188, 55, 84],
    [252, 255, 164],
  ],
  magma: [
    [0, 0, 4],
    [183, 55, 121],
    [252, 253, 191],
  ],
  cividis: [
    [0, 34, 78],
    [125, 124, 120],
    [254, 232, 56],
  ],
  gray: [
    [0, 0, 0],
    [128, 128, 128],
    [255, 255, 255],
  ],
  bone: [
    [0, 0, 0],
    [112, 123, 144],
    [255, 255, 255],
  ],
  hot: [
    [11, 0, 0],
    [255, 92, 0],
    [255, 255, 255],
  ],
  turbo: [
    [48, 18, 59],
    [164, 252, 60],
    [122, 4, 3],
  ],
  coolwarm: [
    [59, 76, 192],
    [221, 220, 220],
    [180, 4, 38],
  ],
  twilight: [
    [226, 217, 226],
    [98, 117, 186],
    [47, 20, 54],
  ],
};

const rgba = (color: number) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255, color >>> 24];

for (const name of COLORMAPS) {
  test(`${name} has matplotlib's colours, and its reverse backwards`, () => {
    const colors = palette(name);
    expect(colors).toHaveLength(256);
    expect([0, 128, 255].map((i) => rgba(colors[i]))).toEqual(MATPLOTLIB[name].map((rgb) => [...rgb, 255]));
    expect([...palette(`${name}_r`)]).toEqual([...colors].reverse());
    expect([...palette(name)], "reversing leaves the map as it is").toEqual([...colors]);
  });
}

test("gray is its index", () => {
  expect(Array.from(palette("gray"), rgba)).toEqual(Array.from({ length: 256 }, (_, i) => [i, i, i, 255]));
});

test("an unknown name is an invalid option that lists those there are", () => {
  for (const name of ["jett", "", "_r", "Viridis", "viridis_r_r", "constructor"]) {
    expect(() => palette(name), name).toThrow(VoxelVolumeError);
    expect(() => palette(name), name).toThrow(/colormap ".*" is unknown; there are viridis, .*_r/);
  }
});
