/**
 * Labels and masks on the GPU: each voxel has the number of its label, even if labels are hidden, resized, or replaced.
 */

import { labelsOf } from "../../src/options/labels.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import { profileOf } from "../../src/values/profile.ts";
import type { Vec3 } from "../../src/volume.ts";
import "../support/all-colormaps.ts";
import { expect, test } from "../support/gpu.ts";
import { size, statistics } from "../support/oracle.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { covered } from "../support/png.ts";
import type { VolumeWithData } from "../support/volume-data.ts";
import { labelVolume, maskVolume, volumeBy, volumeOf } from "../support/volumes.ts";
import { alphas, colors, expectDecibels, pictures, stages } from "./support.ts";
import { valuesOf } from "./voxel-words.ts";

/** Labels of 8 bytes that differ by 1 at 2^59, with or without a background of 0. */
function twins(background: boolean): VolumeWithData {
  const { dims, data } = labelVolume(6, "uint8", 10);
  const id = (label: number) => (background && label === 0 ? 0n : 720575940500000000n + BigInt(label));
  const ids = BigUint64Array.from(data, id);
  return volumeOf(dims, "uint64", new Uint8Array(ids.buffer));
}

const LABELS: Record<string, VolumeWithData> = {
  uint8: labelVolume(7, "uint8", 10),
  "int16, big-endian, with a slope": labelVolume(9, "int16", 10, { littleEndian: false, slope: 10 }),
  int32: labelVolume(12, "int32", 10),
  "float32 with NaN": volumeBy([10, 10, 10], "float32", (x, y, z) => (z > 7 ? NaN : (x >> 2) + 4 * (y >> 3))),
  "float64 with a falling slope": labelVolume(5, "float64", 10, { slope: -1, intercept: 6 }),
  "uint64, twins that float64 cannot tell apart": twins(false),
  "uint64, twins over a background of 0": twins(true),
};

/** The level of each voxel, -1 if it is missing. */
async function ranksOf(volume: VolumeWithData): Promise<readonly number[]> {
  if (volume.dtype === "uint64") {
    const ids = [...new BigUint64Array(volume.data.slice().buffer)];
    const sorted = [...new Set(ids)].sort((a, b) => (a < b ? -1 : 1));
    return ids.map((id) => sorted.indexOf(id));
  }
  const { levels } = await profileOf(volume);
  return [...valuesOf(volume)].map((value) => levels.values.indexOf(value));
}

/** For each voxel of a grid with other dimensions, the nearest voxel of the source. */
function nearest([nx, ny, nz]: Vec3, [sx, sy, sz]: Vec3): number[] {
  const at = (i: number, n: number, s: number) => Math.floor(((i + 0.5) * s) / n);
  return Array.from({ length: nx * ny * nz }, (_, i) => {
    const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / nx / ny)];
    return at(x, nx, sx) + sx * (at(y, ny, sy) + sy * at(z, nz, sz));
  });
}

for (const [name, volume] of Object.entries(LABELS)) {
  test(`labels, ${name}: each voxel has the number of its label at any resolution`, async ({ gpu }) => {
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

test("statistics are those of the values for every kind", async ({ gpu }) => {
  for (const volume of [LABELS.uint8, LABELS.int32, LABELS["float32 with NaN"]]) {
    const { min, max, mean, count } = statistics(valuesOf(volume));
    const kinds = ["intensity", "labels"].map((kind) => ({ kind }));
    for (const { statistics: result } of await stages(gpu, volume, kinds)) {
      expect(result).toMatchObject({ min, max, count });
      expect(Math.abs(result.mean - mean)).toBeLessThan(1e-5 * Math.max(Math.abs(min), Math.abs(max)));
    }
  }
});

test("labels: `only` and `hide` empty the other labels and change nothing else", async ({ gpu }) => {
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

test("labels: no brick is lost when most labels are hidden", async ({ gpu }) => {
  const volume = labelVolume(40, "int32", 24);
  const shot = { kind: "labels", only: "17 31-33", width: 120, shade: "smooth", opacity: "0.6" };
  const [exact, unskipping] = await pictures(gpu, volume, [
    { ...shot, blend: "exact" },
    { ...shot, blend: "unskipping" },
  ]);
  expect(covered(exact)).toBeGreaterThan(100);
  expectDecibels("labels-bricks", exact, unskipping, 60);
});

test("labels with too many voxels are resized to the nearest, without inventing labels", async ({ gpu }) => {
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

test("a mask's shape is the value that is not 0 or not NaN, or the greater value", async ({ gpu }) => {
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

test("more than 65,536 distinct values as labels are an invalid option, and nothing is drawn", async ({
  gpu,
}) => {
  const next = (x: number, y: number, z: number) => x + 42 * (y + 41 * z);
  // In the second volume, NaN would be the 65,537th.
  const volumes = [next, (...p: [number, number, number]) => (next(...p) < 65536 ? next(...p) : NaN)].map(
    (value) => volumeBy([42, 41, 40], "float32", value),
  );
  for (const volume of volumes) {
    const result = await gpu.evaluate(async (volume) => {
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
    expect(result.error).toMatchObject({ code: "invalid-option" });
    expect(result.error?.message).toMatch(
      /^kind: more than 65,536 different values are no labels; set kind="intensity"/,
    );
    expect(result.hasGrid).toBe(false);
    expect(result.filled).toBeGreaterThan(1000);
  }
});

test("a pipeline that changes from kind to kind gives the same result as a new one", async ({ gpu }) => {
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
