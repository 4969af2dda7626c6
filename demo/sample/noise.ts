/** Noise: hashed numbers and smooth fields from integer arithmetic, so they are the same on every JavaScript engine. */

import { lerp } from "./shapes.ts";

/** A number in [0, 1) that depends only on the integers i, j, k and the seed. */
export function hash(i: number, j: number, k: number, seed: number): number {
  let h =
    Math.imul(i, 0x9e3779b1) ^
    Math.imul(j, 0x85ebca77) ^
    Math.imul(k, 0xc2b2ae3d) ^
    Math.imul(seed, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
}

/** Smooth noise in [-1, 1] with features about one unit wide. */
export function smoothNoise(x: number, y: number, z: number, seed: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const k = Math.floor(z);
  const u = ease(x - i);
  const v = ease(y - j);
  const w = ease(z - k);
  const row = (dj: number, dk: number) =>
    lerp(hash(i, j + dj, k + dk, seed), hash(i + 1, j + dj, k + dk, seed), u);
  return 2 * lerp(lerp(row(0, 0), row(1, 0), v), lerp(row(0, 1), row(1, 1), v), w) - 1;
}

/** Approximately normal noise with mean 0 and variance 1: a sum of four hashed numbers, without logarithm or cosine. */
export function normalNoise(index: number, seed: number): number {
  const sum =
    hash(index, 0, 0, seed) + hash(index, 1, 0, seed) + hash(index, 2, 0, seed) + hash(index, 3, 0, seed);
  return (sum - 2) * Math.sqrt(3);
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
