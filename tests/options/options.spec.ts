/** Options: defaults, the article's views, and a clear error for each kind of invalid text. */

import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import {
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
  type OptionTexts,
  settingsFrom,
} from "../../src/options/options.ts";
import { boxExtent, cropRange } from "../../src/options/settings.ts";
import { pythonRound } from "../support/oracle.ts";

const settings = (texts: OptionTexts) => settingsFrom(texts, [1, 1, 1, 1]);

const WHOLE = [
  [0, 1],
  [0, 1],
  [0, 1],
];

test("without options, the settings are the documented defaults", () => {
  expect(settings({})).toEqual({
    ...{ kind: "auto", window: "auto", threshold: "auto", labels: null, only: null, hide: [] },
    transform: { floor: 0.1, gamma: 0.4, contrast: 2, bias: 0.1 },
    resolution: "native",
    antialias: false,
    flip: [false, false, false],
    crop: WHOLE,
    clip: null,
    aspect: "physical",
    blend: "weighted",
    colormap: "auto",
    opacity: "auto",
    shade: "auto",
    light: [225, 19.4712],
    explode: 0,
    camera: {
      ...{ azimuth: 320, elevation: 30, zoom: 1, target: "auto", fit: "auto" },
      ...{ distance: 10, projection: "perspective" },
    },
    axes: null,
    colorbar: false,
    scalebar: false,
    orientation: false,
    background: [1, 1, 1, 1],
  });
});

for (const name of OPTION_NAMES) {
  test(`${name}: its default means the same as omitting it`, () => {
    expect(settings({ [name]: OPTIONS[name].default })).toEqual(settings({}));
  });
}

test("every option parses its text", () => {
  const texts: OptionTexts = {
    ...{ transform: "none", resolution: "100x120x68", antialias: "true", flip: "zx" },
    ...{ crop: "0:0.7  0.25:1 .5:0.75", clip: "1 -1 -1e0 0.1", aspect: "cube", blend: "exact" },
    ...{ colormap: "magma_r", opacity: "0.5", explode: "0.2", azimuth: "-40", elevation: "-90" },
    ...{
      zoom: " 2.5 ",
      target: "-1, 0.5 1e0",
      fit: "content",
      distance: "3",
      projection: "orthographic",
      axes: "mm",
      colorbar: "",
      scalebar: "true",
      orientation: "",
    },
    ...{ kind: "signed", window: "-40, 4e2", threshold: "1.5", shade: "smooth", light: "-30 90" },
    ...{ only: "17 -3--1 1000-1035", hide: "2,41" },
  };
  expect(settings(texts)).toEqual({
    ...{ kind: "signed", window: [-40, 400], threshold: 1.5, labels: null },
    only: [
      [17, 17],
      [-3, -1],
      [1000, 1035],
    ],
    hide: [
      [2, 2],
      [41, 41],
    ],
    shade: "smooth",
    light: [-30, 90],
    colorbar: true,
    scalebar: true,
    orientation: true,
    transform: null,
    resolution: [100, 120, 68],
    antialias: true,
    flip: [true, false, true],
    crop: [
      [0, 0.7],
      [0.25, 1],
      [0.5, 0.75],
    ],
    clip: [1, -1, -1, 0.1],
    aspect: "cube",
    blend: "exact",
    colormap: "magma_r",
    opacity: 0.5,
    explode: 0.2,
    camera: {
      ...{ azimuth: -40, elevation: -90, zoom: 2.5, target: [-1, 0.5, 1], fit: "content" },
      ...{ distance: 3, projection: "orthographic" },
    },
    axes: "mm",
    background: [1, 1, 1, 1],
  });
  const transform = { floor: "0.2", gamma: "1", contrast: "3", bias: "-0.1" };
  expect(settings(transform).transform).toEqual({ floor: 0.2, gamma: 1, contrast: 3, bias: -0.1 });
  expect(settings({ resolution: "50" }).resolution).toEqual([50, 50, 50]);
  expect(settings({ antialias: "" }).antialias).toBe(true);
  for (const text of ["", "true", "voxels"]) expect(settings({ axes: text }).axes).toBe("voxels");
  for (const text of ["false", "none"]) expect(settings({ axes: text }).axes).toBeNull();
  expect(settings({ window: "full" }).window).toBe("full");
  expect(settings({ window: " 0.5  1 " }).window).toEqual([0.5, 1]);
  for (const text of ["", "true", "faces"]) expect(settings({ shade: text }).shade).toBe("faces");
  for (const text of ["false", "none"]) expect(settings({ shade: text }).shade).toBe("none");
  expect(settings({ only: "" }).only).toBeNull();
});

test("the article's views set flip, crop, clip and azimuth", () => {
  const view = (name: string) => {
    const { flip, crop, clip, camera } = settings({ view: name });
    return { flip, crop, clip, azimuth: camera.azimuth };
  };
  const flip = [false, true, false];
  expect(view("full")).toEqual({ flip, crop: WHOLE, clip: null, azimuth: 320 });
  expect(view("cut")).toEqual({
    flip,
    crop: [
      [0, 0.7],
      [0, 1],
      [0, 0.5],
    ],
    clip: null,
    azimuth: 320,
  });
  expect(view("diagonal")).toEqual({
    ...{ flip: [false, false, false], crop: WHOLE },
    ...{ clip: [1, -1, -1, 0.1], azimuth: 200 },
  });
});

