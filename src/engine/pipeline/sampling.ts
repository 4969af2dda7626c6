/** Sample positions of a resized axis: (i + 0.5) * s / n - 0.5, counted between voxel centres (scikit-image 0.13). */

export interface AxisSamples {
  /** For each voxel of the result, the source voxel below its sample; -1 if the sample is outside. */
  readonly base: Int32Array;
  /** Fraction of the way from that voxel to the next, 0 to 1. */
  readonly part: Float64Array;
}

/** Samples `source` voxels for `n`. Integers keep positions exact; fractions would round. */
export function axisSamples(source: number, n: number): AxisSamples {
  const base = new Int32Array(n);
  const part = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // Position in units of 1 / (2 n).
    const at = (2 * i + 1) * source - n;
    const isInside = at >= 0 && at <= 2 * n * (source - 1);
    base[i] = isInside ? Math.floor(at / (2 * n)) : -1;
    part[i] = isInside ? (at % (2 * n)) / (2 * n) : 0;
  }
  return { base, part };
}
