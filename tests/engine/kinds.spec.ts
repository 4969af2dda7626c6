/** Kinds of volume on the GPU: windows in data units, signed values, labels, shade; and the colour bar through the pixels. */

import type { Page } from "playwright/test";
import { colorBar, legend } from "../../src/axes/color-bar.ts";
import { cameraFrame } from "../../src/options/camera.ts";
import { palette } from "../../src/options/colormaps.ts";
import { labelsOf } from "../../src/options/labels.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import { transformed } from "../../src/options/transfer-curve.ts";
import {
  colorEntry,
  drawnValue,
  normalized,
  signedPart,
  type ValueScale,
  wholeScale,
} from "../../src/options/value-scale.ts";
import { profileOf } from "../../src/values/profile.ts";
import { valueReader } from "../../src/values/raw-values.ts";
import type { Dtype, Vec3, Volume } from "../../src/volume.ts";
import type { Voxels } from "../../src/voxels/voxels.ts";
import "../support/all-colormaps.ts";
import { expect, test } from "../support/gpu.ts";
import { random, resize, size, statistics, worst } from "../support/oracle.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { covered, type Picture, pixel } from "../support/png.ts";
import { labelVolume, maskVolume, signedVolume, volumeBy, volumeOf } from "../support/volumes.ts";
import type { RenderCase } from "./render-cases.ts";
import { alphas, colors, expectDecibels, pictures, stages } from "./support.ts";

/** The values of all voxels, in data units. */
function valuesOf(volume: Volume): Float64Array {
  const read = valueReader(volume);
  return Float64Array.from({ length: size(volume.dims) }, (_, i) => read(i));
}

/** Alpha of a voxel as its word has it: in 65,535 steps, and filled where it is above 0. */
const stepped = (alpha: number) => (alpha > 0 ? Math.max(1, Math.round(0xffff * alpha)) / 0xffff : 0);

/** Words are those of `expected`, but for colours on the edge of an entry. */
function expectWords(
  words: Uint32Array,
  expected: readonly { color: number; alpha: number }[],
  name: string,
): void {
  const alpha = expected.map((one) => (Number.isNaN(one.alpha) ? 0 : stepped(one.alpha)));
  expect(worst(alphas(words), alpha), `${name}: alpha`).toBeLessThan(3e-5);
  const entries = colors(words);
  const wrong = expected.filter(({ color }, i) => {
    const isOnEdge = Math.abs(color * 256 - Math.round(color * 256)) < 1e-2;
    return alpha[i] > 0 && entries[i] > 0 && Math.abs(entries[i] - colorEntry(color)) > Number(isOnEdge);
  });
  expect(wrong, `${name}: colours`).toEqual([]);
}

/** Values of 77 steps; `offset` on all of them. */
function steps(dtype: Dtype, offset = 0, rest: Partial<Volume> = {}): Volume {
  const next = random(11);
  const scale = dtype.startsWith("float") ? 1 : 3;
  return volumeBy([11, 9, 7], dtype, () => offset + scale * Math.floor(78 * next() ** 2), rest);
}

/** Windows within, across and beyond the range of the values. */
const WINDOWS: Record<string, readonly [Volume, readonly string[]]> = {
  uint8: [steps("uint8"), ["40 200", "-20 100", "100 300", "-1000 1000"]],
  int16: [steps("int16", -100), ["-50 80", "-1e4 1e4"]],
  "uint16, big-endian, with slope and intercept": [
    steps("uint16", 1000, { littleEndian: false, slope: 0.5, intercept: -1024 }),
    ["-520 -420", "-524 0"],
  ],
  "int16 with a falling slope": [steps("int16", 7, { slope: -2, intercept: 40 }), ["-300 0", "-1000 26"]],
  "float32 with a falling slope": [
    steps("float32", 7, { slope: -0.25, intercept: 3 }),
    ["-10 0", "-99 1.25"],
  ],
  "uint32 with a large offset": [steps("uint32", 2 ** 31), [`${2 ** 31 + 40} ${2 ** 31 + 150}`]],
  float32: [steps("float32", -30), ["-12.5 20.25", "0 1000"]],
  float16: [steps("float16"), ["10 50"]],
  "float64 with an offset of 1e9": [steps("float64", 1e9), ["1000000010 1000000050", "999999000 1000001000"]],
};

