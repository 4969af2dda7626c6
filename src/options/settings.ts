/** The settings of a picture as typed values; `options.ts` parses them from text. */

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

/** Shading of voxels: none, by face as matplotlib's `shade`, or smooth by the gradient of the filled voxels. */
export type Shade = "none" | "faces" | "smooth";

/** Ranges of label values, both ends inclusive. */
export type LabelRanges = readonly (readonly [first: number, last: number])[];

/** A part of an axis, as fractions of the box. */
export type Range = readonly [low: number, high: number];

/** Settings for computing voxels from values: steps 2 to 5. */
export interface PipelineSettings {
  readonly kind: Kind;
  /**
   * The window that is normalized to 0 to 1; null: from the minimum to the maximum. For signed values it is centred at
   * 0.
   */
  readonly window: Window | null;
  /** Signed: values closer to 0 are not drawn; in data units. */
  readonly threshold: number;
  readonly colormap: string;
  /** Names, colours and visibility of labels, if there is a table. */
  readonly labels: LabelTable | null;
  /** The labels to show; null for all. */
  readonly only: LabelRanges | null;
  /** The labels to hide. */
  readonly hide: LabelRanges;
  /** Intensities: the article's transform, or null for none. */
  readonly transform: Transform | null;
  readonly resolution: "native" | Vec3;
  /** Whether to smooth before downsampling. */
  readonly antialias: boolean;
  /** Axes to reverse, before cropping. */
  readonly flip: readonly [boolean, boolean, boolean];
  readonly crop: readonly [Range, Range, Range];
  /** Keeps voxels whose centre p (in fractions of the box) satisfies n.p + d > 0: [nx, ny, nz, d]. */
  readonly clip: readonly [number, number, number, number] | null;
}

/** Settings for drawing the computed voxels. */
export interface DrawSettings {
  readonly kind: Kind;
  readonly blend: "weighted" | "exact";
  readonly aspect: "physical" | "cube";
  /** A colour map's name or colours; "labels" for the colours of labels. */
  readonly colormap: string;
  /** Factor of alpha. */
  readonly opacity: number;
  readonly shade: Shade;
  /** Direction to the light, in degrees as in matplotlib's LightSource: clockwise from +y, and above the xy plane. */
  readonly light: readonly [azimuth: number, altitude: number];
  /** Gap between voxels, as a fraction of a voxel. */
  readonly explode: number;
  readonly camera: DrawnCamera;
  /** Unit of the box with ticks and labels around the volume, or null for no box: see src/axes. */
  readonly axes: "voxels" | "mm" | null;
  /** Whether to draw a colour bar, or a legend of labels, beside the picture. */
  readonly colorbar: boolean;
  /** True for a scale bar in the lower right corner. */
  readonly scalebar: boolean;
  /** True for an orientation marker in the lower left corner. */
  readonly orientation: boolean;
  /** Straight red, green, blue and alpha, 0 to 1. */
  readonly background: readonly [number, number, number, number];
}

/** The default background. */
export const TRANSPARENT: Settings["background"] = [0, 0, 0, 0];

/** The settings with which a volume is drawn. */
export interface DrawnSettings extends PipelineSettings, DrawSettings {}

/** Settings that can depend on the volume ("auto"): see appearance.ts. */
export type Appearance = Pick<
  DrawnSettings,
  "kind" | "window" | "threshold" | "colormap" | "opacity" | "shade"
>;

/** The settings as set in the options. */
export type Settings = Omit<DrawnSettings, keyof Appearance | "camera"> & { readonly camera: Camera } & {
  readonly [K in keyof Appearance]:
    | Exclude<Appearance[K], null>
    | "auto"
    | (K extends "window" ? "full" : never);
};

/**
 * The voxels from `first` to `end` (exclusive) that a crop keeps of an axis of `n` voxels, at least one. Rounds half to
 * even, as in Python.
 */
export function cropRange([low, high]: Range, n: number): [first: number, end: number] {
  const first = Math.min(roundHalfEven(low * n), n - 1);
  return [first, Math.max(roundHalfEven(high * n), first + 1)];
}

function roundHalfEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

/** Side lengths of the box in the unit cube: 1, 1, 1, or proportional to the volume's size in the world. */
export function boxExtent(aspect: DrawSettings["aspect"], dims: Vec3, spacing: Vec3): Vec3 {
  if (aspect === "cube") return [1, 1, 1];
  const sides = dims.map((n, axis) => n * spacing[axis]);
  const longest = Math.max(...sides);
  return sides.map((side) => side / longest) as unknown as Vec3;
}
