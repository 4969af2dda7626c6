/** The article's small voxel plots as explicit voxels, the same as tests/reference/article.py draws with matplotlib. */

import type { Voxels } from "../../src/voxels/voxels.ts";

export type Cube<T> = T[][][];

export const FILLED: Cube<number> = [
  [
    [1, 0, 1],
    [0, 0, 1],
    [0, 1, 0],
  ],
  [
    [0, 1, 1],
    [1, 0, 0],
    [1, 0, 1],
  ],
  [
    [1, 1, 0],
    [1, 1, 1],
    [0, 0, 0],
  ],
];
const BLUE = "#1f77b430";

/** An array of this shape, like np.fromfunction. */
export function cube<T>(shape: readonly number[], value: (x: number, y: number, z: number) => T): Cube<T> {
  const axis = <U>(n: number, make: (i: number) => U) => Array.from({ length: n }, (_, i) => make(i));
  return axis(shape[0], (x) => axis(shape[1], (y) => axis(shape[2], (z) => value(x, y, z))));
}

const FULL = cube([3, 3, 3], () => 1);
const RED = cube([3, 3, 3], (...p) => (p.every((i) => i === 1) ? "#ff0000ff" : BLUE));

/** Doubles the number of cells along each axis; every other cell is `gap`. */
export function explode<T>(data: Cube<T>, gap: T): Cube<T> {
  const shape = [data.length, data[0].length, data[0][0].length].map((n) => 2 * n - 1);
  return cube(shape, (...p) => (p.some((i) => i % 2) ? gap : data[p[0] / 2][p[1] / 2][p[2] / 2]));
}

/** The corner indices of an array of this shape. */
export const indices = (shape: readonly number[]): Cube<number>[] =>
  [0, 1, 2].map((axis) =>
    cube(
      shape.map((n) => n + 1),
      (...p) => p[axis],
    ),
  );

function stretched() {
  const [x, y, z] = indices([3, 3, 3]);
  return [x, y.map((plane) => plane.map((row, i) => row.map((at) => at + (i >= 2 ? 4 : 0)))), z];
}

function moved() {
  const [x, y, z] = indices([3, 3, 3]);
  x[3][2][2] = 5;
  return [x, y, z];
}

const PLANES = [0, 2, 2, 4, 4, 6];
const coordinates = (arrays: unknown) => arrays as NonNullable<Voxels["coordinates"]>;
const exploded = { filled: explode(FULL, 0), rgba: explode(RED, "#0000") };

/** The plots, by name of their reference picture. */
export const PLOTS: Record<string, Voxels> = {
  cubes: { filled: FILLED, edges: "#808080" },
  "cubes-plain": { filled: FILLED },
  transparent: { filled: FILLED, rgba: BLUE, edges: "#808080" },
  "transparent-plain": { filled: FILLED, rgba: BLUE },
  "middle-hidden": { filled: FULL, rgba: RED, edges: "#808080" },
  "middle-exploded": { ...exploded, edges: "#808080" },
  "middle-expanded": { ...exploded, edges: "#808080", coordinates: coordinates([PLANES, PLANES, PLANES]) },
  "middle-expanded-plain": { ...exploded, coordinates: coordinates([PLANES, PLANES, PLANES]) },
  stretched: {
    filled: FULL,
    rgba: RED,
    edges: "#808080",
    coordinates: coordinates([
      [0, 1, 2, 3],
      [0, 1, 6, 7],
      [0, 1, 2, 3],
    ]),
  },
};
/** The same plots with freely moved corners, or with the same corners in that form. */
export const MOVED: Record<string, Voxels> = {
  stretched: { filled: FULL, rgba: RED, edges: "#808080", coordinates: coordinates(stretched()) },
  corner: { filled: FULL, rgba: BLUE, edges: "#808080", coordinates: coordinates(moved()) },
  "corner-plain": { filled: FULL, rgba: BLUE, coordinates: coordinates(moved()) },
};
