/**
 * The detected kind of a volume, and the window, threshold and opacity that follow; manual settings take precedence.
 */

import { expect, test } from "playwright/test";
import { describeAppearance } from "../../src/options/describe-appearance.ts";
import { isLabel, isMasked, kindOf } from "../../src/options/kinds.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import { intensityWindow, signedThreshold, signedWindow } from "../../src/options/windows.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { Volume } from "../../src/volume.ts";
import { random } from "../support/oracle.ts";
import {
  ctVolume,
  gaussian,
  labelVolume,
  maskVolume,
  radiusIn,
  rowOf,
  signedVolume,
  stackVolume,
  volumeBy,
  volumeOf,
} from "../support/volumes.ts";
import { drawn, filledOf } from "./drawn.ts";

const kind = async (volume: Volume) => kindOf(await profileOf(volume), volume);

/** A cube of values computed from a random number and the position. */
function cube(dtype: Volume["dtype"], value: (next: () => number, ...p: number[]) => number, n = 24) {
  const next = random(n);
  return volumeBy([n, n, n], dtype, (...p) => value(next, ...p));
}

const ball = radiusIn(24);

const MASKS: Record<string, Volume> = {
  "0 and 1": maskVolume("uint8"),
  "0 and 255": maskVolume("uint8", [0, 255]),
  "0 and 1 as floats": maskVolume("float64"),
  "1 and NaN": maskVolume("float32", [NaN, 1]),
  "1 and 2": maskVolume("int16", [1, 2]),
  "-1 and 0": maskVolume("int16", [0, -1]),
  "two fractions": maskVolume("float32", [0.25, 0.75]),
  "two values with a labels' intent": { ...maskVolume("uint8"), intent: "labels" },
};

const LABELS: Record<string, Volume> = {
  "2 labels": labelVolume(2, "uint8"),
  "5 labels": labelVolume(5, "int16"),
  "50 labels": labelVolume(50, "uint16", 32),
  "300 labels as floats": labelVolume(300, "float32", 32),
  "labels in steps of 1000, big-endian": labelVolume(12, "int32", 24, { slope: 1000, littleEndian: false }),
  "-1 for what has none": labelVolume(20, "int16", 24, { intercept: -1 }),
  "noise whose header says labels": {
    ...cube("int16", (next) => Math.floor(900 * next())),
    intent: "labels",
  },
};

const SIGNED: Record<string, Volume> = {
  "a z map": signedVolume("float32"),
  "a z map in whole numbers with a slope": signedVolume("int16", 1000, 24, { slope: 0.001 }),
  "a z map with a falling slope": signedVolume("float64", 1, 24, { slope: -2 }),
  "one sign, but the header says statistic": { ...cube("float32", (next) => next()), intent: "signed" },
};

const INTENSITIES: Record<string, Volume> = {
  "counts, most of them 0 and no two alike side by side": cube("uint16", (next) =>
    next() < 0.2 ? 1 + Math.floor(30 * next()) : 0,
  ),
  "noise of five levels": cube("uint8", (next) => Math.floor(5 * next())),
  "a smooth image of 40 levels": cube("uint8", (_, x, y, z) =>
    Math.round(40 * Math.max(0, 1 - ball(x, y, z))),
  ),
  "CT in whole numbers with air at -1024": ctVolume(),
  "CT with padding at -32768": ctVolume(-32768),
  "a stack with hot voxels": stackVolume(),
  "a probability from 0 to 1": cube("float32", (_, x, y, z) => Math.max(0, 1 - ball(x, y, z))),
  "a constant": cube("int16", () => 7),
  "nothing but NaN": cube("float32", () => NaN),
  "temperatures in °C, few of them below 0": cube("float32", (next, x) => x - 2 + next()),
  "fractions whose header says labels": { ...cube("float32", (next) => next()), intent: "labels" },
  "as many ids as voxels": cube("uint32", (_, x, y, z) => x + 24 * (y + 24 * z)),
};

for (const [expected, volumes] of Object.entries({
  mask: MASKS,
  labels: LABELS,
  signed: SIGNED,
  intensity: INTENSITIES,
})) {
  for (const [name, volume] of Object.entries(volumes)) {
    test(`${name}: ${expected}`, async () => {
      expect(await kind(volume)).toBe(expected);
    });
  }
}

test("values that are not centred at 0 are not a signed map: a cropped CT", async () => {
  // Soft tissue at 40, an organ at 110, bone at 540, a pocket of air at -900.
  const ct = cube("int16", (next, x, y, z) => {
    const noise = Math.round(60 * next() - 30);
    if (x < 3 && y < 6) return -900 + noise;
    if (z > 20) return 540 + noise;
    return (y > 14 ? 110 : 40) + noise;
  });
  expect(await kind(ct)).toBe("intensity");
});

