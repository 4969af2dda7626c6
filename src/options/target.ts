/** The point that a camera looks at, in fractions of the box and in box coordinates (the unit cube). */

import type { Vec3 } from "../volume.ts";

/** Range of targets, in fractions of the box, which spans 0 to 1. */
export const TARGET_RANGE = [-10, 10] as const;

/** Converts fractions of the box to box coordinates. @param extent sides of the box in the unit cube. */
export function boxPoint(fractions: Vec3, extent: Vec3): Vec3 {
  return triple((axis) => 0.5 + (fractions[axis] - 0.5) * extent[axis]);
}

/** Converts box coordinates to fractions of the box. */
export function boxFractions(point: Vec3, extent: Vec3): Vec3 {
  return triple((axis) => 0.5 + (point[axis] - 0.5) / extent[axis]);
}

/** A vector by axis. */
export function triple(of: (axis: number) => number): Vec3 {
  return [of(0), of(1), of(2)];
}