test("a window in data units: every type is transformed from it as on the CPU, with the article's curve and without", async ({
  gpu,
}) => {
  for (const [name, [volume, windows]] of Object.entries(WINDOWS)) {
    const { levels } = await profileOf(volume);
    const values = [...valuesOf(volume)];
    const options = windows.flatMap((window): OptionTexts[] => [{ window }, { window, transform: "none" }]);
    for (const [i, result] of (await stages(gpu, volume, options)).entries()) {
      const label = `${name}, ${JSON.stringify(options[i])}`;
      const scale = wholeScale(levels, settingsOf(options[i]));
      const { window, transform, mean } = scale;
      const expected = values.map((value) => transformed(normalized(value, window), transform, mean));
      expect(worst(result.transformed.data, expected), label).toBeLessThan(1e-5);
      const told = result.scale as ValueScale;
      expect(told.window, label).toEqual(window);
      expect(worst([told.mean, ...told.cut], [mean, ...scale.cut]), label).toBeLessThan(1e-5);
      expectWords(
        result.words,
        values.map((value) => drawnValue(scale, value)),
        label,
      );
    }
  }
});

test("a window at the ends of the values is none", async ({ gpu }) => {
  const [volume] = WINDOWS["float64 with an offset of 1e9"];
  const { min, max } = await profileOf(volume);
  const [full, ends] = await stages(gpu, volume, [{ window: "full" }, { window: `${min} ${max}` }]);
  expect(ends.words).toEqual(full.words);
});

/** Each voxel as the scale draws its value, or parts of it between voxels. */
const SIGNED_OPTIONS: readonly OptionTexts[] = [
  { window: "-6 6" },
  { window: "-6 6", threshold: "2" },
  { window: "-2 10", threshold: "1.5" },
  { window: "0 6" },
  { threshold: "100" },
  {},
];

for (const [name, volume] of Object.entries({
  int16: signedVolume("int16", 100, 11, { slope: 0.01 }),
  "int16 with a falling slope": signedVolume("int16", 100, 11, { slope: -0.01, intercept: 0.005 }),
  float32: signedVolume("float32", 1, 11),
})) {
  test(`signed, ${name}: colour entry and alpha of each voxel are those of its value, threshold included`, async ({
    gpu,
  }) => {
    const { levels } = await profileOf(volume);
    const values = [...valuesOf(volume)];
    const options = SIGNED_OPTIONS.map((texts): OptionTexts => ({ kind: "signed", ...texts }));
    for (const [i, result] of (await stages(gpu, volume, options)).entries()) {
      const scale = wholeScale(levels, settingsOf(options[i]));
      const expected = values.map((value) => drawnValue(scale, value));
      expectWords(result.words, expected, JSON.stringify(options[i]));
      expect(result.filledCount).toBe(expected.filter(({ alpha }) => alpha > 0).length);
      const { kind, window, threshold } = result.scale as ValueScale;
      expect({ kind, window, threshold }).toEqual({
        kind: "signed",
        window: scale.window,
        threshold: scale.threshold,
      });
    }
  });

  test(`signed, ${name}: a resized grid has the parts of the window between the voxels`, async ({ gpu }) => {
    const options: OptionTexts = { kind: "signed", window: "-2 10", resolution: "7x15x9" };
    const thresholds = ["0", "1.5"];
    const results = await stages(
      gpu,
      volume,
      thresholds.map((threshold) => ({ ...options, threshold })),
    );
    const window = [-2, 10] as const;
    const parts = valuesOf(volume).map((value) => signedPart(value, window));
    const { values } = resize({ dims: volume.dims, values: parts }, [7, 15, 9]);
    for (const [i, { words, resized }] of results.entries()) {
      expect(worst(resized.data, values)).toBeLessThan(1e-5);
      const threshold = Number(thresholds[i]);
      const near = (part: number) => Math.abs(part) - threshold / (part < 0 ? 2 : 10);
      // What lies on the threshold may fall to either side in f32.
      const clear = [...values.keys()].filter((k) => Math.abs(near(values[k])) > 1e-5 || threshold === 0);
      expect(clear.length).toBeGreaterThan(0.99 * values.length);
      expectWords(
        Uint32Array.from(clear, (k) => words[k]),
        clear.map((k) => ({
          color: (1 + values[k]) / 2,
          alpha: near(values[k]) >= 0 ? Math.abs(values[k]) : 0,
        })),
        `threshold ${threshold}`,
      );
    }
  });
}

