/** How the user moves the point that a camera looks at. */

import type { Vec3 } from "../volume.ts";
import { cameraFrame, type DrawnCamera } from "./camera.ts";
import { boxFractions, TARGET_RANGE, triple } from "./target.ts";

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
