/** Input arrays with axes x, y, z: nested as `a[x][y][z]`, or flat with x fastest. */

import type { Vec3 } from "../volume.ts";

/** Flat, x fastest, or nested as `a[x][y][z]`. */
export type Nested<T> = ArrayLike<T> | readonly (readonly (readonly T[])[])[];

const isNested = (a: unknown): a is readonly (readonly (readonly unknown[])[])[] =>
  Array.isArray(a) && Array.isArray(a[0]) && Array.isArray(a[0][0]);

/** The shape of a nested array; undefined for any other. */
export function shapeOf(a: unknown): Vec3 | undefined {
  return isNested(a) ? [a.length, a[0].length, a[0][0].length] : undefined;
}

/** A shape as text, for messages. */
export const sizeOf = (dims: Vec3) => dims.join(" x ");

/**
 * The elements of an array of this shape, x fastest.
 * @throws Error that says what is expected, if it has another shape.
 */
export function flat<T>(a: Nested<T>, dims: Vec3): ArrayLike<T> {
  const [nx, ny, nz] = dims;
  if (!isNested(a)) {
    if (a.length === nx * ny * nz) return a as ArrayLike<T>;
    throw new Error(`${nx * ny * nz} elements for ${sizeOf(dims)} (x fastest), not ${a.length}`);
  }
  const even =
    a.length === nx && a.every((plane) => plane.length === ny && plane.every((row) => row.length === nz));
  if (!even) throw new Error(`a shape of ${sizeOf(dims)}, all rows equally long`);
  return Array.from(
    { length: nx * ny * nz },
    (_, i) => a[i % nx][Math.floor(i / nx) % ny][Math.floor(i / nx / ny)] as T,
  );
}
