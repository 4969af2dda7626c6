/**
 * matplotlib's 3-D camera in closed form: it looks at a point of the box from `distance` box units, up = +z. In the article's
 * window, that of mplot3d, -0.095 to 0.09 at focal length 1 and distance 10, pictures can be laid over matplotlib's.
 */

import type { Vec3 } from "../volume.ts";

/** The camera that is asked for. */
export interface Camera {
  /** Degrees around the z axis. */
  readonly azimuth: number;
  /** Degrees above the xy plane, -90 to 90. */
  readonly elevation: number;
  /** Magnification of what is in the plane through the target. */
  readonly zoom: number;
  /** The point looked at, in fractions of the box; "auto": the middle of what `fit` fits. */
  readonly target: Vec3 | "auto";
  /** What the window shows at zoom 1: the content, or as much as matplotlib's. See fit.ts. */
  readonly fit: "auto" | "content" | "article";
  /** From the target to the eye, in box units; 10 is matplotlib's. */
  readonly distance: number;
  readonly projection: "perspective" | "orthographic";
}

/** The camera with which a volume is drawn; lengths are box units, those of the unit cube. */
export interface DrawnCamera extends Camera {
  readonly target: Vec3;
  readonly fit: "content" | "article";
  /** The target in box coordinates. */
  readonly focus: Vec3;
  /** Half of the window's shorter side, in the plane through the focus, at zoom 1. */
  readonly half: number;
  /** The window's centre from the focus, to the right and up, at zoom 1. */
  readonly centre: number;
}

/** The axes of a camera in box coordinates. */
export interface CameraFrame {
  readonly right: Vec3;
  readonly up: Vec3;
  /** From the focus to the eye. */
  readonly towards: Vec3;
  readonly eye: Vec3;
}

export function cameraFrame({
  azimuth,
  elevation,
  distance,
  focus,
}: Pick<DrawnCamera, "azimuth" | "elevation" | "distance" | "focus">): CameraFrame {
  const a = (azimuth * Math.PI) / 180;
  const e = (elevation * Math.PI) / 180;
  const towards: Vec3 = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
  return {
    right: [-Math.sin(a), Math.cos(a), 0],
    up: [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)],
    towards,
    eye: towards.map((t, axis) => focus[axis] + distance * t) as unknown as Vec3,
  };
}

/** The window in box units in the plane through the focus: half sides and centre. The square window fits the shorter side. */
export function cameraWindow({ half, centre, zoom }: DrawnCamera, width: number, height: number) {
  const shorter = Math.min(width, height);
  return {
    half: [width, height].map((side) => (half * side) / shorter / zoom),
    centre: centre / zoom,
  };
}
