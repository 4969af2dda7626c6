// Equivalents of the article's NumPy functions for nested arrays a[x][y][z].

/** An array of this shape; `value(x, y, z)` returns its elements. */
export function fill([nx, ny, nz], value) {
  const axis = (n, make) => Array.from({ length: n }, (_, i) => make(i));
  return axis(nx, (x) => axis(ny, (y) => axis(nz, (z) => value(x, y, z))));
}

export const shape = (a) => [a.length, a[0].length, a[0][0].length];

/** Inserts gaps between all voxels: exploded[::2, ::2, ::2] = a. */
export function explode(a, gap) {
  const size = shape(a).map((n) => 2 * n - 1);
  return fill(size, (...p) => (p.some((i) => i % 2) ? gap : a[p[0] / 2][p[1] / 2][p[2] / 2]));
}

/** The corners of an array's voxels: np.indices(np.array(a.shape) + 1). */
export function indices(a) {
  const corners = shape(a).map((n) => n + 1);
  return [0, 1, 2].map((axis) => fill(corners, (...p) => p[axis]));
}

/** Closes the gaps: 0, 2, 2, 4, 4, 6 along an axis of 2 * n - 1 cells. */
export const expandCoordinates = (cells) => Array.from({ length: cells + 1 }, (_, i) => i + (i % 2));
