/** The camera as a projection matrix, for rasterization. Ray tracing does not need it. */

import { type Mat4Arg, mat4d } from "wgpu-matrix";
import type { Vec3 } from "../volume.ts";
import { cameraFrame, cameraWindow, type DrawnCamera } from "./camera.ts";

/**
 * Matrix from box coordinates (unit cube) to clip space, column-major. Depth is always 0.5; only w > 0 clips.
 * @param offset of the sample from the pixel's centre, in pixels, to the right and down.
 */
export function clipFromBox(
  camera: DrawnCamera,
  width: number,
  height: number,
  offset: readonly [number, number] = [0, 0],
): Float64Array {
  const { right, up, towards, eye } = cameraFrame(camera);
  const { half, centre } = cameraWindow(camera, width, height);
  const shift = [centre / half[0] + (2 * offset[0]) / width, centre / half[1] - (2 * offset[1]) / height];
  const rows =
    camera.projection === "perspective"
      ? [
          [camera.distance / half[0], 0, shift[0], 0],
          [0, camera.distance / half[1], shift[1], 0],
          [0, 0, -0.5, 0],
          [0, 0, -1, 0],
        ]
      : [
          [1 / half[0], 0, 0, -shift[0]],
          [0, 1 / half[1], 0, -shift[1]],
          [0, 0, 0, 0.5],
          [0, 0, 0, 1],
        ];
  const view = [right, up, towards].map((axis) => [...axis, -dot(axis, eye)]);
  return mat4d.multiply(fromRows(rows), fromRows([...view, [0, 0, 0, 1]])) as Float64Array;
}

function fromRows(rows: readonly (readonly number[])[]): Mat4Arg {
  return mat4d.transpose(rows.flat());
}

function dot(a: Vec3, b: Vec3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
