/** Where a resized axis is sampled: at (i + 0.5) * s / n - 0.5, between the centres of voxels (scikit-image 0.13). */

export interface AxisSamples {
  /** For each voxel of the result the voxel below its sample; -1 where the sample is outside. */
  readonly base: Int32Array;
  /** How far the sample is from there to the next voxel, 0 to 1. */
  readonly part: Float64Array;
}

/** `source` voxels sampled for `n`. Whole numbers keep positions exact, where fractions would be off. */
export function axisSamples(source: number, n: number): AxisSamples {
  const base = new Int32Array(n);
  const part = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // In units of 1 / (2 n).
    const at = (2 * i + 1) * source - n;
    const isInside = at >= 0 && at <= 2 * n * (source - 1);
    base[i] = isInside ? Math.floor(at / (2 * n)) : -1;
    part[i] = isInside ? (at % (2 * n)) / (2 * n) : 0;
  }
  return { base, part };
}
