/** Raw values on the CPU: every type in both byte orders, slope and intercept, slices along each axis. */

import { expect, test } from "playwright/test";
import { memoryVolume, type VolumeInMemory } from "../../src/memory-volume.ts";
import { planeAxes, rangeOf, sliceOf } from "../../src/values/slices.ts";
import { valueAt } from "../../src/values/value-at.ts";
import { DTYPES, type Dtype, type Vec3 } from "../../src/volume.ts";
import { voxels } from "../support/make-volume.ts";

const DIMS: Vec3 = [4, 3, 2];
/** The voxel at an index, x fastest. */
const voxelAt = (i: number): Vec3 => [i % 4, Math.floor(i / 4) % 3, Math.floor(i / 12)];

const volume = (changes: Partial<VolumeInMemory> & Pick<VolumeInMemory, "dtype" | "data">) =>
  memoryVolume({ dims: DIMS, ...changes });

const EXTREMES: Record<Dtype, [low: number, high: number]> = {
  uint8: [0, 255],
  int8: [-128, 127],
  uint16: [0, 65535],
  int16: [-32768, 32767],
  uint32: [0, 2 ** 32 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint64: [0, 2 ** 53],
  int64: [-(2 ** 53), 2 ** 53],
  float16: [2 ** -24, -65504],
  float32: [-1.5, 0.1],
  float64: [-1e-9, Math.PI],
};

for (const dtype of Object.keys(DTYPES) as Dtype[]) {
  for (const littleEndian of [true, false]) {
    test(`reads ${dtype}, ${littleEndian ? "little" : "big"}-endian, with slope and intercept`, async () => {
      const [low, high] = EXTREMES[dtype];
      const value = (i: number) => (i === 5 ? low : i === 7 ? high : i);
      // At an odd offset, as can happen in a file.
      const bytes = voxels({ dims: [...DIMS], dtype, bigEndian: !littleEndian, value });
      const data = new Uint8Array(bytes.length + 3).subarray(3);
      data.set(bytes);
      const plain = volume({ dtype, littleEndian, data });
      const stored = dtype === "float32" ? Math.fround : (x: number) => x;
      for (const i of [0, 1, 5, 7, 23]) expect(await valueAt(plain, voxelAt(i))).toBe(stored(value(i)));
      const scaled = volume({ dtype, littleEndian, data, slope: -0.5, intercept: 3 });
      for (const i of [0, 1, 5, 7, 23])
        expect(await valueAt(scaled, voxelAt(i))).toBe(stored(value(i)) * -0.5 + 3);
      await expect(valueAt(plain, [0, 0, 2])).rejects.toThrow(RangeError);
    });
  }
}

test("NaN, infinities and values beyond f32 are missing", async () => {
  const odd = [1, Number.NaN, Infinity, -Infinity, 3.5e38, 3.4e38];
  const data = voxels({ dims: [6, 1, 1], dtype: "float64", value: (i) => odd[i] });
  const read = volume({ dims: [6, 1, 1], dtype: "float64", data });
  expect(await Promise.all(odd.map((_, i) => valueAt(read, [i, 0, 0])))).toEqual([
    1,
    NaN,
    NaN,
    NaN,
    NaN,
    3.4e38,
  ]);
  expect(rangeOf((await sliceOf(read, 2, 0)).values)).toEqual([1, 3.4e38]);
  expect(rangeOf(Float64Array.of(Number.NaN))).toBeUndefined();
});

test("a slice has the lower axis along its rows, and every voxel of the plane once", async () => {
  const data = voxels({ dims: [...DIMS], dtype: "uint8", value: (i) => i });
  const read = volume({ dtype: "uint8", data });
  expect(Array.from((await sliceOf(read, 2, 1)).values)).toEqual([
    12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
  ]);
  expect(Array.from((await sliceOf(read, 1, 2)).values)).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
  expect(Array.from((await sliceOf(read, 0, 3)).values)).toEqual([3, 7, 11, 15, 19, 23]);
  const { width, height } = await sliceOf(read, 0, 3);
  expect([width, height]).toEqual([3, 2]);
  expect([0, 1, 2].map((axis) => planeAxes(axis as 0 | 1 | 2))).toEqual([
    [1, 2],
    [0, 2],
    [0, 1],
  ]);
  await expect(sliceOf(read, 2, 2)).rejects.toThrow(RangeError);
  await expect(sliceOf(read, 0, -1)).rejects.toThrow(RangeError);
});
