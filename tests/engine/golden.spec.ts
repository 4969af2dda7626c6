/** The head in the GPU's stages, compared with the article's pipeline in Python (../shared/reference/golden). */

import { palette } from "../../src/options/colormaps.ts";
import { expect, test } from "../support/gpu.ts";
import { golden, goldenArray, HEAD_IS_HERE, headVolume } from "../support/head.ts";
import { statistics as measure, worst } from "../support/oracle.ts";
import { alphas, colors, stages } from "./support.ts";

test.skip(!HEAD_IS_HERE, "../shared, which has the goldens, is not here");

/** Converts an array in NumPy's order (last axis fastest) to x fastest, for its first three axes. */
function xFastest({ data, shape: [nx, ny, nz, channels = 1] }: ReturnType<typeof goldenArray>): Float64Array {
  return Float64Array.from(data, (_, i) => {
    const [c, voxel] = [i % channels, Math.floor(i / channels)];
    const [x, y, z] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / nx / ny)];
    return data[((x * ny + y) * nz + z) * channels + c];
  });
}

/** Voxels that differ from the reference `rgba`, and how many differ by more than one step of alpha or colour map. */
function compareColors(words: Uint32Array, rgba: Float64Array) {
  const rgb = Array.from(palette("viridis"), (c) => [c & 255, (c >> 8) & 255, (c >> 16) & 255].join());
  const [alpha, entry] = [alphas(words), colors(words)];
  const difference = { voxels: 0, beyondOneStep: 0 };
  for (let i = 0; i < words.length; i++) {
    const [r, g, b, a] = rgba.subarray(4 * i, 4 * i + 4);
    const color = [r, g, b].join();
    if (rgb[entry[i]] === color && Math.round(255 * alpha[i]) === a) continue;
    difference.voxels++;
    const near = [entry[i] - 1, entry[i], entry[i] + 1].some((e) => rgb[e] === color);
    if (!near || Math.abs(Math.round(255 * alpha[i]) - a) > 1) difference.beyondOneStep++;
  }
  return difference;
}

test("every stage of the head, its views, statistics and histograms match the reference", async ({ gpu }) => {
  const volume = await headVolume();
  const stats = JSON.parse(golden("stats.json").toString());
  const views = ["full", "cut", "diagonal"];
  const options = views.map((view) => ({ view, resolution: "50" }));
  const results = await stages(gpu, volume, options);
  const { normalized, transformed, resized, statistics, histograms } = results[0];

  const [nx, ny] = volume.dims;
  const { data: index } = goldenArray("sample_index");
  const sampled = (values: ArrayLike<number>) =>
    Array.from({ length: index.length / 3 }, (_, i) => {
      const [x, y, z] = index.subarray(3 * i, 3 * i + 3);
      return values[x + nx * (y + ny * z)];
    });
  const { mean } = measure(transformed.data);
  const moved = (ours: Uint32Array, theirs: number[]) =>
    theirs.reduce((sum, n, i) => sum + Math.abs(n - ours[i]), 0) / 2 / normalized.data.length;
  const differences = {
    mean: Math.abs(statistics.mean / stats.raw.mean - 1),
    normalized: worst(sampled(normalized.data), goldenArray("sample_normalized").data),
    transformed: worst(sampled(transformed.data), goldenArray("sample_transformed").data),
    transformedMean: Math.abs(mean - stats.transformed.mean),
    resized: worst(resized.data, xFastest(goldenArray("resized_50"))),
    normalizedHistogram: moved(histograms.normalized, stats.histogram_normalized_50_bins.counts),
    transformedHistogram: moved(histograms.transformed, stats.histogram_transformed_50_bins.counts),
    rgba: compareColors(results[1].words, xFastest(goldenArray("rgba_cut_50"))),
  };
  test.info().annotations.push({ type: "differences", description: JSON.stringify(differences) });

  const { min, max } = stats.raw;
  expect(statistics).toMatchObject({ min, max, count: normalized.data.length });
  expect(differences.mean).toBeLessThan(1e-6);
  expect(differences.normalized).toBeLessThan(1e-5);
  expect(differences.transformed).toBeLessThan(1e-5);
  expect(differences.transformedMean).toBeLessThan(1e-5);
  expect(differences.resized).toBeLessThan(2e-5);
  expect(differences.normalizedHistogram).toBeLessThan(1e-4);
  expect(differences.transformedHistogram).toBeLessThan(1e-4);
  expect(differences.rgba.beyondOneStep).toBe(0);
  expect(differences.rgba.voxels / results[1].words.length).toBeLessThan(0.005);
  for (const [i, view] of views.entries()) {
    expect(results[i].dims, view).toEqual(stats[view].shape);
    expect(results[i].filledCount, view).toBe(stats[view].filled_voxels);
  }
});
