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
import type { Level, Vec3 } from "../volume.ts";

/** Options of `toBlob`. */
export interface BlobOptions {
  /** Size in pixels; by default the element's size on screen. If only one is given, the other keeps the proportions. */
  readonly width?: number;
  readonly height?: number;
  /** Instead of width and height: pixels, as "1200x800", or a printed size, as "12cm", "18x6cm" or "7in". */
  readonly size?: string;
  /**
   * Pixels per inch, which PNG and JPEG state; 300 by default for a printed size. Texts then have the size in print that
   * they have on screen, else they keep their size relative to the picture.
   */
  readonly dpi?: number;
  /** Samples per pixel: 1 (the default), 4, 9 or 16; more give smoother edges. */
  readonly samples?: number;
  /** Any CSS colour. The default is transparent, which becomes white in a JPEG. Texts and lines contrast with it. */
  readonly background?: string;
  /** "image/png" (the default), "image/jpeg", "image/webp" or "image/svg+xml". */
  readonly type?: string;
  /** Quality of JPEG and WebP, 0 to 1. */
  readonly quality?: number;
  /** Several views in a row: "full", "cut", "diagonal", "front", "back", "left", "right", "top", "bottom". */
  readonly views?: string | readonly string[];
  /** Letter of the first view, as "a"; the others have the next letters. */
  readonly letters?: string;
  /** Text above the picture. */
  readonly title?: string;
  /** Options of the picture that differ from the element's, by attribute name, as in `{ axes: "mm" }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Options of `toFilm`: what moves, how each frame is drawn, as in `BlobOptions`, and how the film is written. A
 * transparent background becomes white in every format but `zip`.
 */
export interface FilmOptions extends FilmMotion, MakeFilmOptions, Omit<BlobOptions, "type" | "quality"> {
  /** `mp4`, `webm`, `gif`, or `zip` for PNGs of the frames; by default the first of these that the browser can write. */
  readonly format?: FilmFormat;
}

/** Options of `toPage`. */
export interface PageOptions {
  /** "html" (the default): one file that opens from a disk; "zip": the files of a page for a web server. */
  readonly form?: "html" | "zip";
  /** Title of the page, and text below the picture. */
  readonly title?: string;
  /** True for a page with the panel. */
  readonly controls?: boolean;
  /** As the option `resolution`, instead of the element's: the volume is stored with so many voxels. */
  readonly resolution?: string | number;
  /** Most bytes of the compressed volume in one file; 50 MB by default. */
  readonly maxInline?: number;
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
  /**
   * Levels of detail of the volume, finest first, and the one that is shown first. A volume that is read in parts has
   * several; finer ones follow where the picture shows them.
   */
  readonly levels: readonly Level[];
  readonly level: number;
  /** True if the grid is smaller than requested, to fit the GPU. */
  readonly reduced: boolean;
}
