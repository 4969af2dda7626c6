/** Statistics and histograms on the GPU, around the sizes of their blocks, against float64. */

import type { Page } from "playwright/test";
import { expect, test } from "../support/gpu.ts";
import { histogram, random, statistics } from "../support/oracle.ts";
import { alphas, stages, volumeOf } from "./support.ts";

/** Statistics and histograms of each of these arrays; NaN stands for missing. */
function measure(gpu: Page, arrays: readonly Float32Array[], bins = [50]) {
  return gpu.evaluate(
    async ([arrays, bins]) => {
      const { MISSING, Statistics, device, storageBuffer } = window.engine;
      const gpu = await device();
      const statistics = new Statistics(gpu);
      const results = [];
      for (const values of arrays) {
        const buffer = storageBuffer(gpu, "values", values.byteLength);
        gpu.queue.writeBuffer(
          buffer,
          0,
          values.map((v) => (Number.isNaN(v) ? MISSING : v)),
        );
        const measured = statistics.run(buffer, values.length);
        const histograms = [];
        for (const n of bins) histograms.push([...(await statistics.histogram(buffer, values.length, n))]);
        results.push({ ...(await statistics.read(measured)), histograms });
        for (const one of [buffer, measured]) one.destroy();
      }
      for (const one of [statistics, gpu]) one.destroy();
      return results;
    },
    [arrays, bins] as const,
  );
}

const noise = (n: number, seed = n) => Float32Array.from({ length: n }, random(seed));

test("sizes around the blocks: nothing is left out, nothing counted twice", async ({ gpu }) => {
  const sizes = [1, 2, 255, 256, 257, 4095, 4096, 4097, 16383, 16384, 16385, 69633];
  const arrays = sizes.map((n) => noise(n));
  for (const [i, measured] of (await measure(gpu, arrays)).entries()) {
    const { mean, ...exact } = statistics(arrays[i]);
    expect(measured).toMatchObject({ ...exact, histograms: [histogram(arrays[i], 50)] });
    expect(Math.abs(measured.mean / mean - 1)).toBeLessThan(1e-6);
  }
});

test("the extremes are found wherever they lie", async ({ gpu }) => {
  const places = [0, 255, 256, 4095, 4096, 8999, 16383, 16384, 19999];
  const arrays = places.map((place) => {
    const values = noise(20000);
    values[place] = 2;
    values[19999 - place] = -1;
    return values;
  });
  for (const { min, max } of await measure(gpu, arrays)) expect([min, max]).toEqual([-1, 2]);
});

test("16 Mi + 1 voxels, more than one dimension of workgroups reaches: all are decoded, the mean holds", async ({
  gpu,
}) => {
  const { wrong, ...measured } = await gpu.evaluate(
    async (volume) => {
      const { Decode, Resize, Statistics, device, readBuffer } = window.engine;
      const gpu = await device();
      const statistics = new Statistics(gpu);
      const data = new Uint8Array(2 ** 24 + 1).fill(1);
      data.set([0, 200], 2 ** 24 - 1);
      const values = new Decode(gpu, new Resize(gpu)).run({ ...volume, data }, volume.dims);
      const measured = await statistics.read(statistics.run(values, data.length));
      const decoded = new Float32Array(await readBuffer(gpu, values));
      gpu.destroy();
      return { ...measured, wrong: decoded.findIndex((v, i) => Math.abs(v - (data[i] * 0.1 + 1)) > 1e-5) };
    },
    volumeOf([97, 257, 673], "uint8", new Uint8Array(0), { slope: 0.1, intercept: 1 }),
  );
  expect(wrong).toBe(-1);
  expect(measured).toMatchObject({ min: 1, max: 21, count: 2 ** 24 + 1 });
  const mean = (1.1 * (2 ** 24 - 1) + 1 + 21) / (2 ** 24 + 1);
  expect(Math.abs(measured.mean / mean - 1)).toBeLessThan(1e-6);
});

test("large values with a small spread keep their mean", async ({ gpu }) => {
  const values = noise(100_000).map((v) => 30000 + Math.floor(v * 10));
  const [{ mean }] = await measure(gpu, [values]);
  expect(Math.abs(mean / statistics(values).mean - 1)).toBeLessThan(1e-6);
});

test("missing values are in no statistic", async ({ gpu }) => {
  const values = noise(10_000).map((v, i) => (i % 3 === 0 || i < 5000 ? NaN : v));
  const [measured] = await measure(gpu, [values]);
  const { mean, ...exact } = statistics(values);
  expect(measured).toMatchObject({ ...exact, histograms: [histogram(values, 50)] });
  expect(Math.abs(measured.mean / mean - 1)).toBeLessThan(1e-6);
});

test("histograms count as NumPy's: bins closed below, the last one above too", async ({ gpu }) => {
  const edges = Float32Array.from({ length: 65 }, (_, i) => i / 64);
  const values = noise(30_000);
  const bins = [64, 1, 7, 256, 257, 1024];
  const [ofEdges, ofNoise] = await measure(gpu, [edges, values], bins);
  expect(ofEdges.histograms[0]).toEqual([...new Array(63).fill(1), 2]);
  expect(ofNoise.histograms).toEqual(bins.map((n) => histogram(values, n)));
});

test("a constant volume normalises to 0, and nothing of it is filled", async ({ gpu }) => {
  const volume = volumeOf([3, 3, 3], "uint8", new Uint8Array(27).fill(9));
  const results = await stages(gpu, volume, [{ transform: "none" }, {}]);
  for (const { normalized, words, filledCount, statistics } of results) {
    expect([...normalized.data]).toEqual(new Array(27).fill(0));
    expect([...alphas(words)]).toEqual(new Array(27).fill(0));
    expect(filledCount).toBe(0);
    expect(statistics).toEqual({ min: 9, max: 9, mean: 9, count: 27 });
  }
});

test("a volume with nothing but missing values has no statistics and no voxels", async ({ gpu }) => {
  const volume = volumeOf([3, 3, 3], "float32", new Uint8Array(new Float32Array(27).fill(NaN).buffer));
  const options = [{ transform: "none" }, { antialias: "true", resolution: "2" }, { view: "diagonal" }];
  for (const result of await stages(gpu, volume, options)) {
    expect([...result.normalized.data, ...result.resized.data].every(Number.isNaN)).toBe(true);
    expect(alphas(result.words).every((alpha) => alpha === 0)).toBe(true);
    expect(result.filledCount).toBe(0);
    expect(result.statistics).toEqual({ min: 0, max: 0, mean: 0, count: 0 });
  }
});

test("the whole range of f32 normalises without overflow", async ({ gpu }) => {
  const values = new Float32Array([-3.4e38, 0, 3.4e38, 1.7e38]);
  const volume = volumeOf([4, 1, 1], "float32", new Uint8Array(values.buffer));
  const [{ normalized }] = await stages(gpu, volume, [{}]);
  expect([...normalized.data].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([0, 0.5, 1, 0.75]);
});
