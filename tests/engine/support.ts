/** What the engine's tests share: volumes made of numbers, and what the page makes of them. */

import type { Page } from "playwright/test";
import type { OptionTexts } from "../../src/view/options.ts";
import type { Dtype, Vec3, Volume } from "../../src/volume.ts";
import type { Field } from "../support/oracle.ts";

/** A volume of these bytes. */
export function volumeOf(dims: Vec3, dtype: Dtype, data: Uint8Array, rest: Partial<Volume> = {}): Volume {
  return {
    name: "test",
    dims,
    spacing: [1, 1, 1],
    affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    dtype,
    littleEndian: true,
    data,
    slope: 1,
    intercept: 0,
    frames: 1,
    frame: 0,
    ...rest,
  };
}

/** A float64 volume of this field's values. */
export function volumeFrom({ dims, values }: Field): Volume {
  return volumeOf(dims, "float64", new Uint8Array(values.buffer));
}

/** The stages of `volume` with one pipeline, for each of `options` in turn. */
export function stages(gpu: Page, volume: Volume, options: readonly OptionTexts[], maxVoxels?: number) {
  return gpu.evaluate(
    async ([volume, options, maxVoxels]) => {
      const { VoxelPipeline, device, readBuffer, settingsFrom } = window.engine;
      const gpu = await device();
      const pipeline = new VoxelPipeline(gpu, maxVoxels);
      const results = [];
      for (const texts of options) {
        const { grid, ran } = await pipeline.update(volume, settingsFrom(texts, [1, 1, 1, 1]));
        const [normalized, transformed, resized, voxels] = [
          await pipeline.read("normalized"),
          await pipeline.read("transformed"),
          await pipeline.read("resized"),
          await pipeline.read("voxels"),
        ];
        results.push({
          ran,
          normalized,
          transformed,
          resized,
          words: voxels.data as Uint32Array,
          dims: voxels.dims,
          first: grid.first,
          gridDims: grid.gridDims,
          filledCount: grid.filledCount,
          bricks: new Uint32Array(await readBuffer(gpu, grid.bricks)),
          statistics: await pipeline.readStatistics(),
          histograms: {
            normalized: await pipeline.histogram("normalized", 50),
            transformed: await pipeline.histogram("transformed", 50),
          },
        });
      }
      pipeline.destroy();
      gpu.destroy();
      return results;
    },
    [volume, options, maxVoxels] as const,
  );
}

/** Alpha before opacity, 0 to 1, of voxel words. */
export const alphas = (words: Uint32Array) =>
  Float64Array.from(words, (word) => (word & 0xffffff) / 0xffffff);

/** Colour map entries of voxel words. */
export const colors = (words: Uint32Array) => Uint8Array.from(words, (word) => word >>> 24);
