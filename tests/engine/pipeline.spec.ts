/** Stages 2 to 6 on the GPU, compared with the article's pipeline in float64, on small random volumes. */

import type { OptionTexts } from "../../src/options/options.ts";
import type { Vec3, Volume } from "../../src/volume.ts";
import { expect, test } from "../support/gpu.ts";
import { type Field, field, pipeline, random, resize, size, worst } from "../support/oracle.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { alphas, colors, stages, volumeFrom, voxelWords } from "./support.ts";

type Result = Awaited<ReturnType<typeof stages>>[number];

function noise(dims: Vec3, seed = 1): Field {
  const next = random(seed);
  return field(dims, () => Math.fround(next() * 1000 - 300));
}

/** Noise with about a tenth of the voxels missing, some of them adjacent. */
function noiseWithHoles(dims: Vec3): Field {
  const next = random(7);
  return field(dims, (x, y, z) => (next() < 0.08 || x + y + z < 3 ? Number.NaN : next()));
}

const settings = (options: OptionTexts) => settingsOf(options);

/** Expects every stage within 1e-5, every voxel word within one step, and the right number of filled voxels. */
function expectAgreement(result: Result, source: Field, options: OptionTexts) {
  const expected = pipeline(source, settings(options));
  const label = JSON.stringify(options);
  for (const stage of ["normalized", "transformed", "resized"] as const) {
    expect(result[stage].dims, `${label} ${stage}`).toEqual(expected[stage].dims);
    expect(worst(result[stage].data, expected[stage].values), `${label} ${stage}`).toBeLessThan(1e-5);
  }
  const { dims, values } = expected.alpha;
  expect(result.dims, label).toEqual(dims);
  const visible = values.map((v) => (Number.isNaN(v) ? 0 : v));
  expect(worst(alphas(result.words), visible), label).toBeLessThan(1e-5);
  const entry = visible.map((v) => Math.min(Math.floor(v * 256), 255));
  const onEdge = visible.map((v) => (Math.abs(v * 256 - Math.round(v * 256)) < 1e-2 ? 1 : 0));
  const wrong = [...colors(result.words)].filter((c, i) => Math.abs(c - entry[i]) > onEdge[i]);
  expect(wrong, `${label} colours`).toEqual([]);
  expect(result.filledCount, label).toBe(visible.filter((v) => v > 0).length);
}

test("every stage matches the article's", async ({ gpu }) => {
  const source = noise([13, 9, 11]);
  const resolutions = ["7x5x9", "21x17x15", "5x19x11", "1x1x1", "13x9x3", "26"];
  const options: OptionTexts[] = [
    {},
    { transform: "none" },
    { floor: "0", gamma: "1", contrast: "1", bias: "0" },
    { floor: "0.3", gamma: "2.5", contrast: "5", bias: "-0.2" },
    ...resolutions.map((resolution) => ({ resolution })),
    ...resolutions.map((resolution) => ({ resolution, antialias: "true" })),
    ...["x", "y", "z", "xz", "xyz"].map((flip) => ({ flip })),
    // Halves of 13, 9 and 11 are 6.5, 4.5 and 5.5, rounded to even as in Python.
    { crop: "0:0.5 0:0.5 0:0.5" },
    { crop: "0.5:1 0.5:1 0.5:1" },
    { crop: "0.1:0.7 0.3:0.95 0.25:0.75", flip: "yz" },
    { crop: "0:0.7 0:1 0:0.5", flip: "x", resolution: "5x5x5" },
    { clip: "1 -1 -1 0.1" },
    { clip: "0 0 -1 0.5" },
    { clip: "1 0 0 -0.5" },
    { clip: "-0.3 0.8 0.2 -0.25", flip: "xy", crop: "0.2:0.9 0:0.8 0.1:1" },
    { clip: "1 1 1 5" },
    ...["full", "cut", "diagonal"].map((view) => ({ view })),
    { view: "diagonal", resolution: "10" },
  ];
  const results = await stages(gpu, volumeFrom(source), options);
  for (const [i, result] of results.entries()) expectAgreement(result, source, options[i]);
});

