/** The scenes for all programs: the input as 8-bit values, and as coloured cubes. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { palette } from "../../src/options/colormaps.ts";
import { fromBytes, readVolume } from "../../src/read/index.ts";
import type { Vec3, Volume } from "../../src/volume.ts";
import { niftiFile } from "../nifti-file.ts";
import { resampledToUint8 } from "../resample.ts";
import type { SceneName } from "./programs.ts";

/** Dimensions of the volume, about the same as a head at 1 mm. */
export const LARGE: Vec3 = [188, 256, 190];
/** Side of the grid of cubes in voxels, and maximum number of cubes (the voxels with the highest values). */
const CUBES_SIDE = 50;
const CUBES = 65_000;
/**
 * Values below this are set to 0, as in the article, which makes the noise around a head empty space for all programs.
 */
const FLOOR = 0.1;

export interface Scene {
  readonly name: SceneName;
  readonly dims: Vec3;
  /** Number of visible voxels. */
  readonly filled: number;
  /** A .nii file, or red, green, blue and alpha of each cube of the grid, 0 to 255. */
  readonly bytes: Uint8Array;
}

/** The volume in the file `path`; the largest if there are several. */
export async function readInput(path: string): Promise<Volume> {
  const bytes = new Uint8Array(await readFile(path));
  return (await readVolume(fromBytes(basename(path), bytes))).volume;
}

export function makeScene(name: SceneName, volume: Volume): Promise<Scene> {
  return name === "volume" ? volumeScene(volume) : cubesScene(volume);
}

async function volumeScene(volume: Volume): Promise<Scene> {
  const values = await sceneValues(volume, LARGE);
  const filled = values.reduce((sum, value) => sum + Number(value > 0), 0);
  return { name: "volume", dims: LARGE, filled, bytes: niftiFile(LARGE, values) };
}

async function cubesScene(volume: Volume): Promise<Scene> {
  const dims: Vec3 = [CUBES_SIDE, CUBES_SIDE, CUBES_SIDE];
  const values = await sceneValues(volume, dims);
  const threshold = thresholdFor(values, CUBES);
  const rgba = new Uint8Array(4 * values.length);
  const colors = viridis();
  let filled = 0;
  for (const [i, value] of values.entries()) {
    if (value < threshold) continue;
    rgba.set([...colors[value], value], 4 * i);
    filled++;
  }
  return { name: "cubes", dims, filled, bytes: rgba };
}

const sceneValues = async (volume: Volume, dims: Vec3) =>
  (await resampledToUint8(volume, dims)).map((value) => (value < 255 * FLOOR ? 0 : value));

/** The lowest value, at least 1, that at most `most` values reach. */
function thresholdFor(values: Uint8Array, most: number): number {
  const counts = new Uint32Array(256);
  for (const value of values) counts[value]++;
  let reached = 0;
  for (let threshold = 255; threshold > 0; threshold--) {
    reached += counts[threshold];
    if (reached > most) return threshold + 1;
  }
  return 1;
}

/** The 256 colours of viridis, 0 to 255. */
export function viridis(): number[][] {
  return [...palette("viridis")].map((color) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255]);
}
