/** Shared by the engine's tests: volumes made of numbers, and what the page computes from them. */

import { type Page, test } from "playwright/test";
import type { OptionTexts } from "../../src/options/options.ts";
import type { Vec3, Volume } from "../../src/volume.ts";
import { type Field, field, random } from "../support/oracle.ts";
import { decibels, expectAlike } from "../support/pictures.ts";
import type { Picture } from "../support/png.ts";
import { volumeOf } from "../support/volumes.ts";
import type { Blend, RenderCase } from "./render-cases.ts";

/** A float64 volume with this field's values. */
export function volumeFrom({ dims, values }: Field): Volume {
  return volumeOf(dims, "float64", new Uint8Array(values.buffer));
}

/** Noise in which about this share of the voxels is filled, most of them with a low alpha. */
export function noise(dims: Vec3, share: number, seed = 1): Field {
  const next = random(seed);
  return field(dims, () => (next() < share ? Math.fround(0.01 + next() ** 3) : 0));
}

/** Shells in a ball, off the centre, like a head's: thick skin and bone, folds inside, nothing outside. */
export function phantom(n: number): Field {
  return field([n, n, n], (...p) => {
    const [x, y, z] = p.map((i) => (2 * (i + 0.5)) / n - 1);
    const radius = Math.hypot(x - 0.05, y / 0.9, z / 0.85);
    if (radius > 0.95) return 0;
    if (radius > 0.85) return 0.4;
    if (radius > 0.75) return 0.9;
    return Math.fround(0.3 + 0.25 * Math.sin(9 * x) * Math.cos(8 * y + 5 * z));
  });
}

/** The stages of `volume` with one pipeline, for each of `options` in turn. `budget`: bytes of GPU memory. */
export function stages(gpu: Page, volume: Volume, options: readonly OptionTexts[], budget?: number) {
  return gpu.evaluate(
    async ([volume, options, budget]) => {
      const { GpuMemory, VoxelPipeline, device, settingsFrom } = window.engine;
      const gpu = await device();
      const memory = new GpuMemory(gpu, budget);
      const pipeline = new VoxelPipeline(memory);
      const results = [];
      for (const texts of options) {
        const ran = await pipeline.update(volume, settingsFrom(texts, [1, 1, 1, 1]));
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
          scale: pipeline.scale,
          palette: pipeline.palette,
          gridDims: pipeline.grid?.dims,
          cutDims: pipeline.grid?.cutDims,
          filledCount: await pipeline.countFilled(),
          statistics: await pipeline.readStatistics(),
          histograms: {
            normalized: await pipeline.histogram("normalized", 50),
            transformed: await pipeline.histogram("transformed", 50),
          },
        });
      }
      pipeline.destroy();
      if (memory.bytes > 0) throw new Error(`${memory.bytes} bytes of GPU memory were not given back`);
      gpu.destroy();
      return results;
    },
    [volume, options, budget] as const,
  );
}

/** The voxel words of these fields, computed one after another by one pipeline. */
export function voxelWords(gpu: Page, fields: readonly Field[], options: OptionTexts) {
  return gpu.evaluate(
    async ([volumes, options]) => {
      const { GpuMemory, VoxelPipeline, device, settingsFrom } = window.engine;
      const gpu = await device();
      const pipeline = new VoxelPipeline(new GpuMemory(gpu));
      const words = [];
      for (const volume of volumes) {
        await pipeline.update(volume, settingsFrom(options, [1, 1, 1, 1]));
        words.push((await pipeline.read("voxels")).data as Uint32Array);
      }
      pipeline.destroy();
      gpu.destroy();
      return words;
    },
    [fields.map(volumeFrom), options] as const,
  );
}

/** Alpha of voxel words before opacity, 0 to 1. */
export const alphas = (words: Uint32Array) => Float64Array.from(words, (word) => (word & 0xffff) / 0xffff);

/** Palette indexes of voxel words; 0 if they are empty. */
export const colors = (words: Uint32Array) =>
  Uint16Array.from(words, (word) => (word & 0xffff ? word >>> 16 : 0));

/** Pictures of a volume, on a device with all available features, or with none (`plain`). */
export function pictures(gpu: Page, volume: Volume, shots: readonly RenderCase[], plain = false) {
  return gpu.evaluate(
    async ([volume, shots, plain]) => {
      const { device, plainDevice, render } = window.engine;
      const gpu = await (plain ? plainDevice() : device());
      const rendered = await render(gpu, volume, shots);
      gpu.destroy();
      return rendered;
    },
    [volume, shots, plain] as const,
  );
}

type View = Omit<RenderCase, "blend">;

/** Pictures of each of `views` with each of these blends, by name. */
export async function blended<Name extends string, B extends Blend>(
  gpu: Page,
  volume: Volume,
  views: Readonly<Record<Name, View>>,
  blends: readonly B[],
): Promise<Map<Name, Record<B, Picture>>> {
  const names = Object.keys(views) as Name[];
  const shots = names.flatMap((name) => blends.map((blend): RenderCase => ({ ...views[name], blend })));
  const rendered = await pictures(gpu, volume, shots);
  const group = (i: number) => blends.map((blend, k) => [blend, rendered[i * blends.length + k]]);
  return new Map(names.map((name, i) => [name, Object.fromEntries(group(i))]));
}

/** Adds a figure to the test's report. */
export function note(type: string, figure: number): void {
  test.info().annotations.push({ type, description: figure.toFixed(2) });
}

/** Adds the similarity of two pictures to the report, and fails if it is below `least` dB. */
export function expectDecibels(name: string, ours: Picture, theirs: Picture, least: number): void {
  note(`${name} (dB)`, decibels(ours, theirs));
  expectAlike(name, ours, theirs, least);
}
