/** Small NIfTI files of each kind of values: balls and shells that look different from every side. */

import { niftiFile, type Scalar } from "./make-volume.ts";

export const SIDE = 16;

/** Position of flat index `i`, from -1 to 1 along each axis. */
function place(i: number): readonly [number, number, number] {
  const at = (n: number) => (2 * (n + 0.5)) / SIDE - 1;
  return [at(i % SIDE), at(Math.floor(i / SIDE) % SIDE), at(Math.floor(i / SIDE ** 2))];
}

function radius(i: number): number {
  const [x, y, z] = place(i);
  return Math.hypot(x - 0.1, y, z / 0.8);
}

/** Deterministic noise from -0.5 to 0.5. */
function noise(i: number): number {
  return ((Math.imul(i + 1, 0x9e3779b1) >>> 8) & 0xffff) / 0xffff - 0.5;
}

function quarter(i: number): number {
  const [x, y] = place(i);
  return 1 + Number(x > 0) + 2 * Number(y > 0);
}

/** Functions from flat index to value. */
export const VALUES = {
  mask: (i: number) => Number(radius(i) < 0.7),
  labels: (i: number) => (radius(i) < 0.8 ? 10 * quarter(i) : 0),
  signed: (i: number) => (radius(i) < 0.8 ? 6 * place(i)[0] ** 3 + 0.8 * noise(i) : 0),
  intensity: (i: number) => (radius(i) < 0.8 ? 300 + 700 * (1 - radius(i)) + 200 * noise(i) : 0),
  constant: () => 7,
} as const;

export function volume(
  kind: keyof typeof VALUES,
  dtype: Scalar = kind === "signed" ? "float32" : "int16",
): Uint8Array {
  const value = VALUES[kind];
  const whole = dtype === "float32" ? value : (i: number) => Math.round(value(i));
  return niftiFile({ dims: [SIDE, SIDE, SIDE], dtype, value: whole });
}