test("a header's range that belongs to another image is ignored", async () => {
  const signed = cube("float32", (next) => 3 * (2 * next() - 1) ** 5);
  const far = signedWindow(await profileOf(signed), { displayRange: [0, 1500] });
  expect(far[1]).toBeLessThan(4);
  const head = cube("int16", (next, x) => (x < 12 ? 0 : Math.round(100 + 600 * next())));
  expect(intensityWindow(await profileOf(head), { displayRange: [0, 1] })).not.toEqual([0, 1]);
});

test("a volume with one voxel along x is classified by its rows along y", async () => {
  const atlas = cube("uint8", (_, x, y) => (y < 4 ? 0 : 1 + (((x >> 3) * 7 + (y >> 3) * 15) % 11)));
  const turned = volumeOf([1, atlas.dims[0], atlas.dims[1] * atlas.dims[2]], "uint8", atlas.data);
  expect(await kind(turned)).toBe("labels");
});

test("a mask's shape is the value that is not 0, else the greater one", async () => {
  const shape = async (volume: Volume) => {
    const profile = await profileOf(volume);
    return profile.levels.values.find(isMasked(profile));
  };
  const [a, b, c, d] = [MASKS["0 and 255"], MASKS["1 and NaN"], MASKS["1 and 2"], MASKS["-1 and 0"]];
  expect(await Promise.all([a, b, c, d].map(shape))).toEqual([255, 1, 2, -1]);
});

test("0 is not a label, nor are negative values if there are positive labels", async () => {
  const labels = async (row: number[]) => row.filter(isLabel(await profileOf(rowOf(row, "int16"))));
  expect(await labels([-1, 0, 3, 5])).toEqual([3, 5]);
  expect(await labels([-2, -1, 0])).toEqual([-2, -1]);
});

const window = async (volume: Volume) => intensityWindow(await profileOf(volume), volume);

/** Thick shells with folded values and nothing outside, like the article's head. */
const head = cube("int16", (_, x, y, z) => {
  const r = ball(x, y, z);
  return r > 0.9 ? 0 : r > 0.75 ? 900 : Math.round(350 + 300 * Math.sin(x / 2) * Math.cos(y / 2 + z / 3));
});

test("a volume that suits the article's transform has no automatic window", async () => {
  expect(await window(head)).toBeNull();
});

test("hot voxels are excluded from the window", async () => {
  const [low, high] = (await window(stackVolume())) ?? [];
  expect(high).toBeGreaterThan(900);
  expect(high).toBeLessThan(1300);
  expect(low).toBeLessThan(300);
});

test("padding is excluded from the window, for CT and other volumes", async () => {
  for (const padding of [-32768, -3024]) {
    const [low, high] = (await window(ctVolume(padding))) ?? [];
    expect(low).toBeGreaterThan(-1100);
    expect(high).toBeGreaterThan(500);
  }
  const padded = volumeOf(head.dims, head.dtype, head.data.slice(), { littleEndian: head.littleEndian });
  for (let i = 0; i < 400; i++) new DataView(padded.data.buffer).setInt16(2 * i, -30000, true);
  expect(((await window(padded)) ?? [])[0]).toBeGreaterThanOrEqual(0);
});

test("zeros around an object are background, not padding: the article's transform is used unchanged", async () => {
  const lifted = cube("int16", (_, x, y, z) => {
    const r = ball(x, y, z);
    return r > 0.9 ? 0 : Math.round(250 + 950 * (0.5 + 0.5 * Math.sin(x / 2) * Math.cos(y / 2 + z / 3)) ** 3);
  });
  expect(await window(lifted)).toBeNull();
});

test("the header's range is the window if it shows something, else it is ignored", async () => {
  for (const displayRange of [
    [100, 600],
    [-500, 2000],
    [500, 1000],
  ] as const) {
    expect(await window({ ...head, displayRange })).toEqual(displayRange);
  }
  for (const displayRange of [
    [5000, 9000],
    [1e20, 2e20],
  ] as const) {
    expect(await window({ ...head, displayRange })).toBeNull();
  }
});

test("a signed window is symmetric around 0 and robust", async () => {
  const profile = await profileOf(signedVolume("float32"));
  const [low, high] = signedWindow(profile, {});
  expect(low).toBe(-high);
  const strongest = Math.max(-profile.min, profile.max);
  expect(high).toBeGreaterThan(0.4 * strongest);
  expect(high).toBeLessThan(strongest);
  expect(signedWindow(profile, { displayRange: [2.3, 8] })).toEqual([-8, 8]);
  expect(signedWindow(profile, { displayRange: [-9, 4] })).toEqual([-9, 9]);
});

