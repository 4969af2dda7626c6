/** Statistics and histograms, for sizes around those of bricks and workgroups, compared with float64. */

import { expect, test } from "../support/gpu.ts";
import { histogram, normalize, random, statistics } from "../support/oracle.ts";
import { volumeOf } from "../support/volumes.ts";
import { alphas, stages } from "./support.ts";

type Values = Float32Array<ArrayBuffer> | Int16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A volume of these dims with the values stored in memory in this form. */
function stored(dims: readonly [number, number, number], values: Values) {
  const dtype = values instanceof Float32Array ? "float32" : values instanceof Int16Array ? "int16" : "uint8";
  return volumeOf(dims, dtype, new Uint8Array(values.buffer));
}

const noise = (n: number, seed = n) => Float32Array.from({ length: n }, random(seed));
const PLAIN = { transform: "none" };

test("for sizes around bricks and workgroups, every voxel is counted once", async ({ gpu }) => {
  const shapes = [
    [1, 1, 1],
    [3, 5, 7],
    [4, 4, 4],
    [5, 4, 4],
    [64, 64, 4],
    [65, 63, 5],
    [257, 9, 3],
    [1, 1, 4097],
  ] as const;
  for (const dims of shapes) {
    const n = dims[0] * dims[1] * dims[2];
    const floats = noise(n);
    for (const values of [
      floats,
      Int16Array.from(floats, (v) => 60000 * v - 30000),
      Uint8Array.from(floats, (v) => 255 * v),
    ]) {
      const [{ statistics: measured, histograms }] = await stages(gpu, stored(dims, values), [PLAIN]);
      const { mean, ...exact } = statistics(values);
      expect(measured, dims.join()).toMatchObject(exact);
      expect(Math.abs(measured.mean - mean) / Math.max(1, Math.abs(mean)), dims.join()).toBeLessThan(1e-5);
      const expected = histogram(normalize(Float64Array.from(values)), 50);
      const moved = expected.reduce((sum, count, i) => sum + Math.abs(count - histograms.normalized[i]), 0);
      // A value at the edge of a bin may fall on either side in f32.
      expect(moved / n, dims.join()).toBeLessThan(values instanceof Float32Array ? 2e-3 : 1e-9);
    }
  }
});

test("the extremes are found at any position", async ({ gpu }) => {
  for (const place of [0, 3, 4, 255, 256, 4095, 4096, 8999]) {
    const values = noise(20 * 25 * 36);
    values[place] = 2;
    values[values.length - 1 - place] = -1;
    const [{ statistics: measured, normalized }] = await stages(gpu, stored([20, 25, 36], values), [PLAIN]);
    expect([measured.min, measured.max]).toEqual([-1, 2]);
    expect([normalized.data[place], normalized.data[values.length - 1 - place]]).toEqual([1, 0]);
  }
});

test("16 Mi + 1 voxels are all counted, and the mean is right", async ({ gpu }) => {
  const measured = await gpu.evaluate(
    async (volume) => {
      const { GpuMemory, VoxelPipeline, device, settingsFrom } = window.engine;
      const gpu = await device();
      const data = new Uint8Array(2 ** 24 + 1).fill(1);
      data.set([0, 200], 2 ** 24 - 1);
      const pipeline = new VoxelPipeline(new GpuMemory(gpu));
      await pipeline.update(
        { ...volume, data } as typeof volume,
        settingsFrom({ transform: "none" }, [1, 1, 1, 1]),
      );
      const measured = { ...(await pipeline.readStatistics()), filled: await pipeline.countFilled() };
      gpu.destroy();
      return measured;
    },
    volumeOf([97, 257, 673], "uint8", new Uint8Array(97 * 257 * 673), { slope: 0.1, intercept: 1 }),
  );
  expect(measured).toMatchObject({ min: 1, max: 21, count: 2 ** 24 + 1, filled: 2 ** 24 });
  const mean = (1.1 * (2 ** 24 - 1) + 1 + 21) / (2 ** 24 + 1);
  expect(Math.abs(measured.mean / mean - 1)).toBeLessThan(1e-9);
});

test("missing values are excluded from statistics", async ({ gpu }) => {
  const values = noise(10_000).map((v, i) => (i % 3 === 0 || i < 5000 ? NaN : v));
  const [{ statistics: measured, histograms }] = await stages(gpu, stored([100, 10, 10], values), [PLAIN]);
  const { mean, ...exact } = statistics(values);
  expect(measured).toMatchObject(exact);
  expect(Math.abs(measured.mean / mean - 1)).toBeLessThan(1e-6);
  expect(histograms.normalized.reduce((sum, n) => sum + n)).toBe(exact.count);
});

