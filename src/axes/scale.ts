/** The values along an axis of the box, and round ones among them for its ticks. */

import type { ScalarImage, Vec3 } from "../volume.ts";

/** What runs along one axis of the box. */
export interface Scale {
  /** As in "x (mm)". */
  readonly title: string;
  /** The values at the low and at the high side of the box; the lower one is at the high side of a reversed axis. */
  readonly ends: readonly [number, number];
  /** Whether only whole numbers make sense. */
  readonly whole: boolean;
}

/** A value along an axis. */
export interface Tick {
  /** Where: from 0 at the low side of the box to 1 at the high one. */
  readonly at: number;
  readonly text: string;
}

export interface Grid extends Pick<ScalarImage, "dims" | "spacing" | "affine" | "unitless"> {
  /** Of voxels with coordinates of their own: the lowest and the highest. */
  readonly bounds?: readonly [low: Vec3, high: Vec3];
}

const NAMES = ["x", "y", "z"] as const;
/** How far a direction may be off a world axis, as a fraction of its length, and count as along it. */
const ALIGNED = 1e-3;
/** What steps are multiples of, by powers of ten: matplotlib's MaxNLocator has the same. */
const ROUND = [1, 2, 2.5, 5, 10];
/**
 * The scale of an axis of the volume, over all of its voxels; a flip turns the scale with the data.
 *
 * In voxels, voxel i lies between the values i and i + 1. In mm, the values are the world's, by the affine, if each
 * axis of the volume runs along one of the world's; the title then names that one. An oblique volume has no world
 * axis along its box: there, and without a sound affine, mm are counted from the low corner of voxel 0. A volume without
 * lengths is always measured in voxels. Coordinates of explicit voxels are shown as they are, in their own unit, and no flip
 * turns them.
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
    // Voxel centres are at whole indices of the affine; the box begins half a voxel before the first.
    ends = [origin - step / 2, origin + (n - 0.5) * step];
  }
  const title = isInMm ? `${NAMES[name]} (mm)` : NAMES[name];
  return { title, ends: flipped ? [ends[1], ends[0]] : ends, whole: !isInMm };
}

/** The world axis that each axis of the volume runs along, if every one does, and no two along the same. */
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

/** The smallest round step that is at least `least`, or larger than `least` if `larger`. */
export function roundStep(least: number, whole: boolean, larger = false): number {
  const low = whole && least < 1 && !larger ? 1 : least;
  const power = 10 ** Math.floor(Math.log10(low));
  const fits = (factor: number) => {
    const ratio = (factor * power) / low;
    return (larger ? ratio > 1 + 1e-9 : ratio > 1 - 1e-9) && !(whole && (factor * power) % 1 !== 0);
  };
  return (ROUND.find(fits) ?? 20) * power;
}

/** The multiples of `step` on the scale, from its lower value to its higher one. */
export function ticks({ ends: [from, to] }: Scale, step: number): Tick[] {
  const [low, high] = [Math.min(from, to) / step, Math.max(from, to) / step];
  // Of the ends' own rounding.
  const [first, last] = [Math.ceil(low - 1e-6), Math.floor(high + 1e-6)];
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { at: (value - from) / (to - from), text: valueText(value, step) };
  });
}

/** As many decimals as the step has, and no more; a real minus sign, and none before 0. */
export function valueText(value: number, step: number): string {
  const isWhole = (x: number) => Math.abs(x - Math.round(x)) < 1e-6 * x;
  const digits = [0, 1, 2, 3, 4, 5, 6].find((d) => isWhole(step * 10 ** d));
  const plain = digits !== undefined && Math.abs(value) < 1e7;
  // As many digits as tell a value from the one a step further.
  const precision = Math.max(6, Math.min(Math.ceil(Math.log10(Math.abs(value) / step)) + 1, 15));
  const text = plain ? value.toFixed(digits) : String(Number(value.toPrecision(precision)));
  return text.replace(/^-(?=.*[1-9])/, "\u2212").replace(/^-/, "");
}
