/** Arithmetic of the benchmark: medians, growth exponents and fidelity. */

/** The value below which `share` of `values` lie: 0.5 is the (upper) median. NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Difference of two measurements of the same quantity, as a fraction of their mean. */
export function spread([a, b]: readonly [number, number]): number {
  return a === b ? 0 : (2 * Math.abs(a - b)) / (a + b);
}

/** The exponent e of y ~ x^e for points with positive coordinates, by least squares of logarithms. */
export function growthExponent(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (axis: number) => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const variance = logs.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  if (!(variance > 0)) return undefined;
  return logs.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / variance;
}

/**
 * PSNR in dB of two RGBA pictures over white, over the pixels that either picture covers; infinite if they are equal.
 */
export function decibels(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const isWhite = (p: ArrayLike<number>, i: number) => p[i] === 255 && p[i + 1] === 255 && p[i + 2] === 255;
  let squares = 0;
  let covered = 0;
  for (let i = 0; i < a.length; i += 4) {
    if (isWhite(a, i) && isWhite(b, i)) continue;
    covered++;
    for (let c = i; c < i + 3; c++) squares += (a[c] - b[c]) ** 2;
  }
  return squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * 3 * covered) / squares);
}