test("histograms match NumPy's: bins are closed below, and the last one also above", async ({ gpu }) => {
  const counts = await gpu.evaluate(
    async (volumes) => {
      const { GpuMemory, VoxelPipeline, device, settingsFrom } = window.engine;
      const gpu = await device();
      const pipeline = new VoxelPipeline(new GpuMemory(gpu));
      const counts = [];
      for (const volume of volumes) {
        await pipeline.update(volume, settingsFrom({ transform: "none" }, [1, 1, 1, 1]));
        for (const bins of [64, 1, 1024]) counts.push([...(await pipeline.histogram("normalized", bins))]);
      }
      gpu.destroy();
      return counts;
    },
    [
      stored(
        [65, 1, 1],
        Float32Array.from({ length: 65 }, (_, i) => i / 64),
      ),
      stored(
        [65, 1, 1],
        Uint8Array.from({ length: 65 }, (_, i) => i),
      ),
    ],
  );
  for (const [one, whole, fine] of [counts.slice(0, 3), counts.slice(3)]) {
    expect(one).toEqual([...new Array(63).fill(1), 2]);
    expect(whole).toEqual([65]);
    expect(fine.flatMap((n, bin) => new Array(n).fill(bin))).toEqual([
      ...Array.from({ length: 64 }, (_, i) => 16 * i),
      1023,
    ]);
  }
});

test("a constant volume normalizes to 0 and has no filled voxels", async ({ gpu }) => {
  const volume = volumeOf([3, 3, 3], "uint8", new Uint8Array(27).fill(9));
  const results = await stages(gpu, volume, [{ transform: "none" }, {}]);
  for (const { normalized, words, filledCount, statistics } of results) {
    expect([...normalized.data]).toEqual(new Array(27).fill(0));
    expect([...alphas(words)]).toEqual(new Array(27).fill(0));
    expect(filledCount).toBe(0);
    expect(statistics).toEqual({ min: 9, max: 9, mean: 9, count: 27 });
  }
});

test("a volume with only missing values has no statistics and no voxels", async ({ gpu }) => {
  const volume = volumeOf([3, 3, 3], "float32", new Uint8Array(new Float32Array(27).fill(NaN).buffer));
  const options = [{ transform: "none" }, { antialias: "true", resolution: "2" }, { view: "diagonal" }];
  for (const result of await stages(gpu, volume, options)) {
    expect([...result.normalized.data, ...result.resized.data].every(Number.isNaN)).toBe(true);
    expect(alphas(result.words).every((alpha) => alpha === 0)).toBe(true);
    expect(result.filledCount).toBe(0);
    expect(result.statistics).toEqual({ min: 0, max: 0, mean: 0, count: 0 });
  }
});

test("a volume whose slabs no buffer can hold is measured as well", async ({ gpu }) => {
  const values = noise(21 * 26 * 37);
  [values[4321], values[12345]] = [2, -1];
  const volume = stored([21, 26, 37], values);
  const measured = await gpu.evaluate(async (volume) => {
    const { GpuMemory, VoxelPipeline, plainDevice, settingsFrom } = window.engine;
    const gpu = await plainDevice();
    const limits = { maxStorageBufferBindingSize: 2 ** 20, maxBufferSize: 2 ** 20 };
    Object.defineProperty(gpu, "limits", { value: limits });
    const pipeline = new VoxelPipeline(new GpuMemory(gpu, 2 ** 30));
    await pipeline.update(volume, settingsFrom({}, [1, 1, 1, 1]));
    const { data } = await pipeline.read("voxels");
    const result = { statistics: await pipeline.readStatistics(), words: data as Uint32Array };
    pipeline.destroy();
    gpu.destroy();
    return result;
  }, volume);
  const [{ statistics: expected, words }] = await stages(gpu, volume, [{}]);
  expect(measured).toEqual({ statistics: expected, words });
  expect(expected).toMatchObject({ min: -1, max: 2 });
});

test("the full range of f32 normalizes without overflow", async ({ gpu }) => {
  const values = new Float32Array([-3.4e38, 0, 3.4e38, 1.7e38]);
  const volume = volumeOf([4, 1, 1], "float32", new Uint8Array(values.buffer));
  const [{ normalized }] = await stages(gpu, volume, [{}]);
  expect([...normalized.data].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([0, 0.5, 1, 0.75]);
});