test("missing voxels are never filled, and affect at most half a voxel around them", async ({ gpu }) => {
  const source = noiseWithHoles([11, 9, 13]);
  const options: OptionTexts[] = [
    {},
    { resolution: "7x5x9" },
    { resolution: "21x17x19" },
    { resolution: "7x5x9", antialias: "true" },
    { flip: "xyz", crop: "0:0.5 0:0.9 0:0.7", clip: "1 -1 -1 0.6" },
  ];
  const results = await stages(gpu, volumeFrom(source), options);
  for (const [i, result] of results.entries()) expectAgreement(result, source, options[i]);
  expect(results[0].normalized.data.filter(Number.isNaN).length).toBeGreaterThan(50);
});

test("a clip plane does not depend on the length of its normal", async ({ gpu }) => {
  const planes = ["1 -1 -1 0.1", "1000 -1000 -1000 100", "0.00001 -0.00001 -0.00001 0.000001"];
  const volume = volumeFrom(noise([20, 20, 20]));
  const [one, long, short] = await stages(
    gpu,
    volume,
    planes.map((clip) => ({ clip })),
  );
  const different = (words: Uint32Array) => words.filter((word, i) => word !== one.words[i]).length;
  expect(different(long.words)).toBe(0);
  expect(different(short.words)).toBe(0);
});

test("a crop keeps at least one voxel per axis", async ({ gpu }) => {
  const crops = ["0:0.01 0.5:0.51 0.99:1", "0.4:0.41 0:1 0:1"];
  const results = await stages(
    gpu,
    volumeFrom(noise([5, 4, 6])),
    crops.map((crop) => ({ crop })),
  );
  expect(results.map(({ dims, cutDims }) => [dims, cutDims])).toEqual([
    [
      [1, 1, 1],
      [1, 1, 1],
    ],
    [
      [1, 4, 6],
      [1, 4, 6],
    ],
  ]);
});

test("changing one option reruns only the stages after it", async ({ gpu }) => {
  const names = ["store", "transform", "resize", "cut"];
  const [all, transformed, resized, cut] = names.map((_, first) => names.slice(first));
  const steps: [OptionTexts, string[]][] = [
    [{}, all],
    [{}, []],
    [{ floor: "0.2" }, transformed],
    [{ gamma: "0.5" }, transformed],
    [{ contrast: "3" }, transformed],
    [{ bias: "0.2" }, transformed],
    [{ transform: "none" }, transformed],
    [{ resolution: "7x5x9" }, resized],
    [{ antialias: "true" }, resized],
    [{ flip: "y" }, cut],
    [{ crop: "0:0.7 0:1 0:0.5" }, cut],
    [{ clip: "1 -1 -1 0.5" }, cut],
    [{ colormap: "plasma", opacity: "0.5", explode: "0.2", aspect: "cube", blend: "exact" }, []],
    [{ azimuth: "3", elevation: "4", zoom: "2", distance: "5", projection: "orthographic" }, []],
    [{ resolution: "native" }, resized],
    [{ transform: "article" }, transformed],
    [{ flip: "", crop: "", clip: "" }, cut],
  ];
  // Each step keeps the options of the steps before it.
  const options = steps.map((_, i) => Object.assign({}, ...steps.slice(0, i + 1).map(([texts]) => texts)));
  const source = noise([11, 7, 13]);
  const results = await stages(gpu, volumeFrom(source), options);
  expect(results.map(({ ran }) => ran)).toEqual(steps.map(([, ran]) => ran));
  for (const [i, result] of results.entries()) expectAgreement(result, source, options[i]);
});

test("a volume that failed half-way is not reused as finished, nor as the previous one", async ({ gpu }) => {
  const fields = [noise([9, 8, 7], 2), noise([5, 11, 6], 3)];
  const { failed, ran, words } = await gpu.evaluate(async ([first, second]) => {
    const { GpuMemory, VoxelPipeline, device, revived, settingsFrom } = window.engine;
    const pipeline = new VoxelPipeline(new GpuMemory(await device()));
    const settings = settingsFrom({}, [1, 1, 1, 1]);
    await pipeline.update(first, settings);
    const whole = revived(second);
    let isBroken = true;
    const read: Volume["read"] = (...args) =>
      isBroken ? Promise.reject(new Error("gone")) : whole.read(...args);
    const volume = { ...whole, read };
    const failed = await pipeline.update(volume, settings).then(
      () => false,
      () => true,
    );
    isBroken = false;
    const ran = await pipeline.update(volume, settings);
    return { failed, ran, words: (await pipeline.read("voxels")).data as Uint32Array };
  }, fields.map(volumeFrom));
  expect(failed).toBe(true);
  expect(ran[0]).toBe("store");
  expect(worst(alphas(words), pipeline(fields[1], settings({})).alpha.values)).toBeLessThan(1e-5);
});

