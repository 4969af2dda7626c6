/** Stage 1 on the GPU: stored bytes of every type and byte order to f32, against a DataView. */

import type { Page } from "playwright/test";
import { DTYPES, type Dtype, type Vec3, type Volume } from "../../src/volume.ts";
import { expect, test } from "../support/gpu.ts";
import { half } from "../support/make-volume.ts";
import { field, resize, worst } from "../support/oracle.ts";
import { stages, volumeOf } from "./support.ts";

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

/** Zero, both ends of the range, and neighbours of powers of 256: an odd number, so that bytes are left over. */
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

const asVolume = (values: readonly (number | bigint)[], dtype: Dtype, rest: Partial<Volume> = {}): Volume => {
  const bytes = new Uint8Array(values.length * DTYPES[dtype]);
  const view = new DataView(bytes.buffer);
  for (const [i, v] of values.entries()) WRITE[dtype](view, i * DTYPES[dtype], v, rest.littleEndian ?? true);
  return volumeOf([values.length, 1, 1], dtype, bytes, rest);
};

/** The decoded values of each volume, NaN where missing. */
function decode(gpu: Page, volumes: readonly Volume[], dims?: Vec3): Promise<Float32Array[]> {
  return gpu.evaluate(
    async ([volumes, dims]) => {
      const { Decode, MISSING, Resize, device, readBuffer } = window.engine;
      const gpu = await device();
      const resize = new Resize(gpu);
      const decode = new Decode(gpu, resize);
      const decoded = [];
      for (const volume of volumes) {
        const values = decode.run(volume, dims ?? volume.dims);
        decoded.push(new Float32Array(await readBuffer(gpu, values)).map((v) => (v === MISSING ? NaN : v)));
        values.destroy();
      }
      for (const one of [decode, resize, gpu]) one.destroy();
      return decoded;
    },
    [volumes, dims] as const,
  );
}

const orders = [true, false];
const bothOrders = (values: readonly (number | bigint)[], dtype: Dtype) =>
  orders.map((littleEndian) => asVolume(values, dtype, { littleEndian }));

test("integers of up to 32 bits decode to the nearest f32", async ({ gpu }) => {
  const types = ["uint8", "int8", "uint16", "int16", "uint32", "int32"] as const;
  const decoded = await decode(
    gpu,
    types.flatMap((dtype) => bothOrders(integers(dtype), dtype)),
  );
  const expected = types.flatMap((dtype) =>
    orders.map(() => integers(dtype).map((v) => Math.fround(Number(v)))),
  );
  expect(decoded.map((values) => [...values])).toEqual(expected);
});

test("64-bit integers decode to within two units in the last place", async ({ gpu }) => {
  for (const dtype of ["uint64", "int64"] as const) {
    const values = integers(dtype);
    for (const decoded of await decode(gpu, bothOrders(values, dtype))) {
      const errors = values.map(
        (v, i) => Math.abs(decoded[i] - Number(v)) / Math.max(1, Math.abs(Number(v))),
      );
      expect(Math.max(...errors)).toBeLessThan(2 ** -22);
      expect(decoded.map(Math.sign)).toEqual(Float32Array.from(values, (v) => Math.sign(Number(v))));
    }
  }
});

test("small 64-bit integers, either sign, decode exactly", async ({ gpu }) => {
  const values = [
    0,
    1,
    -1,
    255,
    -256,
    65537,
    -8388607,
    16777216,
    -16777216,
    2 ** 32,
    -(2 ** 32),
    2 ** 40,
    -(2 ** 40),
  ];
  for (const decoded of await decode(gpu, bothOrders(values, "int64"))) expect([...decoded]).toEqual(values);
});

test("floats decode to the nearest f32", async ({ gpu }) => {
  const expected = FLOATS.map(Math.fround);
  const volumes = (["float32", "float64"] as const).flatMap((dtype) => bothOrders(FLOATS, dtype));
  for (const decoded of await decode(gpu, volumes)) expect([...decoded]).toEqual(expected);
});

test("float16 decodes exactly, in either byte order; NaN and infinities are missing", async ({ gpu }) => {
  const values = [0, 1, -1, 0.5, -65504, 2 ** -14, 1 + 2 ** -10, NaN, Infinity, -Infinity, 2047 / 16];
  const expected = values.map((v) => (Number.isFinite(v) ? v : NaN));
  expect(half(1 + 2 ** -10)).toBe(0x3c01);
  for (const decoded of await decode(gpu, bothOrders(values, "float16"))) {
    expect([...decoded]).toEqual(expected);
  }
});

test("float64 rounds halves to even, carries into the exponent, and takes what is too small for 0", async ({
  gpu,
}) => {
  const ulp = 2 ** -23;
  const values = [
    ...[1 + ulp / 2, 1 + (3 * ulp) / 2, 1 + ulp / 2 + 2 ** -52, 1 + ulp / 2 - 2 ** -52],
    ...[2 - ulp / 4, -(2 - ulp / 4), 2 - ulp / 2, 4 - ulp, 3.4028235677973362e38, -3.4028232e38],
  ];
  for (const decoded of await decode(gpu, bothOrders(values, "float64"))) {
    expect([...decoded]).toEqual(values.map(Math.fround));
  }
  const tiny = [1e-45, 1e-40, -1e-40, 5e-324, -1e-300, 1e-39];
  const [decoded] = await decode(gpu, [asVolume(tiny, "float64")]);
  expect(worst(decoded, tiny)).toBeLessThan(2 ** -126);
});

