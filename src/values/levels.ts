/** Levels: a distribution of values. */

/** Values in ascending order, and how many voxels have each. */
export interface Levels {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Maximum number of distinct values that are listed: the number of codes of 2 bytes. */
export const MOST_LEVELS = 65536;

/** The level of the background: 0 where it occurs, else the most frequent one. */
export function backgroundLevel({ values, counts }: Levels): number {
  const zero = values.indexOf(0);
  if (zero >= 0) return zero;
  let best = 0;
  for (let i = 1; i < counts.length; i++) if (counts[i] > counts[best]) best = i;
  return best;
}

/** The sum of counts. */
export function total(counts: Float64Array): number {
  return counts.reduce((sum, n) => sum + n, 0);
}

/** The value below which a share of the voxels lies. */
export function quantile({ values, counts }: Levels, share: number): number {
  let rest = share * total(counts);
  for (let i = 0; i < counts.length; i++) {
    rest -= counts[i];
    if (rest <= 0) return values[i];
  }
  return values.at(-1) ?? 0;
}

/** Standard deviation of the values that are not background. */
export function deviation({ values, counts }: Levels, background: number): number {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i] === background) continue;
    // Relative to the first value, as values may be large and close together.
    const value = values[i] - values[0];
    n += counts[i];
    sum += counts[i] * value;
    squares += counts[i] * value * value;
  }
  return n > 0 ? Math.sqrt(Math.max(squares / n - (sum / n) ** 2, 0)) : 0;
}
