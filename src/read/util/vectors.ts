/** Vectors of three numbers. */
import type { Vec3 } from "../../volume.ts";

/** The three numbers; undefined if there are not exactly three finite ones. */
export function vectorOf(numbers: readonly number[]): Vec3 | undefined {
  const [x, y, z] = numbers;
  return numbers.length === 3 && Number.isFinite(x + y + z) ? [x, y, z] : undefined;
}

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => add(a, scale(b, -1));
export const scale = (a: Vec3, factor: number): Vec3 => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export function cross(a: Vec3, b: Vec3): Vec3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
