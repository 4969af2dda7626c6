/** Reference for the GPU: stages 2 to 6 in float64, after the article's Python. NaN is missing. */

import type { PipelineSettings, Transform } from "../../src/options/settings.ts";
import type { Vec3 } from "../../src/volume.ts";

export interface Field {
  readonly dims: Vec3;
  readonly values: Float64Array;
}

/** Deterministic random numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const size = ([x, y, z]: Vec3) => x * y * z;

/** A field of shape `dims` from a function of the position, x fastest. */
export function field(dims: Vec3, value: (x: number, y: number, z: number) => number): Field {
  const values = new Float64Array(size(dims));
  let i = 0;
  for (let z = 0; z < dims[2]; z++)
    for (let y = 0; y < dims[1]; y++) for (let x = 0; x < dims[0]; x++) values[i++] = value(x, y, z);
  return { dims, values };
}

const at = ({ dims, values }: Field, x: number, y: number, z: number) =>
  values[x + dims[0] * (y + dims[1] * z)];

/** Minimum, maximum, mean and count of the values that are not missing. */
export function statistics(values: ArrayLike<number>) {
  const seen = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, sum: 0, count: 0 };
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    seen.min = Math.min(seen.min, values[i]);
    seen.max = Math.max(seen.max, values[i]);
    seen.sum += values[i];
    seen.count++;
  }
  return { min: seen.min, max: seen.max, mean: seen.sum / seen.count, count: seen.count };
}

export function normalize(values: Float64Array): Float64Array {
  const { min, max } = statistics(values);
  return values.map((v) => (max > min ? (v - min) / (max - min) : v - v));
}

const clip = (v: number) => Math.min(Math.max(v, 0), 1);

export function transform(values: Float64Array, { floor, gamma, contrast, bias }: Transform): Float64Array {
  const powered = values.map((v) => clip(v - floor) ** gamma);
  const { mean } = statistics(powered);
  return powered.map((p) => clip((p - mean) * contrast + mean - bias));
}

/** `np.histogram(values, bins, range=(0, 1))` */
export function histogram(values: ArrayLike<number>, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const v of Array.from(values)) if (v >= 0) counts[Math.min(Math.floor(v * bins), bins - 1)]++;
  return counts;
}

/** `map_coordinates(order=1, mode="constant")` at scikit-image's positions; missing if the nearest half is missing. */
export function resize(source: Field, dims: Vec3): Field {
  const position = (axis: number, i: number) => ((i + 0.5) * source.dims[axis]) / dims[axis] - 0.5;
  return field(dims, (...p) => {
    const corner = p.map((i, axis) => position(axis, i));
    if (corner.some((c, axis) => c < 0 || c > source.dims[axis] - 1)) return 0;
    let [total, present] = [0, 0];
    for (let k = 0; k < 8; k++) {
      const step = [k & 1, (k >> 1) & 1, k >> 2];
      const weight = corner.reduce((w, c, axis) => w * (step[axis] ? c % 1 : 1 - (c % 1)), 1);
      const [x, y, z] = corner.map((c, axis) => Math.floor(c) + step[axis]);
      const value = weight > 0 ? at(source, x, y, z) : Number.NaN;
      if (Number.isNaN(value)) continue;
      total += weight * value;
      present += weight;
    }
    return present < 0.5 ? Number.NaN : total / present;
  });
}

/**
 * `gaussian_filter(sigma=(s / n - 1) / 2, truncate=4, mode="constant")`; missing values are ignored and stay missing.
 */
export function smooth(source: Field, dims: Vec3): Field {
  return [0, 1, 2].reduce((from, axis) => {
    const sigma = (source.dims[axis] / dims[axis] - 1) / 2;
    if (sigma <= 0) return from;
    const radius = Math.floor(4 * sigma + 0.5);
    return field(from.dims, (...p) => {
      if (Number.isNaN(at(from, ...p))) return Number.NaN;
      let [total, weights] = [0, 0];
      for (let k = -radius; k <= radius; k++) {
        const q: [number, number, number] = [...p];
        q[axis] += k;
        const value = q[axis] >= 0 && q[axis] < from.dims[axis] ? at(from, ...q) : 0;
        if (Number.isNaN(value)) continue;
        total += value * Math.exp(-(k * k) / (2 * sigma * sigma));
        weights += Math.exp(-(k * k) / (2 * sigma * sigma));
      }
      return total / weights;
    });
  }, source);
}

/** Python's `round`. */
export function pythonRound(x: number): number {
  const below = Math.floor(x);
  if (x - below === 0.5) return below % 2 === 0 ? below : below + 1;
  return Math.round(x);
}

/** Flip, crop, then 0 for voxels whose centre is not in front of the clip plane. */
export function cut(source: Field, { flip, crop, clip: plane }: PipelineSettings): Field {
  const n = source.dims;
  const first = n.map((side, axis) => pythonRound(crop[axis][0] * side));
  const dims = n.map((side, axis) => pythonRound(crop[axis][1] * side) - first[axis]) as unknown as Vec3;
  return field(dims, (...p) => {
    const whole = p.map((i, axis) => i + first[axis]);
    const [x, y, z] = whole.map((i, axis) => (flip[axis] ? n[axis] - 1 - i : i));
    const distance = whole.reduce(
      (sum, i, axis) => sum + (plane?.[axis] ?? 0) * ((i + 0.5) / n[axis]),
      plane?.[3] ?? 1,
    );
    return distance > 1e-9 ? at(source, x, y, z) : 0;
  });
}

/** All stages of a volume with values `source`. The last is alpha, normalized again. */
export function pipeline(source: Field, settings: PipelineSettings) {
  const normalized = { ...source, values: normalize(source.values) };
  const transformed = settings.transform
    ? { ...source, values: transform(normalized.values, settings.transform) }
    : normalized;
  const dims = settings.resolution === "native" ? source.dims : settings.resolution;
  const smoothed = settings.antialias ? smooth(transformed, dims) : transformed;
  const resized = dims.every((n, axis) => n === source.dims[axis]) ? transformed : resize(smoothed, dims);
  const left = cut(resized, settings);
  return { normalized, transformed, resized, alpha: { ...left, values: normalize(left.values) } };
}

/** The largest difference; infinite if a value is missing in only one of the two, or the lengths differ. */
export function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(actual[i]) && Number.isNaN(expected[i])) continue;
    const difference = Math.abs(actual[i] - expected[i]);
    most = Math.max(most, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
  }
  return most;
}