test("signed: no brick is lost where one sign, or one voxel, is above the threshold", async ({ gpu }) => {
  const place = (x: number, y: number, z: number) => x + 20 * (y + 20 * z);
  const strong = new Map([
    [place(2, 3, 5), -9],
    [place(10, 11, 2), 9],
    [place(17, 16, 18), -5],
    [place(16, 3, 16), 5],
  ]);
  const value = (x: number, y: number, z: number) => strong.get(place(x, y, z)) ?? ((x + y + z) % 3) - 1;
  for (const dtype of ["int8", "int16", "float32"] as const) {
    const volume = volumeBy([20, 20, 20], dtype, value);
    for (const [window, threshold] of [
      ["-9 9", "4"],
      ["-9 2", "1"],
    ]) {
      const shot = { kind: "signed", window, threshold, width: 120, opacity: "0.7" };
      const [exact, unskipping, weighted] = await pictures(gpu, volume, [
        { ...shot, blend: "exact" },
        { ...shot, blend: "unskipping" },
        { ...shot, blend: "weighted" },
      ]);
      expectDecibels(`signed-bricks-${dtype}`, exact, unskipping, 60);
      expectDecibels(`signed-bricks-${dtype}-weighted`, weighted, exact, 35);
    }
    const [{ filledCount }] = await stages(gpu, volume, [{ kind: "signed", window: "-9 9", threshold: "4" }]);
    expect(filledCount, dtype).toBe(4);
    const shot = { kind: "signed", threshold: "3", resolution: "27", width: 120 };
    const [exact, unskipping] = await pictures(gpu, volume, [
      { ...shot, blend: "exact" },
      { ...shot, blend: "unskipping" },
    ]);
    expect(covered(exact)).toBeGreaterThan(20);
    expectDecibels(`signed-bricks-${dtype}-resized`, exact, unskipping, 60);
  }
});

/** Labels of 8 bytes that differ by 1 at 2^59, with or without a background of 0. */
function twins(background: boolean): Volume {
  const { dims, data } = labelVolume(6, "uint8", 10);
  const id = (label: number) => (background && label === 0 ? 0n : 720575940500000000n + BigInt(label));
  const ids = BigUint64Array.from(data, id);
  return volumeOf(dims, "uint64", new Uint8Array(ids.buffer));
}

const LABELS: Record<string, Volume> = {
  uint8: labelVolume(7, "uint8", 10),
  "int16, big-endian, with a slope": labelVolume(9, "int16", 10, { littleEndian: false, slope: 10 }),
  int32: labelVolume(12, "int32", 10),
  "float32 with NaN": volumeBy([10, 10, 10], "float32", (x, y, z) => (z > 7 ? NaN : (x >> 2) + 4 * (y >> 3))),
  "float64 with a falling slope": labelVolume(5, "float64", 10, { slope: -1, intercept: 6 }),
  "uint64, twins that float64 cannot tell apart": twins(false),
  "uint64, twins over a background of 0": twins(true),
};

/** The level of each voxel, -1 where it is missing. */
async function ranksOf(volume: Volume): Promise<readonly number[]> {
  if (volume.dtype === "uint64") {
    const ids = [...new BigUint64Array(volume.data.slice().buffer)];
    const sorted = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
    return ids.map((id) => sorted.indexOf(id));
  }
  const { levels } = await profileOf(volume);
  return [...valuesOf(volume)].map((value) => levels.values.indexOf(value));
}

/** The voxel of the source that lies nearest to each voxel of a grid of other dimensions. */
function nearest([nx, ny, nz]: Vec3, [sx, sy, sz]: Vec3): number[] {
  const at = (i: number, n: number, s: number) => Math.floor(((i + 0.5) * s) / n);
  return Array.from({ length: nx * ny * nz }, (_, i) => {
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)];
    return at(x, nx, sx) + sx * (at(y, ny, sy) + sy * at(z, nz, sz));
  });
}

