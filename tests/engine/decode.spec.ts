/** Stored scalars of every type and byte order, normalized on the GPU, compared with exact arithmetic. */

import { DTYPES, type Dtype, type Volume } from "../../src/volume.ts";
import { expect, test } from "../support/gpu.ts";
import { half } from "../support/make-volume.ts";
import { worst } from "../support/oracle.ts";
import type { VolumeWithData } from "../support/volume-data.ts";
import { volumeOf } from "../support/volumes.ts";
import { alphas, stages } from "./support.ts";

const WRITE: Record<Dtype, (view: DataView, at: number, value: number | bigint, little: boolean) => void> = {
  uint8: (view, at, value) => view.setUint8(at, Number(value)),
  int8: (view, at, value) => view.setInt8(at, Number(value)),
  uint16: (view, at, value, little) => view.setUint16(at, Number(value), little),
  int16: (view, at, value, little) => view.setInt16(at, Number(value), little),
  uint32: (view, at, value, little) => view.setUint32(at, Number(value), little),
  int32: (view, at, value, little) => view.setInt32(at, Number(value), little),
  uint64: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
  int64: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
  float16: (view, at, value, little) => view.setUint16(at, half(Number(value)), little),
  float32: (view, at, value, little) => view.setFloat32(at, Number(value), little),
  float64: (view, at, value, little) => view.setFloat64(at, Number(value), little),
};

/** Zero, both ends of the range, and neighbours of powers of 256. Their number is odd, so some bytes are left over. */
function integers(dtype: Dtype): bigint[] {
  const bits = BigInt(8 * DTYPES[dtype]);
  const signed = dtype.startsWith("i");
  const [low, high] = signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  const powers = Array.from({ length: 9 }, (_, byte) => 1n << BigInt(8 * byte));
  const candidates = powers.flatMap((p) => [p - 1n, p, p + 1n, 0x123456789abcdefn % p, -p, 1n - p, -p - 1n]);
  const fitting = [...new Set([...candidates, low, high, low + 1n, high - 1n])].filter(
    (v) => v >= low && v <= high,
  );
  return fitting.length % 2 === 1 ? fitting : [...fitting, high];
}

const FLOATS = [0, 1, -1, 0.1, 1 / 3, -2.5e-30, 2 ** -126, 3.4028234663852886e38 / 2, 65504, 16777217, -7e22];

const asVolume = (
  values: readonly (number | bigint)[],
  dtype: Dtype,
  rest: Partial<Volume> = {},
): VolumeWithData => {
  const bytes = new Uint8Array(values.length * DTYPES[dtype]);
  const view = new DataView(bytes.buffer);
  for (const [i, v] of values.entries()) WRITE[dtype](view, i * DTYPES[dtype], v, rest.littleEndian ?? true);
  return volumeOf([values.length, 1, 1], dtype, bytes, rest);
};

const PLAIN = { transform: "none" };
const orders = [true, false];

/** (v - least) / (most - least), computed in integers as far as possible. */
function normalizedIntegers(values: readonly bigint[]): number[] {
  const [least, most] = values.reduce(([a, b], v) => [v < a ? v : a, v > b ? v : b], [values[0], values[0]]);
  return values.map((v) => Number(v - least) / Number(most - least));
}

test("integers of every width and byte order keep their differences", async ({ gpu }) => {
  const types = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"] as const;
  for (const dtype of types) {
    const values = integers(dtype);
    for (const littleEndian of orders) {
      const [{ normalized, statistics, filledCount }] = await stages(
        gpu,
        asVolume(values, dtype, { littleEndian }),
        [PLAIN],
      );
      const expected = normalizedIntegers(values);
      expect(worst(normalized.data, expected), dtype).toBeLessThan(2e-7);
      const extremes = [Math.min(...values.map(Number)), Math.max(...values.map(Number))];
      expect([statistics.min, statistics.max], dtype).toEqual(extremes);
      expect(filledCount, dtype).toBe(expected.filter((n) => n > 0).length);
    }
  }
});