test("a view uses the article's window, unless fit is content", () => {
  for (const view of ["full", "cut", "diagonal"]) {
    expect(settings({ view }).camera.fit).toBe("article");
    expect(settings({ view, fit: "auto" }).camera.fit).toBe("article");
    expect(settings({ view, fit: "content" }).camera.fit).toBe("content");
  }
  expect(settings({ view: "" }).camera.fit).toBe("auto");
});

test("an explicit option overrides the view, also to turn something off", () => {
  const { flip, crop, camera } = settings({ view: "cut", flip: "", azimuth: "10" });
  expect(flip).toEqual([false, false, false]);
  expect(crop).toEqual([
    [0, 0.7],
    [0, 1],
    [0, 0.5],
  ]);
  expect(camera.azimuth).toBe(10);
  expect(settings({ view: "diagonal", clip: "" }).clip).toBeNull();
});

const BAD: Record<OptionName, string[]> = {
  kind: ["", "label", "Mask", "constructor"],
  window: [
    "",
    "40",
    "400 40",
    "40 40",
    "40 400 4000",
    "a b",
    "0 NaN",
    "-Infinity 1",
    "-1e308 1e308",
    "40-400",
  ],
  threshold: ["", "-1", "NaN", "high", "1 2"],
  only: ["a", "1.5", "5-3", "1--", "17 Left", "all"],
  hide: ["a", "5-3"],
  shade: ["yes", "face", "Smooth"],
  light: ["", "225", "225 91", "0 -91", "a b", "1 2 3", "NaN 0"],
  colorbar: ["yes", "1", "TRUE"],
  scalebar: ["yes", "mm", "50"],
  orientation: ["RAS", "1", "TRUE"],
  resolution: ["", "0", "-5", "50.5", "4097", "50x50", "50x50x50x50", "50x0x50", "50xx50", "full", "0x32"],
  antialias: ["yes", "1", "TRUE"],
  aspect: ["", "square", "Cube", "constructor"],
  blend: ["", "additive"],
  colormap: [
    "#fff",
    "#fff #gggggg",
    "#000 white",
    "#ffff #0000",
    "",
    "_r",
    "jett",
    "viridis_r_r",
    "constructor",
    "__proto__",
    "toString",
  ],
  transform: ["", "log"],
  floor: ["", "-0.1", "1.1", "NaN", "a", "0,1", "0.1 0.2"],
  gamma: ["0", "-1", "Infinity", "101"],
  contrast: ["-1", "high"],
  bias: ["2", "-2", "--"],
  opacity: ["1.01", "-0.01", "50%", ""],
  explode: ["1", "-0.1"],
  flip: ["w", "xx", "x y", "X", "x,y"],
  crop: [
    "0:1",
    "0:1 0:1",
    "0:1 0:1 0:1 0:1",
    "0:1 0:1 1:0",
    "0:1 0.5:0.5 0:1",
    "0:1 0:1.1 0:1",
    "-0.1:1 0:1 0:1",
  ],
  clip: ["1 0 0", "0 0 0 1", "1 0 0 0 0", "1 0 0 x", "1,0,0,0", "Infinity 0 0 1"],
  view: ["front", "constructor", "toString", "__proto__"],
  azimuth: ["", "north", "1e7", "NaN"],
  elevation: ["91", "-90.5", ""],
  target: ["", "centre", "0.5 0.5", "0.5 0.5 0.5 0.5", "0 0 11", "-10.1 0 0", "0 0 NaN"],
  fit: ["", "box", "constructor"],
  zoom: ["0", "-1", "1001", "2x", "0x10", "0b1"],
  distance: ["0", "-10", "far"],
  projection: ["", "isometric"],
  axes: ["cm", "Voxels", "1", "constructor"],
};

for (const [name, texts] of Object.entries(BAD)) {
  for (const text of texts) {
    test(`${name} "${text}" is an invalid option with a message`, () => {
      let error: unknown;
      try {
        settings({ [name]: text });
      } catch (thrown) {
        error = thrown;
      }
      expect(error, "should have been refused").toBeInstanceOf(VoxelVolumeError);
      const { code, message } = error as VoxelVolumeError;
      expect(code).toBe("invalid-option");
      expect(message).toContain(`${name} "${text}"`);
      expect(message).toMatch(/expected .|unknown; there are ./);
      expect(message).not.toMatch(/function|undefined|\n/);
    });
  }
}

test("crop ranges round as in Python, and keep at least one voxel", () => {
  for (let n = 1; n <= 30; n++) {
    for (const low of [0, 0.1, 0.25, 0.5]) {
      for (const high of [0.5, 0.7, 0.75, 1]) {
        const [first, end] = [pythonRound(low * n), pythonRound(high * n)];
        if (first < end) expect(cropRange([low, high], n)).toEqual([first, end]);
        const [kept, after] = cropRange([low, high], n);
        expect(kept).toBeGreaterThanOrEqual(0);
        expect(after).toBeGreaterThan(kept);
        expect(after).toBeLessThanOrEqual(n);
      }
    }
  }
  expect(cropRange([0, 0.5], 25)).toEqual([0, 12]);
  expect(cropRange([0, 0.5], 27)).toEqual([0, 14]);
});

test("the box is the unit cube, or has the world's proportions with a longest side of 1", () => {
  expect(boxExtent("cube", [157, 189, 68], [1, 1, 2])).toEqual([1, 1, 1]);
  expect(boxExtent("physical", [157, 189, 68], [1, 1, 2])).toEqual([157 / 189, 1, 136 / 189]);
  expect(boxExtent("physical", [10, 10, 10], [2, 0.5, 4])).toEqual([0.5, 0.125, 1]);
});