for (const [name, volume] of Object.entries(LABELS)) {
  test(`labels, ${name}: each voxel has the number of its label, whatever the resolution`, async ({
    gpu,
  }) => {
    const ranks = await ranksOf(volume);
    const labels = labelsOf(await profileOf(volume), settingsOf({ kind: "labels" }));
    const dims: Vec3 = [7, 13, 5];
    const results = await stages(gpu, volume, [
      { kind: "labels" },
      { kind: "labels", resolution: "7x13x5", antialias: "true" },
      { kind: "labels", resolution: "10" },
    ]);
    const small = nearest(dims, volume.dims).map((i) => ranks[i]);
    for (const [i, expected] of [ranks, small, ranks].entries()) {
      const { words, filledCount, gridDims, palette } = results[i];
      expect(gridDims).toEqual(i === 1 ? dims : volume.dims);
      const word = (rank: number) => (rank >= 0 && labels[rank].shown ? ((rank << 16) | 0xffff) >>> 0 : 0);
      expect([...words]).toEqual(expected.map(word));
      expect(filledCount).toBe(expected.filter((rank) => word(rank) > 0).length);
      expect(palette?.length).toBe(labels.length);
    }
  });
}

test("statistics are of the values, whatever the kind", async ({ gpu }) => {
  for (const volume of [LABELS.uint8, LABELS.int32, LABELS["float32 with NaN"]]) {
    const { min, max, mean, count } = statistics(valuesOf(volume));
    const kinds = ["intensity", "labels"].map((kind) => ({ kind }));
    for (const { statistics: told } of await stages(gpu, volume, kinds)) {
      expect(told).toMatchObject({ min, max, count });
      expect(Math.abs(told.mean - mean)).toBeLessThan(1e-5 * Math.max(Math.abs(min), Math.abs(max)));
    }
  }
});

test("labels: only and hide empty the others, and change nothing else", async ({ gpu }) => {
  const volume = LABELS.int32;
  const values = [...valuesOf(volume)];
  const options: [OptionTexts, (value: number) => boolean][] = [
    [{}, (value) => value > 0],
    [{ only: "3 5-7" }, (value) => value === 3 || (value >= 5 && value <= 7)],
    [{ hide: "1-4" }, (value) => value > 4],
    [{ only: "0" }, (value) => value === 0],
    [{ only: "1-9", hide: "2" }, (value) => value > 0 && value <= 9 && value !== 2],
  ];
  const results = await stages(
    gpu,
    volume,
    options.map(([texts]) => ({ kind: "labels", ...texts })),
  );
  for (const [i, [texts, isShown]] of options.entries()) {
    const shown = [...alphas(results[i].words)].map((alpha) => alpha === 1);
    expect(shown, JSON.stringify(texts)).toEqual(values.map(isShown));
    if (i > 0) expect(results[i].ran).toEqual(["cut"]);
  }
});

test("labels: no brick is lost where most labels are hidden", async ({ gpu }) => {
  const volume = labelVolume(40, "int32", 24);
  const shot = { kind: "labels", only: "17 31-33", width: 120, shade: "smooth", opacity: "0.6" };
  const [exact, unskipping] = await pictures(gpu, volume, [
    { ...shot, blend: "exact" },
    { ...shot, blend: "unskipping" },
  ]);
  expect(covered(exact)).toBeGreaterThan(100);
  expectDecibels("labels-bricks", exact, unskipping, 60);
});

test("labels with more voxels than fit: the nearest are kept, and none is made up", async ({ gpu }) => {
  for (const volume of [LABELS.uint8, LABELS.int32]) {
    const bytes = volume.dtype === "uint8" ? 1 : 2;
    const [{ words, gridDims = volume.dims }] = await stages(
      gpu,
      volume,
      [{ kind: "labels" }],
      600 * bytes * 1.5,
    );
    expect(size(gridDims)).toBeLessThanOrEqual(600);
    expect(size(gridDims)).toBeGreaterThan(300);
    const ranks = await ranksOf(volume);
    expect([...colors(words)]).toEqual(nearest(gridDims, volume.dims).map((i) => ranks[i]));
  }
});