test("large values with small differences: 2^53 + k, 7e17 + k, 2^31 + k, 1e9 + k, 1e-12 k", async ({
  gpu,
}) => {
  const k = Array.from({ length: 64 }, (_, i) => BigInt((i * 37) % 64));
  const cases: [string, Volume][] = [
    [
      "int64",
      asVolume(
        k.map((i) => 2n ** 53n + i),
        "int64",
      ),
    ],
    [
      "int64, negative",
      asVolume(
        k.map((i) => -(2n ** 53n) - 63n + i),
        "int64",
        { littleEndian: false },
      ),
    ],
    [
      "uint64",
      asVolume(
        k.map((i) => 700000000000000000n + i),
        "uint64",
      ),
    ],
    [
      "uint64, high",
      asVolume(
        k.map((i) => 2n ** 63n + i),
        "uint64",
      ),
    ],
    [
      "uint32",
      asVolume(
        k.map((i) => 2n ** 31n + i),
        "uint32",
      ),
    ],
    [
      "int32",
      asVolume(
        k.map((i) => -(2n ** 31n) + i),
        "int32",
      ),
    ],
    [
      "float64",
      asVolume(
        k.map((i) => 1e9 + Number(i)),
        "float64",
      ),
    ],
    [
      "float64, small steps",
      asVolume(
        k.map((i) => 1 + 1e-12 * Number(i)),
        "float64",
      ),
    ],
    ["tiny slope", asVolume(k.map(Number), "uint16", { slope: 1e-12 })],
    ["tiny slope, huge intercept", asVolume(k.map(Number), "uint16", { slope: 1e-30, intercept: 1e30 })],
  ];
  for (const [name, volume] of cases) {
    const [{ normalized }] = await stages(gpu, volume, [PLAIN]);
    expect(
      worst(
        normalized.data,
        k.map((i) => Number(i) / 63),
      ),
      name,
    ).toBeLessThan(name.includes("steps") ? 2e-3 : 1e-6);
    expect(new Set(normalized.data).size, name).toBe(64);
  }
});

test("a negative slope reverses the order of values", async ({ gpu }) => {
  const stored = [-100, -3, 0, 7, 101];
  for (const dtype of ["int8", "int16", "int32", "int64", "float16", "float32", "float64"] as const) {
    for (const littleEndian of orders) {
      const volume = asVolume(stored, dtype, { littleEndian, slope: -0.25, intercept: 1024.5 });
      const [{ normalized, statistics, words }] = await stages(gpu, volume, [PLAIN]);
      const expected = stored.map((v) => (101 - v) / 201);
      expect(worst(normalized.data, expected), dtype).toBeLessThan(1e-6);
      const alpha = expected.map((v) => Math.round(0xffff * v) / 0xffff);
      expect(worst(alphas(words), alpha), dtype).toBeLessThan(1e-6);
      expect([statistics.min, statistics.max], dtype).toEqual([999.25, 1049.5]);
    }
  }
});

test("floats of every width and byte order", async ({ gpu }) => {
  const values = [0, 1, -1, 0.5, -65504, 2 ** -14, 1 + 2 ** -10, 2047 / 16, 65504];
  expect(half(1 + 2 ** -10)).toBe(0x3c01);
  for (const dtype of ["float16", "float32", "float64"] as const) {
    for (const littleEndian of orders) {
      const [{ normalized }] = await stages(gpu, asVolume(values, dtype, { littleEndian }), [PLAIN]);
      expect(
        worst(
          normalized.data,
          values.map((v) => (v + 65504) / 131008),
        ),
        dtype,
      ).toBeLessThan(1e-7);
    }
  }
});

test("float32 denormals count as 0", async ({ gpu }) => {
  const [{ normalized }] = await stages(gpu, asVolume([0, 1e-45, 1e-40, 1], "float32"), [PLAIN]);
  expect(worst(normalized.data, [0, 0, 0, 1])).toBeLessThan(1e-7);
});

test("NaN, infinities and values beyond f32 are missing", async ({ gpu }) => {
  const values = [1, NaN, Infinity, -Infinity, 2, 1e39, -1e300, 3.4028236e38, Number.MAX_VALUE, 3];
  for (const dtype of ["float32", "float64"] as const) {
    for (const littleEndian of orders) {
      const [{ normalized, filledCount, statistics }] = await stages(
        gpu,
        asVolume(values, dtype, { littleEndian }),
        [PLAIN],
      );
      expect(worst(normalized.data, [0, NaN, NaN, NaN, 0.5, NaN, NaN, NaN, NaN, 1])).toBeLessThan(1e-6);
      expect(filledCount).toBe(2);
      expect(statistics).toEqual({ min: 1, max: 3, mean: 2, count: 3 });
    }
  }
  const halves = [1, NaN, 2, Infinity, -Infinity, 3];
  const [{ normalized }] = await stages(gpu, asVolume(halves, "float16"), [PLAIN]);
  expect(worst(normalized.data, [0, NaN, 0.5, NaN, NaN, 1])).toBeLessThan(1e-6);
});

