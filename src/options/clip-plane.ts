/** The clip plane as two angles and a depth, for the controls, and as in the option `clip`: nx ny nz d. */

import type { Vec3 } from "../volume.ts";
import type { Camera } from "./camera.ts";
import type { Settings } from "./settings.ts";

/** A plane through the box. Everything on the side that its normal points to is kept. */
export interface PlaneAngles {
  /** Azimuth of the normal, in degrees, in fractions of the box. */
  readonly azimuth: number;
  readonly elevation: number;
  /** How far the plane has moved through the box along its normal: 0 removes nothing, 1 everything. */
  readonly depth: number;
}

const DEGREE = Math.PI / 180;

/** The option's four numbers for a plane, with a unit normal, rounded to four decimals. */
export function planeFrom({ azimuth, elevation, depth }: PlaneAngles): [number, number, number, number] {
  const [a, e] = [azimuth * DEGREE, elevation * DEGREE];
  const normal = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)].map(fourDecimals);
  const [low, high] = reach(normal);
  return [...normal, fourDecimals(-(low + depth * (high - low)))] as [number, number, number, number];
}

/** The angles and the depth of a plane. */
export function anglesOf([nx, ny, nz, d]: NonNullable<Settings["clip"]>): PlaneAngles {
  const [low, high] = reach([nx, ny, nz]);
  return {
    azimuth: Math.atan2(ny, nx) / DEGREE,
    elevation: Math.atan2(nz, Math.hypot(nx, ny)) / DEGREE,
    depth: Math.min(Math.max((-d - low) / (high - low), 0), 1),
  };
}

/** The plane that faces a camera. It removes the half of the box that is closer to the camera. */
export function planeFacing(camera: Pick<Camera, "azimuth" | "elevation">, extent: Vec3): PlaneAngles {
  const [a, e] = [camera.azimuth * DEGREE, camera.elevation * DEGREE];
  const away = [-Math.cos(e) * Math.cos(a), -Math.cos(e) * Math.sin(a), -Math.sin(e)];
  const [nx, ny, nz] = away.map((n, axis) => n * extent[axis]);
  const { azimuth, elevation } = anglesOf([nx, ny, nz, 0]);
  return { azimuth, elevation, depth: 0.5 };
}

/** Minimum and maximum of n.p over the box. */
function reach(normal: readonly number[]): [low: number, high: number] {
  const sum = (ns: readonly number[]) => ns.reduce((total, n) => total + n, 0);
  return [sum(normal.filter((n) => n < 0)), sum(normal.filter((n) => n > 0))];
}

function fourDecimals(x: number): number {
  return Math.round(x * 1e4) / 1e4 + 0;
}
