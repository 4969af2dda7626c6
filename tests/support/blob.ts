/** A small volume that looks different from every side: an off-centre ball, brighter along x. */

import { type NiftiSpec, niftiFile, type VolumeSpec } from "./make-volume.ts";

export const DIMS = [16, 12, 10];
export const SPACING = [1, 1, 1.5];

function value(i: number): number {
  const [x, y, z] = [i % 16, Math.floor(i / 16) % 12, Math.floor(i / 192)];
  const radius = Math.hypot((x - 6) / 7, (y - 5.5) / 5.5, (z - 4) / 4.6);
  return radius < 1 ? Math.round(300 + 500 * (1 - radius) + 20 * x) : 0;
}

export const BLOB = { dims: DIMS, spacing: SPACING, dtype: "int16", value } satisfies VolumeSpec;

/** The blob as a NIfTI file, with `changes`. */
export function blob(changes: Partial<NiftiSpec> = {}): Uint8Array {
  return niftiFile({ ...BLOB, ...changes });
}

/** The blob's values after the article's transform (DESIGN.md, section 3), computed independently of the shaders. */
export function transformed(): { normalized: number[]; transformed: number[] } {
  const values = Array.from({ length: 16 * 12 * 10 }, (_, i) => value(i));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const normalized = values.map((v) => (v - low) / (high - low));
  const powered = normalized.map((n) => Math.max(n - 0.1, 0) ** 0.4);
  const mean = powered.reduce((sum, p) => sum + p, 0) / powered.length;
  const curve = (p: number) => Math.min(Math.max((p - mean) * 2 + mean - 0.1, 0), 1);
  return { normalized, transformed: powered.map(curve) };
}
