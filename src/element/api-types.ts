/**
 * Types of what the element's methods and events are given and give. Apart from the code, so that the element's published
 * types need no types of WebGPU.
 */

import type { ToldAppearance } from "../options/appearance.ts";
import type { Label } from "../options/labels.ts";
import type { EntryInfo } from "../read/index.ts";
import type { Vec3 } from "../volume.ts";

/** Options of `toBlob`. */
export interface BlobOptions {
  /** Pixels; by default those of the element on its screen. Given one, the other keeps the element's proportions. */
  readonly width?: number;
  readonly height?: number;
  /** A pixel: 1 (the default), 4, 9 or 16, for smooth edges. */
  readonly samples?: number;
  /** Any CSS colour; transparent by default, which is black in a JPEG. */
  readonly background?: string;
  /** "image/png" (the default), "image/jpeg" or "image/webp". */
  readonly type?: string;
  /** Quality of JPEG and WebP, 0 to 1. */
  readonly quality?: number;
}

/** A voxel that is seen at a point of the picture. */
export interface Picked {
  /** Index of the voxel in the volume. */
  readonly index: Vec3;
  /** Its centre in the volume's world, in mm. */
  readonly mm: Vec3;
  /** Its value, as in the file with slope and intercept; NaN where it is missing. */
  readonly value: number;
  /** The label of this value, where the values are labels. */
  readonly label?: Label;
}

/** `detail` of the event "load": the volume, and how its values are drawn (explicit voxels have none). */
export interface LoadDetail extends Partial<ToldAppearance> {
  /** File name, or path in the archive. */
  readonly name: string;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** Voxels in the file, and in the grid that is drawn. */
  readonly dims: Vec3;
  readonly gridDims: Vec3;
  /** Whether the grid had to be made smaller than asked for to fit the GPU. */
  readonly reduced: boolean;
}
