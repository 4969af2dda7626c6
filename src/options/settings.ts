/** What is drawn and how, as typed values; `options.ts` makes them from text. */

import type { Vec3 } from "../volume.ts";
import type { Camera } from "./camera.ts";

/** The article's transform: see shaders/lib/field.wgsl. */
export interface Transform {
  readonly floor: number;
  readonly gamma: number;
  readonly contrast: number;
  readonly bias: number;
}

/** A part of an axis, as fractions of the box. */
export type Range = readonly [low: number, high: number];

/** Stages 3 to 5. */
export interface PipelineSettings {
  readonly transform: Transform | null;
  readonly resolution: "native" | Vec3;
  /** Smooth before reducing. */
  readonly antialias: boolean;
  /** Axes to reverse; comes before the crop. */
  readonly flip: readonly [boolean, boolean, boolean];
  readonly crop: readonly [Range, Range, Range];
  /** Keeps voxel centres p (fractions of the box) with n.p + d > 0: [nx, ny, nz, d]. */
  readonly clip: readonly [number, number, number, number] | null;
}

/** Everything after the voxels are made. */
export interface DrawSettings {
  readonly blend: "weighted" | "exact";
  readonly aspect: "physical" | "cube";
  readonly colormap: string;
  /** Multiplies alpha. */
  readonly opacity: number;
  /** Gap between voxels as a fraction of a voxel. */
  readonly explode: number;
  readonly camera: Camera;
  /** The box with ticks and labels around the volume, and what they count: see src/axes. */
  readonly axes: "voxels" | "mm" | null;
  /** Straight red, green, blue and alpha from 0 to 1. */
  readonly background: readonly [number, number, number, number];
}

export interface Settings extends PipelineSettings, DrawSettings {}

/** Voxels `first` to `end` (exclusive) of an axis of `n` that a crop keeps: at least one. Halves round to even, as in Python. */
export function cropRange([low, high]: Range, n: number): [first: number, end: number] {
  const first = Math.min(roundHalfEven(low * n), n - 1);
  return [first, Math.max(roundHalfEven(high * n), first + 1)];
}

function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

/** Sides of the box in the unit cube: 1, 1, 1, or as long as in the world. */
export function boxExtent(aspect: DrawSettings["aspect"], dims: Vec3, spacing: Vec3): Vec3 {
  if (aspect === "cube") return [1, 1, 1];
  const sides = dims.map((n, axis) => n * spacing[axis]);
  const longest = Math.max(...sides);
  return sides.map((side) => side / longest) as unknown as Vec3;
}
