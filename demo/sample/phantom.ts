/**
 * Phantom: a computed head in the grid of the article's structural image. It is not a scan of a person: it is computed
 * from formulas, with the same result on every machine.
 */
import type { Vec3 } from "../../src/volume.ts";
import { distanceFromWhite } from "./cortex.ts";
import { average, FIELD_OF_VIEW, fill, type Grid } from "./grid.ts";
import { normalNoise } from "./noise.ts";
import { clamp } from "./shapes.ts";
import { signal } from "./tissue.ts";

/** The article's structural grid: voxels of 1 x 1 x 2 mm. */
export const STRUCTURAL: Vec3 = [157, 189, 68];

/** Highest value stored, and the standard deviation of the noise in each channel, in the units of the signal. */
const BRIGHTEST = 1889;
const NOISE = 11;

/** Signal of the head in cubes of 1 mm, before a scanner sees it. */
export function headModel(): Grid {
  const white = distanceFromWhite(1);
  return fill(1, (x, y, z, n) => signal(x, y, z, white.data[n]));
}

/** Scans a model: mean signal of each of `dims` voxels of `spacing` mm, shading of the coil, Rician noise. */
export function scan(model: Grid, dims: Vec3, spacing: Vec3): Int16Array {
  const mean = average(model, dims, spacing);
  const [nx, ny, nz] = dims;
  return Int16Array.from(mean, (v, n) => {
    const x = (n % nx) / nx - 0.5;
    const y = (Math.floor(n / nx) % ny) / ny - 0.5;
    const z = Math.floor(n / (nx * ny)) / nz - 0.5;
    const shading = 1.03 - 0.06 * (x * x + y * y) + 0.04 * x + 0.05 * z;
    const real = v * shading + NOISE * normalNoise(n, 21);
    const imaginary = NOISE * normalNoise(n, 22);
    return Math.round(clamp(Math.sqrt(real * real + imaginary * imaginary), 0, BRIGHTEST));
  });
}

/** Distance in mm between voxels if `dims` of them span the field of view. */
export function spacingOf(dims: Vec3): Vec3 {
  return [FIELD_OF_VIEW[0] / dims[0], FIELD_OF_VIEW[1] / dims[1], FIELD_OF_VIEW[2] / dims[2]];
}

/** T1-weighted head, x fastest, in the same field of view of 157 x 189 x 136 mm whatever `dims` is. */
export function headPhantom(dims: Vec3 = STRUCTURAL, model = headModel()): Int16Array {
  return scan(model, dims, spacingOf(dims));
}
