/** What is drawn and how, as typed values; `options.ts` makes them from text. */

import type { Vec3 } from "../volume.ts";
import type { Camera, DrawnCamera } from "./camera.ts";
import type { Kind } from "./kinds.ts";
import type { LabelTable } from "./label-table.ts";

/** The article's transform: see shaders/lib/field.wgsl. */
export interface Transform {
  readonly floor: number;
  readonly gamma: number;
  readonly contrast: number;
  readonly bias: number;
}

/** The article's parameters. */
export const ARTICLE_TRANSFORM: Transform = { floor: 0.1, gamma: 0.4, contrast: 2, bias: 0.1 };

/** A range of values, in data units. */
export type Window = readonly [low: number, high: number];

/** Light on voxels: none, on their faces as matplotlib's `shade`, or by the gradient of what is filled. */
export type Shade = "none" | "faces" | "smooth";

/** Ranges of label values, ends included. */
export type LabelRanges = readonly (readonly [first: number, last: number])[];

/** A part of an axis, as fractions of the box. */
export type Range = readonly [low: number, high: number];

/** What makes voxels of values: steps 2 to 5. */
export interface PipelineSettings {
  readonly kind: Kind;
  /** What is normalized to 0 to 1; null for the least to the greatest value. Signed: around 0. */
  readonly window: Window | null;
  /** Signed: values nearer to 0 are not drawn; data units. */
  readonly threshold: number;
  readonly colormap: string;
  /** Names, colours and visibility of labels, where there are any. */
  readonly labels: LabelTable | null;
  /** The labels to show, null for all; and those to hide. */
  readonly only: LabelRanges | null;
  readonly hide: LabelRanges;
  /** Intensities: the article's, null for none. */
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
  readonly kind: Kind;
  readonly blend: "weighted" | "exact";
  readonly aspect: "physical" | "cube";
  /** A colour map's name or colours; "labels" for the colours of labels. */
  readonly colormap: string;
  /** Multiplies alpha. */
  readonly opacity: number;
  readonly shade: Shade;
  /** Direction to the light, in degrees as matplotlib's LightSource has them: clockwise from +y, and above the xy plane. */
  readonly light: readonly [azimuth: number, altitude: number];
  /** Gap between voxels as a fraction of a voxel. */
  readonly explode: number;
  readonly camera: DrawnCamera;
  /** The box with ticks and labels around the volume, and what they count: see src/axes. */
  readonly axes: "voxels" | "mm" | null;
  /** Whether a colour bar, or a legend of labels, stands beside the picture. */
  readonly colorbar: boolean;
  /** Straight red, green, blue and alpha from 0 to 1. */
  readonly background: readonly [number, number, number, number];
}

/** The settings with which a volume is drawn. */
export interface DrawnSettings extends PipelineSettings, DrawSettings {}

/** What can be left to the volume: see appearance.ts. */
export type Appearance = Pick<
  DrawnSettings,
  "kind" | "window" | "threshold" | "colormap" | "opacity" | "shade"
>;

/** The settings that are asked for. */
export type Settings = Omit<DrawnSettings, keyof Appearance | "camera"> & { readonly camera: Camera } & {
  readonly [K in keyof Appearance]:
    | Exclude<Appearance[K], null>
    | "auto"
    | (K extends "window" ? "full" : never);
};

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
