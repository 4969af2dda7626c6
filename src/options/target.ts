/**
 * The point that a camera looks at, in fractions of the box and in box coordinates (the unit cube), and how dragging
 * moves it.
 */

import type { Vec3 } from "../volume.ts";
import { cameraFrame, type DrawnCamera } from "./camera.ts";

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

/**
 * The target after dragging the picture: the point under the pointer (in the plane through the target) follows it.
 * @param extent sides of the box in the unit cube: `boxExtent`.
 * @param dx distance dragged to the right, and `dy` down, in units of the picture's shorter side.
 * @returns fractions of the box, within TARGET_RANGE.
 */
export function pannedTarget(camera: DrawnCamera, extent: Vec3, dx: number, dy: number): Vec3 {
  const { right, up } = cameraFrame(camera);
  const side = (2 * camera.half) / camera.zoom;
  const [low, high] = TARGET_RANGE;
  const moved = triple((axis) => camera.focus[axis] + side * (dy * up[axis] - dx * right[axis]));
  const target = boxFractions(moved, extent);
  return triple((axis) => Math.min(Math.max(target[axis], low), high));
}

/** The displayed centre of a voxel, in fractions of the box. @param voxel its index in the file. */
export function targetOf(voxel: Vec3, dims: Vec3, flip: readonly [boolean, boolean, boolean]): Vec3 {
  return triple((axis) => {
    const at = (voxel[axis] + 0.5) / dims[axis];
    return flip[axis] ? 1 - at : at;
  });
}

function triple(of: (axis: number) => number): Vec3 {
  return [of(0), of(1), of(2)];
}