test("a mask has one shape: what is not 0, not NaN, or the greater value", async ({ gpu }) => {
  for (const [outside, inside, dtype] of [
    [0, 255, "uint8"],
    [NaN, 1, "float32"],
    [1, 2, "int32"],
    [0, -1, "int16"],
  ] as const) {
    const volume = maskVolume(dtype, [outside, inside], 12);
    const [native, small] = await stages(gpu, volume, [{ kind: "mask" }, { kind: "mask", resolution: "5" }]);
    const values = valuesOf(volume);
    const isInside = [...values].map((value) => value === inside);
    expect([...alphas(native.words)].map((alpha) => alpha === 1)).toEqual(isInside);
    const there = nearest([5, 5, 5], volume.dims).map((i) => isInside[i]);
    expect([...alphas(small.words)].map((alpha) => alpha === 1)).toEqual(there);
  }
});

test("more than 65,536 different values are no labels: an invalid option, and nothing is drawn", async ({
  gpu,
}) => {
  const next = (x: number, y: number, z: number) => x + 42 * (y + 41 * z);
  // In the second one NaN would be the 65,537th.
  const volumes = [next, (...p: [number, number, number]) => (next(...p) < 65536 ? next(...p) : NaN)].map(
    (value) => volumeBy([42, 41, 40], "float32", value),
  );
  for (const volume of volumes) {
    const told = await gpu.evaluate(async (volume) => {
      const { GpuMemory, VoxelPipeline, device, settingsFrom } = window.engine;
      const pipeline = new VoxelPipeline(new GpuMemory(await device()));
      const error = await pipeline
        .update(volume, settingsFrom({ kind: "labels" }, [1, 1, 1, 1]))
        .then(() => undefined)
        .catch(({ code, message }) => ({ code, message }));
      const hasGrid = pipeline.grid !== undefined;
      await pipeline.update(volume, settingsFrom({}, [1, 1, 1, 1]));
      const filled = await pipeline.countFilled();
      pipeline.destroy();
      return { error, hasGrid, filled };
    }, volume);
    expect(told.error).toMatchObject({ code: "invalid-option" });
    expect(told.error?.message).toMatch(
      /^kind: more than 65,536 different values are no labels; set kind="intensity"/,
    );
    expect(told.hasGrid).toBe(false);
    expect(told.filled).toBeGreaterThan(1000);
  }
});

test("from kind to kind one pipeline makes what a fresh one makes", async ({ gpu }) => {
  const options: OptionTexts[] = [
    { kind: "labels" },
    { kind: "intensity" },
    { kind: "signed", threshold: "3" },
    { kind: "labels", resolution: "6" },
    { kind: "signed", resolution: "6" },
    { kind: "mask" },
    { kind: "intensity", resolution: "6", window: "2 9" },
    { kind: "labels", crop: "0:0.5 0:1 0:1" },
    { kind: "intensity" },
  ];
  for (const volume of [LABELS.uint8, LABELS.int32]) {
    const results = await stages(gpu, volume, options);
    for (const [i, texts] of options.entries()) {
      const [fresh] = await stages(gpu, volume, [texts]);
      expect(results[i].words, JSON.stringify(texts)).toEqual(fresh.words);
      expect(results[i].filledCount).toBe(fresh.filledCount);
      expect(results[i].scale).toEqual(fresh.scale);
      expect(results[i].palette).toEqual(fresh.palette);
    }
  }
});

/** Voxels along y with one value, for each of `values` along x: opaque from the side, whatever their alpha. */
function columns(values: readonly number[], dtype: Dtype, rest: Partial<Volume> = {}): Volume {
  return volumeBy([values.length, 48, 1], dtype, (x) => values[x], rest);
}

const SIDE = { projection: "orthographic", elevation: "0", azimuth: "-90", aspect: "cube", width: 240 };

/** The colour of column `i` of `n`. */
function columnColor(picture: Picture, i: number, n: number): number[] {
  const x = ((i + 0.5) / n + 0.45) / 1.85;
  return pixel(picture, Math.floor(x * picture.width), Math.floor((0.9 / 1.85) * picture.height)).slice(0, 3);
}

const WHITE = [255, 255, 255];
const rgb = (color: number) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255];

/** Pictures of columns of these values with both blends, and how their values are drawn. */
async function columnPictures(gpu: Page, volume: Volume, texts: OptionTexts) {
  const [exact, weighted] = await pictures(gpu, volume, [
    { ...SIDE, ...texts, blend: "exact" },
    { ...SIDE, ...texts, blend: "weighted" },
  ]);
  const [{ scale }] = await stages(gpu, volume, [texts]);
  return { shots: { exact, weighted }, scale: scale as ValueScale };
}