test("a signed threshold leaves the strongest tenth, and is 0 for values that were already thresholded", async () => {
  const profile = await profileOf(signedVolume("float32"));
  const threshold = signedThreshold(profile);
  const shown = (least: number) =>
    profile.levels.counts.reduce(
      (sum, n, i) => sum + (Math.abs(profile.levels.values[i]) >= least ? n : 0),
      0,
    );
  const share = shown(threshold) / shown(1e-9);
  expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
  const cut = cube("float32", (next) => {
    const z = 2 * gaussian(next);
    return Math.abs(z) > 2.3 ? z : 0;
  });
  expect(await kind(cut)).toBe("signed");
  expect(signedThreshold(await profileOf(cut))).toBe(0);
});

test("opacity is 1 with empty space around the object, and else lower the deeper the volume is", async () => {
  const opacity = async (volume: Volume, texts: OptionTexts = {}) =>
    (await drawn(volume, texts)).appearance.opacity;
  for (const open of [head, MASKS["0 and 1"], SIGNED["a z map"]]) expect(await opacity(open)).toBe(1);
  const full = cube("float32", (_, x, y, z) => 2 + Math.sin(x / 3) * Math.cos(y / 4 + z / 2));
  const [small, large] = [await opacity(full), await opacity(full, { resolution: "96" })];
  expect(small).toBeLessThan(0.8);
  expect(Math.abs((4 * large) / small - 1)).toBeLessThan(0.1);
  for (const value of [small, large]) expect(Number(value.toPrecision(2))).toBe(value);
  const labels = LABELS["5 labels"];
  expect(await opacity(labels, { resolution: "100" })).toBe(0.1);
  expect(await opacity(labels)).toBeLessThan(0.5);
});

test("colour map and shade suit the kind", async () => {
  const of = async (volume: Volume) => {
    const { colormap, shade } = (await drawn(volume)).settings;
    return [colormap, shade];
  };
  expect(await of(head)).toEqual(["viridis", "none"]);
  expect(await of(SIGNED["a z map"])).toEqual(["coolwarm", "none"]);
  expect(await of(LABELS["5 labels"])).toEqual(["labels", "smooth"]);
  expect(await of(MASKS["0 and 1"])).toEqual(["labels", "smooth"]);
});

test("manual settings take precedence over every rule", async () => {
  const volumes = [
    head,
    { ...head, displayRange: [100, 600] as const },
    MASKS["0 and 255"],
    LABELS["50 labels"],
    SIGNED["a z map"],
    { ...SIGNED["a z map"], displayRange: [-3, 3] as const },
  ];
  const texts = { window: "-7 40", threshold: "0.25", colormap: "jet_r", opacity: "0.7", shade: "faces" };
  for (const volume of volumes) {
    for (const kind of ["intensity", "labels", "mask", "signed"]) {
      const { settings, appearance } = await drawn(volume, { kind, ...texts });
      expect(settings).toMatchObject({
        ...{ kind, window: [-7, 40], threshold: 0.25, colormap: "jet_r", opacity: 0.7, shade: "faces" },
      });
      expect(appearance).toMatchObject({
        kind,
        window: [-7, 40],
        threshold: 0.25,
        opacity: 0.7,
        shade: "faces",
      });
    }
    const { settings, appearance, profile } = await drawn(volume, { window: "full" });
    expect(settings.window).toBeNull();
    expect(appearance.window).toEqual([profile.min, profile.max]);
    expect((await drawn(volume, { shade: "none", opacity: "0" })).settings).toMatchObject({
      ...{ shade: "none", opacity: 0 },
    });
  }
});

test("the appearance is described in words", async () => {
  const words = async (volume: Volume, texts: OptionTexts = {}) =>
    describeAppearance((await drawn(volume, texts)).appearance);
  expect(await words(head)).toBe("Intensity, window 0 to 900, opacity 1");
  expect(await words(MASKS["0 and 1"])).toBe("Mask, opacity 1");
  expect(await words(LABELS["5 labels"])).toMatch(/^Labels: 5 values, opacity 0\.\d+$/);
  expect(await words(labelVolume(2, "uint8"), { only: "1" })).toMatch(/^Labels: 2 values, /);
  expect(await words(head, { kind: "signed", window: "-5.5 6", threshold: "2" })).toBe(
    "Signed, window −5.5 to 6, threshold 2, opacity 1",
  );
});

test("a volume with little content is not drawn blank: some voxels of each kind are filled", async () => {
  for (const volume of [head, ...Object.values(SIGNED), INTENSITIES["a stack with hot voxels"], ctVolume()]) {
    const { profile, settings } = await drawn(volume);
    const share = filledOf(profile, settings) / (profile.count + profile.missing);
    expect(share).toBeGreaterThan(0.001);
    expect(share).toBeLessThan(1);
  }
});
