/** The values along an axis of the box, and round values for its ticks. */

import type { ScalarImage, Vec3 } from "../volume.ts";

/** The scale of one axis of the box. */
export interface Scale {
  /** Title, as in "x (mm)". */
  readonly title: string;
  /** The values at the low and at the high side of the box. On a reversed axis the lower value is at the high side. */
  readonly ends: readonly [number, number];
  /** True if ticks must be whole numbers. */
  readonly whole: boolean;
}

/** A value along an axis. */
export interface Tick {
  /** Position: 0 at the low side of the box, 1 at the high side. */
  readonly at: number;
  readonly text: string;
}

export interface Grid extends Pick<ScalarImage, "dims" | "spacing" | "affine" | "unitless"> {
  /** Lowest and highest coordinates, for voxels with explicit coordinates. */
  readonly bounds?: readonly [low: Vec3, high: Vec3];
}

const NAMES = ["x", "y", "z"] as const;
/** Maximum deviation of a direction from a world axis, as a fraction of its length, to count as parallel to it. */
const ALIGNED = 1e-3;
/** Steps are these numbers times a power of ten, as in matplotlib's MaxNLocator. */
const ROUND = [1, 2, 2.5, 5, 10];
/**
 * The scale of an axis of the volume, over all of its voxels. A flip reverses the scale together with the data.
 *
 * In voxels, voxel i lies between the values i and i + 1. In mm, the values are world coordinates from the affine, if
 * each axis of the volume is parallel to a world axis; the title then names the world axis. An oblique volume has no
 * world axis along its box: its mm are counted from the low corner of voxel 0, as they are without a valid affine. A
 * volume without lengths is always measured in voxels. Coordinates of explicit voxels are shown unchanged, in their own
 * unit, and are not affected by flips.
 */
export function axisScale(axis: number, unit: "voxels" | "mm", grid: Grid, flipped: boolean): Scale {
  if (grid.bounds) {
    const [low, high] = grid.bounds;
    return { title: NAMES[axis], ends: [low[axis], high[axis]], whole: false };
  }
  const n = grid.dims[axis];
  const isInMm = unit === "mm" && !grid.unitless;
  const along = isInMm ? worldAxes(grid.affine) : undefined;
  const size = isInMm ? grid.spacing[axis] : 1;
  let name = axis;
  let ends: [number, number] = [0, n * size];
  if (along) {
    name = along[axis];
    const [step, origin] = [grid.affine[4 * name + axis], grid.affine[4 * name + 3]];
    // The affine maps whole indices to voxel centres. The box begins half a voxel before the first centre.
    ends = [origin - step / 2, origin + (n - 0.5) * step];
  }
  const title = isInMm ? `${NAMES[name]} (mm)` : NAMES[name];
  return { title, ends: flipped ? [ends[1], ends[0]] : ends, whole: !isInMm };
}

/** The world axis parallel to each axis of the volume; undefined unless each has its own. */
function worldAxes(affine: readonly number[]): Vec3 | undefined {
  const along = [0, 1, 2].map((axis) => {
    const direction = [0, 1, 2].map((row) => Math.abs(affine[4 * row + axis]));
    const length = Math.hypot(...direction);
    return direction.findIndex((part, row) => {
      const rest = direction.filter((_, other) => other !== row);
      return part > 0 && Math.hypot(...rest) <= ALIGNED * length && Number.isFinite(affine[4 * row + 3]);
    });
  });
  return along.includes(-1) || new Set(along).size < 3 ? undefined : (along as unknown as Vec3);
}

/** The smallest round step that is at least `least`, or greater than `least` if `larger`. */
export function roundStep(least: number, whole: boolean, larger = false): number {
  const low = whole && least < 1 && !larger ? 1 : least;
  const power = 10 ** Math.floor(Math.log10(low));
  const fits = (factor: number) => {
    const ratio = (factor * power) / low;
    return (larger ? ratio > 1 + 1e-9 : ratio > 1 - 1e-9) && !(whole && (factor * power) % 1 !== 0);
  };
  return (ROUND.find(fits) ?? 20) * power;
}

/** The multiples of `step` on the scale, in ascending order. */
export function ticks({ ends: [from, to] }: Scale, step: number): Tick[] {
  const [low, high] = [Math.min(from, to) / step, Math.max(from, to) / step];
  // Tolerance for rounding errors of the ends.
  const [first, last] = [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { at: (value - from) / (to - from), text: valueText(value, step) };
  });
}

/** The value with as many decimals as the step has, a real minus sign, and no sign before 0. */
export function valueText(value: number, step: number): string {
  const isWhole = (x: number) => Math.abs(x - Math.round(x)) < 1e-6 * x;
  const digits = [0, 1, 2, 3, 4, 5, 6].find((d) => isWhole(step * 10 ** d));
  const plain = digits !== undefined && Math.abs(value) < 1e7;
  // Enough digits to distinguish a value from the next step.
  const precision = Math.max(6, Math.min(Math.ceil(Math.log10(Math.abs(value) / step)) + 1, 15));
  const text = plain ? value.toFixed(digits) : String(Number(value.toPrecision(precision)));
  return text.replace(/^-(?=.*[1-9])/, "\u2212").replace(/^-/, "");
}