test("values that slope and intercept make infinite are missing", async ({ gpu }) => {
  const rest = { slope: 1e38, intercept: 5 };
  const [{ normalized, statistics }] = await stages(gpu, asVolume([1, 20, -20, 3], "int8", rest), [PLAIN]);
  expect(worst(normalized.data, [0, NaN, NaN, 1])).toBeLessThan(1e-6);
  expect(statistics).toMatchObject({ min: 1e38 + 5, max: 3e38 + 5, count: 2 });
});

test("floats over the full range normalize without overflow", async ({ gpu }) => {
  const values = FLOATS.map((v) => (v === FLOATS[7] ? 3.4e38 : v));
  values.push(-3.4e38);
  for (const dtype of ["float32", "float64"] as const) {
    const [{ normalized }] = await stages(gpu, asVolume(values, dtype), [PLAIN]);
    expect(
      worst(
        normalized.data,
        values.map((v) => v / 6.8e38 + 0.5),
      ),
      dtype,
    ).toBeLessThan(1e-6);
  }
});

test("data whose length is not a multiple of four, and unaligned data, are uploaded completely", async ({
  gpu,
}) => {
  for (const length of [1, 2, 3, 5, 6, 7, 255, 257]) {
    for (const dtype of ["uint8", "int16"] as const) {
      const values = Array.from({ length }, (_, i) => (i * 7 + 1) % 128);
      const volume = asVolume(values, dtype);
      const { normalized } = await gpu.evaluate(
        async ([volume, texts]) => {
          const { GpuMemory, VoxelPipeline, device, settingsFrom } = window.engine;
          const gpu = await device();
          const shifted = new Uint8Array(volume.data.length + 3);
          shifted.set(volume.data, 3);
          const pipeline = new VoxelPipeline(new GpuMemory(gpu));
          await pipeline.update(
            { ...volume, data: shifted.subarray(3) } as typeof volume,
            settingsFrom(texts, [1, 1, 1, 1]),
          );
          const normalized = (await pipeline.read("normalized")).data;
          gpu.destroy();
          return { normalized };
        },
        [volume, PLAIN] as const,
      );
      const [least, most] = [Math.min(...values), Math.max(...values)];
      const expected = values.map((v) => (most > least ? (v - least) / (most - least) : 0));
      expect(worst(normalized, expected), `${length} ${dtype}`).toBeLessThan(1e-6);
    }
  }
});

test("volumes longer than a texture are stored in pieces: 4100 x 3 x 2, 3 x 2 x 5000, 2100 x 2100 x 3", async ({
  gpu,
}) => {
  const shapes = [
    [4100, 3, 2],
    [3, 2, 5000],
    [2100, 2100, 3],
  ] as const;
  for (const dims of shapes) {
    const wrong = await gpu.evaluate(
      async ([volume, texts]) => {
        const { GpuMemory, VoxelPipeline, plainDevice, settingsFrom } = window.engine;
        const gpu = await plainDevice();
        const [nx, ny, nz] = volume.dims;
        const data = Uint8Array.from({ length: nx * ny * nz }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
        const pipeline = new VoxelPipeline(new GpuMemory(gpu));
        await pipeline.update({ ...volume, data } as typeof volume, settingsFrom(texts, [1, 1, 1, 1]));
        const { data: normalized } = await pipeline.read("normalized");
        const { dims: grid } = pipeline.grid ?? { dims: [] };
        gpu.destroy();
        const wrong = normalized.findIndex((n, i) => Math.abs(255 * n - data[i]) > 1e-3);
        return { wrong, grid };
      },
      [volumeOf(dims, "uint8", new Uint8Array(dims[0] * dims[1] * dims[2])), PLAIN] as const,
    );
    expect(wrong).toEqual({ wrong: -1, grid: [...dims] });
  }
});
