/**
 * matplotlib's 3-D camera in closed form: it looks at the centre of the unit cube from `distance` box units, up = +z.
 * Its window is that of mplot3d, -0.095 to 0.09 at focal length 1 and distance 10: so pictures can be laid over each other.
 */

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
