/** Computes voxel affines from the directions of their axes. */
import type { Vec3 } from "../../volume.ts";
import { cross } from "./vectors.ts";

/**
 * Row-major 4x4 affine from voxel index to mm: `columns` are the steps along one to three axes, `origin` is the centre
 * of the first voxel, `signs` convert their space to that of the volume. Missing axes are perpendicular to the others,
 * 1 mm long.
 */
export function affineFrom(columns: readonly Vec3[], origin: Vec3, signs: Vec3): number[] {
  const [a, b = perpendicular(a), c = unit(cross(a, b))] = columns;
  // Adding 0 turns -0 into 0.
  const row = (i: number) => [a[i], b[i], c[i], origin[i]].map((value) => value * signs[i] + 0);
  return [...row(0), ...row(1), ...row(2), 0, 0, 0, 1];
}

function perpendicular(a: Vec3): Vec3 {
  // The cross product is most precise with the coordinate axis whose direction differs most.
  const sizes = a.map(Math.abs);
  const least = sizes.lastIndexOf(Math.min(...sizes));
  const axis: Vec3 = [Number(least === 0), Number(least === 1), Number(least === 2)];
  return unit(cross(axis, a));
}

/** A vector scaled to length 1; +z for a vector of length 0. */
function unit(a: Vec3): Vec3 {
  const length = Math.hypot(...a);
  return length > 0 ? [a[0] / length, a[1] / length, a[2] / length] : [0, 0, 1];
}