test("another volume replaces the first in every stage", async ({ gpu }) => {
  const fields = [noise([9, 8, 7], 2), noise([5, 11, 6], 3)];
  const options = { resolution: "6x7x8", flip: "x" };
  const [, second, first] = await voxelWords(gpu, [...fields, fields[0]], options);
  const expected = [fields[1], fields[0]].map((source) => pipeline(source, settings(options)).alpha.values);
  expect(worst(alphas(second), expected[0])).toBeLessThan(1e-5);
  expect(worst(alphas(first), expected[1])).toBeLessThan(1e-5);
});

test.describe("a volume with too many voxels for the memory", () => {
  const cases: { dims: Vec3; maxVoxels: number }[] = [
    { dims: [31, 17, 23], maxVoxels: 3000 },
    { dims: [40, 40, 2], maxVoxels: 3000 },
  ];
  for (const { dims, maxVoxels } of cases) {
    test(`${dims.join(" x ")} in ${maxVoxels}`, async ({ gpu }) => {
      const source = noise(dims);
      const options = [{ transform: "none" }, { resolution: "50" }];
      // A float64 is stored in 4 bytes, and a grid needs half as much again.
      const [native, resized] = await stages(gpu, volumeFrom(source), options, maxVoxels * 6);
      const fitted = native.normalized.dims;
      expect(native.gridDims).toEqual(fitted);
      expect(size(fitted)).toBeLessThanOrEqual(maxVoxels);
      expect(size(fitted), "the largest that fits").toBeGreaterThan(0.8 * maxVoxels);
      const shrunk = resize(source, fitted);
      expectAgreement(native, shrunk, options[0]);
      expect(size(resized.gridDims as Vec3)).toBeLessThanOrEqual(maxVoxels);
    });
  }
});

test("long axes are resized without overflow, also into pieces", async ({ gpu }) => {
  const cases: [Vec3, string][] = [
    [[300_000, 2, 2], "4096x2x2"],
    [[30, 3, 5], "4096x10x10"],
  ];
  for (const [dims, resolution] of cases) {
    const source = field(dims, (x, y, z) => (x % 97) + 100 * y + 10 * z);
    const options = { transform: "none", resolution };
    const [{ resized, gridDims }] = await stages(gpu, volumeFrom(source), [options]);
    const expected = pipeline(source, settings(options)).resized;
    expect(gridDims).toEqual(expected.dims);
    expect(worst(resized.data, expected.values), resolution).toBeLessThan(1e-5);
  }
});

test("a curve with a background above 0 fills it only if the second normalization does", async ({ gpu }) => {
  const source = field([13, 11, 9], (x, y, z) => (x > 3 && x < 9 ? (x * y + z) % 17 : 0));
  const curves = Array.from({ length: 12 }, (_, i) => ({
    contrast: `${0.5 + 0.13 * i}`,
    bias: `${-0.5 + 0.07 * i}`,
    floor: `${0.02 * i}`,
    crop: i % 2 ? "0:0.9 0:1 0:0.8" : "",
  }));
  for (const [i, { filledCount, words }] of (await stages(gpu, volumeFrom(source), curves)).entries()) {
    const { values } = pipeline(source, settings(curves[i])).alpha;
    const least = values.reduce((a, b) => Math.min(a, b));
    expect(least, JSON.stringify(curves[i])).toBe(0);
    expect(filledCount, JSON.stringify(curves[i])).toBe(values.filter((v) => v > 0).length);
    expect(alphas(words).filter((a) => a > 0).length).toBe(filledCount);
  }
});
