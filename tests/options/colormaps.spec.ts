/** Colour maps: matplotlib's and custom colours, in the order that WGSL unpacks. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import { COLORMAPS, palette } from "../../src/options/colormaps.ts";
import { gradient } from "../../src/options/gradient.ts";
import "../support/all-colormaps.ts";

/** First 16 digits of the SHA-256 of 256 RGB triples in matplotlib 3.6: `round(255 * map(linspace(0, 1, 256)))`. */
const MATPLOTLIB: Record<string, string> = {
  viridis: "18545f7c72a02f02",
  plasma: "7463ac7565e75449",
  inferno: "e24e8bd38b972989",
  magma: "f95197e8391d18e2",
  cividis: "40881f40490dc08a",
  gray: "72432263dbfe17ab",
  bone: "931788590ed47be3",
  copper: "4c7cbd85cd384ade",
  pink: "fd3cb3acfed4f06f",
  hot: "0544ac654fd21401",
  afmhot: "569e1c9741c7f1af",
  Greys: "874dbb275fa04181",
  Purples: "33eefddf14e0fa34",
  Blues: "8cd7426282dd1ba6",
  Greens: "2a20ce3ffdda1365",
  Oranges: "4a62b973d6607d28",
  Reds: "3e51e2649b1fbb24",
  YlOrRd: "79b12a3b88c58208",
  YlGnBu: "f431577ad48dade9",
  coolwarm: "c80051e617dce52a",
  bwr: "792363933e5a1e3b",
  seismic: "c8e4ffb975d6795a",
  RdBu: "4bee0d8de6694b64",
  RdYlBu: "5cf805f3e53ec55d",
  PiYG: "047c353dd64aa886",
  Spectral: "d6c042b2f53a3d4a",
  turbo: "c4ae9ddb8a7f1356",
  jet: "fc594b040cc9ce19",
  rainbow: "3086acfb4525b9cc",
  hsv: "d0c8ed90f3905f31",
  cool: "8359bf7127b4de4f",
  nipy_spectral: "424016d3530aa92b",
  cubehelix: "4ce75e99f6800f94",
  terrain: "99549832261a7ab3",
  ocean: "d8f037d4e80893d5",
  twilight: "9627b113c3f34c5d",
  twilight_shifted: "47701819a0ee7e71",
};

const rgba = (color: number) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255, color >>> 24];
const bytes = (colormap: string) =>
  Buffer.from(Array.from(palette(colormap), (color) => rgba(color).slice(0, 3)).flat());

test("every map has a checksum of matplotlib's colours", () => {
  expect([...COLORMAPS].sort()).toEqual(Object.keys(MATPLOTLIB).sort());
});

for (const name of COLORMAPS) {
  test(`${name} has matplotlib's colours, and its reverse has them in reverse order`, () => {
    const colors = palette(name);
    expect(colors).toHaveLength(256);
    expect([...colors].every((color) => color >>> 24 === 255)).toBe(true);
    expect(createHash("sha256").update(bytes(name)).digest("hex").slice(0, 16)).toBe(MATPLOTLIB[name]);
    expect([...palette(`${name}_r`)]).toEqual([...colors].reverse());
    expect([...palette(name)], "reversing leaves the map as it is").toEqual([...colors]);
  });
}

test("gray is its index, viridis runs from violet to yellow, twilight ends where it begins", () => {
  expect(Array.from(palette("gray"), rgba)).toEqual(Array.from({ length: 256 }, (_, i) => [i, i, i, 255]));
  const at = (name: string, i: number) => rgba(palette(name)[i]).slice(0, 3);
  expect([0, 128, 255].map((i) => at("viridis", i))).toEqual([
    [68, 1, 84],
    [33, 145, 140],
    [253, 231, 37],
  ]);
  expect(at("twilight", 255)).toEqual(at("twilight", 0));
  expect(Math.max(...at("twilight", 128))).toBeLessThan(80);
});

const OWN = [
  "#000 #f00",
  "#000000, #ff0000, #ffff00, #ffffff",
  "#012345 #6789ab #cdef01 #234567 #89abcd",
  "#00F #fff #F00",
];

test("custom colours are evenly spaced, with linear interpolation", () => {
  for (const separator of [" ", ",", ", ", " , ", "\n"]) {
    const colors = Array.from(palette(["#000", "#ff0000", "#FF0"].join(separator)), rgba);
    expect(colors.slice(0, 2)).toEqual([
      [0, 0, 0, 255],
      [2, 0, 0, 255],
    ]);
    expect(colors[127]).toEqual([254, 0, 0, 255]);
    expect(colors[128]).toEqual([255, 1, 0, 255]);
    expect(colors[255]).toEqual([255, 255, 0, 255]);
  }
});

test("256 custom colours are used unchanged", () => {
  const hex = [...bytes("turbo").toString("hex").matchAll(/.{6}/g)].map(([color]) => `#${color}`);
  expect([...palette(hex.join(" "))]).toEqual([...palette("turbo")]);
});

/** A Python that has matplotlib. Without one, only the checksums are tested. */
const python = ["python3", "/usr/bin/python3"].find((command) => {
  try {
    execFileSync(command, ["-c", "import matplotlib"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

test("matplotlib itself gives the same colours", () => {
  test.skip(!python, "there is no matplotlib");
  const script = `
import sys, matplotlib.pyplot as plt
from matplotlib.colors import LinearSegmentedColormap
import numpy as np
for name in sys.argv[1:]:
    own = "#" in name
    m = LinearSegmentedColormap.from_list("", name.replace(",", " ").split()) if own else plt.get_cmap(name)
    print(np.round(m(np.linspace(0, 1, 256))[:, :3] * 255).astype(np.uint8).tobytes().hex())`;
  const maps = [...COLORMAPS, ...OWN];
  const theirs = execFileSync(python as string, ["-c", script, ...maps], { encoding: "utf8" });
  const hex = theirs.trim().split("\n");
  expect(maps.filter((map, i) => bytes(map).toString("hex") !== hex[i])).toEqual([]);
});

test("a gradient has the map's first and last colour, and the requested number of stops", () => {
  expect(gradient("viridis", 3)).toBe(
    "linear-gradient(to right, rgb(68 1 84), rgb(33 145 140), rgb(253 231 37))",
  );
  expect(gradient("#000 #fff").match(/rgb/g)).toHaveLength(16);
  expect(() => gradient("jett")).toThrow(VoxelVolumeError);
});

test("an unknown name is an invalid option, with a list of the known names", () => {
  for (const name of ["jett", "", "_r", "Viridis", "viridis_r_r", "constructor", "000 fff", "viridis #fff"]) {
    expect(() => palette(name), name).toThrow(VoxelVolumeError);
    expect(() => palette(name), name).toThrow(/colormap ".*" is unknown; there are viridis, .*_r/);
  }
});

test("invalid colours, or only one colour, are an invalid option", () => {
  for (const text of [
    "#",
    "#fff",
    "#ffff #000",
    "#ggg #000",
    "#000 red",
    "#000 #fff_r",
    "#000,,#fff",
    "#000 ",
  ]) {
    expect(() => palette(text), text).toThrow(VoxelVolumeError);
    expect(() => palette(text), text).toThrow(/colormap "#.*": expected two or more colours/);
  }
});