for (const [name, dtype, values, texts] of [
  ["the article's transform", "int16", Array.from({ length: 30 }, (_, i) => 35 * i), {}],
  [
    "the article's transform from a window",
    "float32",
    Array.from({ length: 30 }, (_, i) => i / 29),
    { window: "0.2 0.8" },
  ],
  [
    "a window alone",
    "uint8",
    Array.from({ length: 30 }, (_, i) => 8 * i),
    { window: "40 200", transform: "none" },
  ],
  [
    "another colour map",
    "float64",
    Array.from({ length: 30 }, (_, i) => 1e9 + i),
    { colormap: "magma_r", gamma: "1" },
  ],
  ["signed", "float32", Array.from({ length: 30 }, (_, i) => i - 14.5), { kind: "signed", window: "-12 12" }],
  [
    "signed with a threshold",
    "int16",
    Array.from({ length: 30 }, (_, i) => i - 15),
    { kind: "signed", threshold: "4" },
  ],
] as const) {
  test(`the colour bar has at a value the colour of its voxels: ${name}`, async ({ gpu }) => {
    const { shots, scale } = await columnPictures(gpu, columns(values, dtype), texts);
    const bar = colorBar(scale, palette(settingsOf(texts).colormap));
    let compared = 0;
    for (const [blend, picture] of Object.entries(shots)) {
      for (const [i, value] of values.entries()) {
        const { color, alpha } = drawnValue(scale, value);
        const seen = columnColor(picture, i, values.length);
        if (alpha === 0) expect(seen, `${blend}: ${value} is not drawn`).toEqual(WHITE);
        // Fainter ones are not opaque.
        if (alpha < 0.08) continue;
        const told = rgb(bar.colors[colorEntry(color)]);
        expect(
          Math.max(...told.map((level, c) => Math.abs(level - seen[c]))),
          `${blend}: ${value}`,
        ).toBeLessThan(2.5);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(16);
  });
}

test("the legend has for a label the colour of its voxels, with a table, a colour map, and many labels", async ({
  gpu,
}) => {
  const few = [1, 2, 17, 53, 1000, 1035, 0, 4];
  const many = Array.from({ length: 60 }, (_, i) => 7 * i + 1);
  for (const [values, texts] of [
    [few, {}],
    [few, { colormap: "viridis" }],
    [few, { hide: "17" }],
    [many, {}],
  ] as const) {
    const volume = columns(values, "int32");
    const options: OptionTexts = { kind: "labels", ...texts };
    const settings = settingsOf(options);
    const { entries } = legend(labelsOf(await profileOf(volume), settings));
    expect(entries.length).toBeGreaterThan(5);
    const { shots } = await columnPictures(gpu, volume, options);
    for (const picture of Object.values(shots)) {
      for (const [i, value] of values.entries()) {
        const told = entries.find(({ text }) => text === String(value))?.color ?? WHITE;
        expect(columnColor(picture, i, values.length), `${value}`).toEqual([...told]);
      }
    }
  }
});

/** Views straight onto each side of the box, and matplotlib's 0.3 + 0.7 * (1 + n.l) / 2 there. */
const SIDES = {
  "x low": [{ azimuth: "180", elevation: "0" }, 0.883333],
  "x high": [{ azimuth: "0", elevation: "0" }, 0.416667],
  "y low": [{ azimuth: "-90", elevation: "0" }, 0.883333],
  "y high": [{ azimuth: "90", elevation: "0" }, 0.416667],
  "z low": [{ azimuth: "0", elevation: "-90" }, 0.533333],
  "z high": [{ azimuth: "0", elevation: "90" }, 0.766667],
} as const;

const BLENDS = ["exact", "weighted"] as const;

/** A shot of each side with each blend. */
const sideShots = (texts: OptionTexts): RenderCase[] =>
  Object.values(SIDES).flatMap(([view]) =>
    BLENDS.map((blend) => ({ projection: "orthographic", width: 40, ...view, ...texts, blend })),
  );

/** The grey level in the middle of each shot, 0 to 1. */
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

/** Labels 1 to 8, each a voxel, which a colour map of two whites makes white. */
const CUBE = volumeBy([2, 2, 2], "uint8", (x, y, z) => 1 + x + 2 * y + 4 * z);
const WHITES: OptionTexts = { kind: "labels", colormap: "#fff #fff" };

/** Corners of a cube of two voxels a side, as if they were freely moved. */
const corners = [0, 1, 2].map((axis) =>
  [0, 1, 2].map((x) => [0, 1, 2].map((y) => [0, 1, 2].map((z) => [x, y, z][axis]))),
) as unknown as Voxels["coordinates"];

test('shade="faces" lights each side as matplotlib does: of stored and of explicit voxels, with both blends', async ({
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
  for (const [name, taken] of Object.entries(pictured)) {
    // Off the middle, where voxels meet.
    const levels = taken.map((shot) => pixel(shot, 16, 14)[0] / 255);
    expect(worst(levels, expected), name).toBeLessThan(0.6 / 255);
  }
});

test("without shade every side has the colour itself", async ({ gpu }) => {
  for (const taken of [
    await pictures(gpu, CUBE, sideShots({ ...WHITES, shade: "none" })),
    await voxelPictures(gpu, { dims: [1, 1, 1], rgba: "#fff" }, sideShots({ shade: "none" })),
  ]) {
    expect(middles(taken)).toEqual(expectedSides(Object.values(SIDES).map(() => 1)));
  }
});

test("the light can be turned, also where nothing else changes", async ({ gpu }) => {
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

test("through a thin voxel both its faces are seen, each in its light", async ({ gpu }) => {
  const one = volumeBy([1, 1, 1], "uint8", () => 1);
  const texts: OptionTexts = { shade: "faces", opacity: "0.4" };
  const factors = Object.values(SIDES).map(([, factor]) => factor);
  // The other side across an axis comes next to it.
  const levels = factors.map((front, i) => 0.4 * front + 0.6 * (0.4 * factors[i ^ 1] + 0.6));
  const stored = await pictures(gpu, one, sideShots({ ...WHITES, ...texts }));
  expect(worst(middles(stored), expectedSides(levels))).toBeLessThan(1.1 / 255);
  const explicit = await voxelPictures(gpu, { dims: [1, 1, 1], rgba: "#fff" }, sideShots(texts));
  expect(worst(middles(explicit), expectedSides(levels))).toBeLessThan(1.1 / 255);
});

const N = 32;
const BALL = maskVolume("uint8", [0, 1], N);

/** Where a pixel of a square picture is in the window through the middle of the box, in sides of the box. */
const windowPoint = (x: number, y: number, width: number): [u: number, v: number] => [
  ((x + 0.5) / width) * 1.85 - 0.95,
  0.9 - ((y + 0.5) / width) * 1.85,
];

/** The part of a square picture that lies within a radius around the middle of the box, over white. */
function masked({ width, height, data }: Picture, radius: number): Picture {
  const inside = data.map((level, i) => {
    const at = Math.floor(i / 4);
    const isInside = Math.hypot(...windowPoint(at % width, Math.floor(at / width), width)) < radius;
    return isInside ? level : 255;
  });
  return { width, height, data: inside };
}

/** Pearson's correlation. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (of: readonly number[]) => of.reduce((sum, x) => sum + x, 0) / of.length;
  const [da, db] = [a, b].map((of) => of.map((x) => x - mean(of)));
  const dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, x, i) => sum + x * q[i], 0);
  return dot(da, db) / Math.sqrt(dot(da, da) * dot(db, db));
}

test('shade="smooth" of a ball: its light follows the normals, not the steps, and weighted is exact', async ({
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
    // Up to the outline, where the edges of rasterized faces are.
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

test("smooth shade looks at one label: borders between labels are lit as surfaces, what is flat as its side", async ({
  gpu,
}) => {
  const halves = volumeBy([16, 16, 16], "uint8", (x) => (x < 8 ? 1 : 2));
  // Looked at from the top, +x downwards.
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
  // On the way to the border one half turns away from the light, the other towards it.
  const [before, behind] = [light(exact, 7.5 / 16), light(exact, 8.5 / 16)];
  expect(before).toBeLessThan(0.65);
  expect(behind).toBeGreaterThan(0.85);
  expect(Math.abs(light(mask, 8.5 / 16) - behind), "the half that a mask shows is the same").toBeLessThan(
    0.01,
  );
});
