/** Views along the axes of the box, named after the patient's directions if the file has them. */

import type { ScalarImage, Vec3 } from "../volume.ts";

/** The side that faces the viewer. */
export type AxisViewName = "front" | "back" | "left" | "right" | "top" | "bottom";

/** A camera that looks along an axis of the box. */
export interface AxisView {
  readonly name: AxisViewName;
  /**
   * Letter of the patient's direction (anterior, posterior, left, right, superior or inferior); only if the file has
   * directions.
   */
  readonly letter?: "A" | "P" | "L" | "R" | "S" | "I";
  /** Azimuth of the camera, in degrees. */
  readonly azimuth: number;
  readonly elevation: number;
}

/** A direction along an axis, x, y or z. */
interface Direction {
  readonly axis: number;
  readonly sign: 1 | -1;
}

/** An end of an axis of the box and its name. */
export interface AxisEnd extends Direction {
  /** A letter of the patient's directions, or x, y or z. */
  readonly letter: "A" | "P" | "L" | "R" | "S" | "I" | "x" | "y" | "z";
}

/**
 * The sides: name, letter, and the direction in the world (x to the right, y to the front, z up) from which they are
 * seen.
 */
const PATIENT = [
  { name: "front", letter: "A", axis: 1, sign: 1 },
  { name: "back", letter: "P", axis: 1, sign: -1 },
  { name: "left", letter: "L", axis: 0, sign: -1 },
  { name: "right", letter: "R", axis: 0, sign: 1 },
  { name: "top", letter: "S", axis: 2, sign: 1 },
  { name: "bottom", letter: "I", axis: 2, sign: -1 },
] as const;

/** Azimuth at which x points to the right, seen from below y or from above z. */
const X_TO_RIGHT = 270;

const ORDERS: readonly Vec3[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/**
 * Six views: front, back, left, right, top and bottom. For a scan they are the patient's, taken from the box axis that
 * is closest to each direction. Views have letters if the file gives directions; other files follow the convention of
 * their format. For an array without lengths they are the box's, regardless of flips: front is the side of low y, left
 * that of low x, top that of high z. The camera does not roll: the box's z points up, or y if z points at the eye.
 * @param flip the axes of the volume that are reversed in the box.
 */
export function axisViews(
  { oriented, unitless, affine }: Pick<ScalarImage, "oriented" | "unitless" | "affine">,
  flip: readonly [boolean, boolean, boolean],
): readonly AxisView[] {
  if (unitless) {
    // The box's y axis points to the back.
    return PATIENT.map(({ name, axis, sign }) => ({
      name,
      ...seenFrom({ axis, sign: axis === 1 ? (-sign as 1 | -1) : sign }),
    }));
  }
  return patientSides(affine, flip).map(({ name, letter, ...direction }) => ({
    name,
    ...(oriented && { letter }),
    ...seenFrom(direction),
  }));
}

/**
 * The ends of the box's axes that have names: all six if the file gives the patient's directions, each named after the
 * direction that is closest; otherwise the ends to which x, y and z of the volume rise.
 * @param flip the axes of the volume that are reversed in the box.
 */
export function axisEnds(
  { oriented, affine }: Pick<ScalarImage, "oriented" | "affine">,
  flip: readonly [boolean, boolean, boolean],
): readonly AxisEnd[] {
  if (oriented) return patientSides(affine, flip);
  return (["x", "y", "z"] as const).map((letter, axis) => ({ letter, axis, sign: flip[axis] ? -1 : 1 }));
}

/** The patient's sides, with the directions in the box that are closest to theirs. */
function patientSides(affine: readonly number[], flip: readonly [boolean, boolean, boolean]) {
  const closest = closestAxes(affine);
  return PATIENT.map(({ name, letter, ...world }) => {
    const { axis, sign } = closest[world.axis];
    const turns = world.sign * sign * (flip[axis] ? -1 : 1);
    return { name, letter, axis, sign: turns > 0 ? 1 : -1 } as const;
  });
}

/**
 * For each axis of the world, the closest axis of the volume (each used once), and whether both have the same
 * direction.
 */
function closestAxes(affine: readonly number[]): Direction[] {
  const column = (axis: number) => [0, 1, 2].map((row) => affine[4 * row + axis]);
  const columns = [0, 1, 2].map((axis) => {
    const length = Math.hypot(...column(axis)) || 1;
    return column(axis).map((x) => x / length);
  });
  const closeness = (order: Vec3) =>
    order.reduce((sum, axis, world) => sum + Math.abs(columns[axis][world]), 0);
  const best = ORDERS.reduce((a, b) => (closeness(b) > closeness(a) ? b : a));
  return best.map((axis, world) => ({ axis, sign: columns[axis][world] < 0 ? -1 : 1 }));
}

function seenFrom({ axis, sign }: Direction): Pick<AxisView, "azimuth" | "elevation"> {
  if (axis === 2) return { azimuth: X_TO_RIGHT, elevation: 90 * sign };
  return { azimuth: axis === 0 ? (sign > 0 ? 0 : 180) : sign > 0 ? 90 : 270, elevation: 0 };
}
