/**
 * matplotlib's 3-D camera in closed form. It looks at a point of the box from a distance of `distance` box units; +z is
 * up. The article's window is mplot3d's, -0.095 to 0.09 at focal length 1 and distance 10, so pictures in it match
 * matplotlib's.
 */

import type { Vec3 } from "../volume.ts";

/** The camera as set in the options. */
export interface Camera {
  /** Angle around the z axis, in degrees. */
  readonly azimuth: number;
  /** Angle above the xy plane, in degrees, -90 to 90. */
  readonly elevation: number;
  /** Magnification in the plane through the target. */
  readonly zoom: number;
  /** The point looked at, in fractions of the box; "auto": the centre of what `fit` fits. */
  readonly target: Vec3 | "auto";
  /** What the window shows at zoom 1: the content, or the same as matplotlib. See fit.ts. */
  readonly fit: "auto" | "content" | "article";
  /** Distance from the target to the eye, in box units; matplotlib's is 10. */
  readonly distance: number;
  readonly projection: "perspective" | "orthographic";
}

/** The camera with which a volume is drawn. Lengths are in box units, those of the unit cube. */
export interface DrawnCamera extends Camera {
  readonly target: Vec3;
  readonly fit: "content" | "article";
  /** The target in box coordinates. */
  readonly focus: Vec3;
  /** Half the window's shorter side, in the plane through the focus, at zoom 1. */
  readonly half: number;
  /** Offset of the window's centre from the focus, both right and up, at zoom 1. */
  readonly centre: number;
}

/** The axes of a camera, in box coordinates. */
export interface CameraFrame {
  readonly right: Vec3;
  readonly up: Vec3;
  /** Direction from the focus to the eye. */
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

/**
 * The window in the plane through the focus, in box units: half sides and centre. The square window is fitted to the
 * shorter side.
 */
export function cameraWindow({ half, centre, zoom }: DrawnCamera, width: number, height: number) {
  const shorter = Math.min(width, height);
  return {
    half: [width, height].map((side) => (half * side) / shorter / zoom),
    centre: centre / zoom,
  };
}
