/**
 * matplotlib's 3-D camera in closed form: it looks at the centre of the unit cube from `distance` box units, up = +z.
 * Its window is that of mplot3d, -0.095 to 0.09 at focal length 1 and distance 10: so pictures can be laid over each other.
 */

import { type Mat4Arg, mat4d } from "wgpu-matrix";
import type { Vec3 } from "../volume.ts";

export interface Camera {
  /** Degrees around the z axis. */
  readonly azimuth: number;
  /** Degrees above the xy plane, -90 to 90. */
  readonly elevation: number;
  /** Magnification of what is in the plane through the box's centre. */
  readonly zoom: number;
  /** From the box's centre to the eye, in box units; 10 is matplotlib's. */
  readonly distance: number;
  readonly projection: "perspective" | "orthographic";
}

/** Half the window's side and its centre, in box units at the box's centre (10 times matplotlib's window). */
const WINDOW_HALF = 0.925;
const WINDOW_CENTRE = -0.025;

/** The axes of a camera in box coordinates. */
export interface CameraFrame {
  readonly right: Vec3;
  readonly up: Vec3;
  /** From the centre of the box to the eye. */
  readonly towards: Vec3;
  readonly eye: Vec3;
}

export function cameraFrame({ azimuth, elevation, distance }: Camera): CameraFrame {
  const a = (azimuth * Math.PI) / 180;
  const e = (elevation * Math.PI) / 180;
  const towards: Vec3 = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
  return {
    right: [-Math.sin(a), Math.cos(a), 0],
    up: [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)],
    towards,
    eye: towards.map((t) => 0.5 + distance * t) as unknown as Vec3,
  };
}

/** The window in box units at the box's centre: half sides and centre. The square window fits the shorter side. */
export function cameraWindow({ zoom }: Camera, width: number, height: number) {
  const shorter = Math.min(width, height);
  return {
    half: [width, height].map((side) => (WINDOW_HALF * side) / shorter / zoom),
    centre: WINDOW_CENTRE / zoom,
  };
}

/**
 * Box coordinates (unit cube) to clip space, column-major. Depth is 0.5 everywhere: clipping is by w > 0 alone.
 * @param offset of the sample from the pixel's centre, in pixels, right and down.
 */
export function clipFromBox(
  camera: Camera,
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
