/**
 * Types of the parameters and results of the element's methods and events. In a file of their own, so that the
 * element's published types do not need the WebGPU types.
 */

import type { FilmMotion } from "../film/film-options.ts";
import type { FilmFormat } from "../film/formats.ts";
import type { MakeFilmOptions } from "../film/make-film.ts";
import type { ToldAppearance } from "../options/appearance.ts";
import type { Label } from "../options/labels.ts";
import type { EntryInfo } from "../read/index.ts";
import type { Vec3 } from "../volume.ts";

/** Options of `toBlob`. */
export interface BlobOptions {
  /** Size in pixels; by default the element's size on screen. If only one is given, the other keeps the proportions. */
  readonly width?: number;
  readonly height?: number;
  /** Samples per pixel: 1 (the default), 4, 9 or 16; more give smoother edges. */
  readonly samples?: number;
  /** Any CSS colour. The default is transparent, which becomes black in a JPEG. */
  readonly background?: string;
  /** "image/png" (the default), "image/jpeg" or "image/webp". */
  readonly type?: string;
  /** Quality of JPEG and WebP, 0 to 1. */
  readonly quality?: number;
}

/** Options of `toFilm`: what moves, and how the film is written. */
export interface FilmOptions
  extends FilmMotion,
    MakeFilmOptions,
    Pick<BlobOptions, "width" | "height" | "samples"> {
  /** `mp4`, `webm`, `gif`, or `zip` for PNGs of the frames; by default the first of these that the browser can write. */
  readonly format?: FilmFormat;
  /** Any CSS colour. The default is transparent, which becomes white in every format but `zip`. */
  readonly background?: string;
}

/** The voxel that is visible at a point of the picture. */
export interface Picked {
  /** Index of the voxel in the volume. */
  readonly index: Vec3;
  /** Centre of the voxel in world coordinates, in mm. */
  readonly mm: Vec3;
  /** Value of the voxel, with the file's slope and intercept applied; NaN if missing. */
  readonly value: number;
  /** The label with this value, if the values are labels. */
  readonly label?: Label;
}

/** `detail` of the "load" event: the volume, and how its values are drawn (not for explicit voxels). */
export interface LoadDetail extends Partial<ToldAppearance> {
  /** File name, or path in the archive. */
  readonly name: string;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** Voxels in the file, and in the grid that is drawn. */
  readonly dims: Vec3;
  readonly gridDims: Vec3;
  /** Whether the grid is smaller than requested, to fit the GPU. */
  readonly reduced: boolean;
}