test("float32 denormals are as good as 0", async ({ gpu }) => {
  const tiny = [1e-45, 1e-40, -1e-40, 1];
  const [decoded] = await decode(gpu, [asVolume(tiny, "float32")]);
  expect(worst(decoded.subarray(0, 3), tiny.slice(0, 3))).toBeLessThan(2 ** -126);
  expect(decoded[3]).toBe(1);
});

test("NaN, infinities and what exceeds f32 are missing", async ({ gpu }) => {
  const values = [1, NaN, Infinity, -Infinity, 2, 1e39, -1e300, 3.4028236e38, Number.MAX_VALUE, 3];
  const expected = [1, NaN, NaN, NaN, 2, NaN, NaN, NaN, NaN, 3];
  const volumes = (["float32", "float64"] as const).flatMap((dtype) => bothOrders(values, dtype));
  for (const decoded of await decode(gpu, volumes)) expect([...decoded]).toEqual(expected);
  const [{ normalized, filledCount, statistics }] = await stages(gpu, volumes[0], [{ transform: "none" }]);
  expect(worst(normalized.data, [0, NaN, NaN, NaN, 0.5, NaN, NaN, NaN, NaN, 1])).toBeLessThan(1e-6);
  expect(filledCount).toBe(2);
  expect(statistics).toEqual({ min: 1, max: 3, mean: 2, count: 3 });
});

test("slope and intercept apply to the stored value, and what they make infinite is missing", async ({
  gpu,
}) => {
  const stored = [-32768, -3, 0, 7, 32767];
  const volumes = orders.map((littleEndian) =>
    asVolume(stored, "int16", { littleEndian, slope: -0.25, intercept: 1024.5 }),
  );
  for (const decoded of await decode(gpu, volumes)) {
    expect([...decoded]).toEqual(stored.map((v) => v * -0.25 + 1024.5));
  }
  const [decoded] = await decode(gpu, [asVolume([1, 20, -20], "int8", { slope: 1e38, intercept: 5 })]);
  expect([...decoded]).toEqual([Math.fround(1e38), NaN, NaN]);
});

test("lengths that are no multiple of four bytes keep their last voxels", async ({ gpu }) => {
  const lengths = [1, 2, 3, 5, 6, 7, 255, 257];
  for (const dtype of ["uint8", "int16"] as const) {
    const values = lengths.map((n) => Array.from({ length: n }, (_, i) => (i * 7 + 1) % 128));
    const decoded = await decode(
      gpu,
      values.map((v) => asVolume(v, dtype)),
    );
    expect(decoded.map((v) => [...v])).toEqual(values);
  }
});

test("bytes that start anywhere in their buffer are taken from there", async ({ gpu }) => {
  const { data } = asVolume([5, -6, 7], "int16");
  const shifted = new Uint8Array(data.length + 3);
  shifted.set(data, 3);
  const decoded = await gpu.evaluate(
    async ([volume, bytes]) => {
      const { Decode, Resize, device, readBuffer } = window.engine;
      const gpu = await device();
      const decode = new Decode(gpu, new Resize(gpu));
      return new Float32Array(
        await readBuffer(gpu, decode.run({ ...volume, data: bytes.subarray(3) }, volume.dims)),
      );
    },
    [asVolume([0, 0, 0], "int16"), shifted] as const,
  );
  expect([...decoded]).toEqual([5, -6, 7]);
});

test("more than one slab decodes, and reduces, as one would", async ({ gpu }) => {
  // 72 MiB as float64, where a slab has 64; made in the page, for the way there is long.
  const dims: Vec3 = [256, 256, 144];
  const small: Vec3 = [5, 7, 19];
  const [whole, reduced] = await gpu.evaluate(
    async ([volume, small]) => {
      const { Decode, Resize, device, readBuffer } = window.engine;
      const gpu = await device();
      const decode = new Decode(gpu, new Resize(gpu));
      const n = volume.dims[0] * volume.dims[1] * volume.dims[2];
      const data = new Uint8Array(
        Float64Array.from({ length: n }, (_, i) => Math.imul(i, 0x9e3779b1) >> 8).buffer,
      );
      const values = new Float32Array(await readBuffer(gpu, decode.run({ ...volume, data }, volume.dims)));
      const wrong = values.findIndex((v, i) => v !== Math.imul(i, 0x9e3779b1) >> 8);
      return [
        wrong,
        new Float32Array(await readBuffer(gpu, decode.run({ ...volume, data }, small))),
      ] as const;
    },
    [volumeOf(dims, "float64", new Uint8Array(0)), small] as const,
  );
  expect(whole).toBe(-1);
  const source = field(dims, (x, y, z) => Math.imul(x + 256 * (y + 256 * z), 0x9e3779b1) >> 8);
  expect(worst(reduced, resize(source, small).values) / 2 ** 23).toBeLessThan(1e-6);
});
