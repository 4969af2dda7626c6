/** Format: what a file format implements to be read, and what it says of the volumes in a file. */

import type { Dtype, Vec3, Volume } from "../../volume.ts";
import type { ReadOptions } from "../sources/source.ts";
import type { ByteFile } from "../util/byte-file.ts";

/** What the header of a volume says. */
export interface EntryInfo {
  /** File name, or path inside the archive; of a pair, the header's. */
  readonly path: string;
  /** Voxels along x, y, z. */
  readonly dims: Vec3;
  /** Distance between voxel centres along x, y, z, in mm. */
  readonly spacing: Vec3;
  /** Set where the format has no lengths: `spacing` then counts voxels. */
  readonly unitless?: true;
  /** Type of the values; for colours and complex numbers, that of their components. */
  readonly dtype: Dtype;
  /** Number of 3-D frames (4th axis and beyond). */
  readonly frames: number;
  /** Short name, as "nifti1" or "npy". */
  readonly format: string;
  readonly littleEndian: boolean;
  /** Set where a voxel is not one number: colours are read as their luminance, complex numbers as their magnitude. */
  readonly components?: Components;
  /** How the axes of an array without named ones were understood, as "(1, x, y, z)". */
  readonly axes?: string;
}

/** What a voxel of several numbers is. */
export type Components = "rgb" | "rgba" | "complex";

/** Numbers of a voxel. */
export const COMPONENTS: Readonly<Record<Components, number>> = { rgb: 3, rgba: 4, complex: 2 };

/** A volume as a format finds it: everything but the values, and where these are. */
export interface FormatVolume
  extends Pick<EntryInfo, "path" | "format" | "dims" | "dtype">,
    Partial<Omit<EntryInfo, "path" | "format" | "dims" | "dtype">>,
    Pick<Volume, "oriented" | "intent" | "displayRange" | "unit" | "notes"> {
  /** In mm; 1 each by default, which then counts voxels and not mm. */
  readonly spacing?: Vec3;
  /** Voxel index to mm, as in `Volume`; by default that of the spacing, from the first voxel. */
  readonly affine?: readonly number[];
  /** 1 and 0 by default. */
  readonly slope?: number;
  readonly intercept?: number;
  /** 1 by default. */
  readonly frames?: number;
  /** True by default. */
  readonly littleEndian?: boolean;
  readonly voxels: PlainVoxels | DecodedVoxels;
}

/** Scalars that lie in a file one after the other. */
export interface PlainVoxels {
  /** The file that holds them, when they are wanted. */
  file(): Promise<ByteFile>;
  /** The byte at which they start. */
  readonly offset: number;
  /**
   * The axes, the fastest first: `x`, `y`, `z`, `t` for frames and `c` for the components of a voxel. `cxyzt` by
   * default, where those of one element do not matter; an array [x, y, z] in C order is `zyx`, and one of frames [t, x, y, z] `zyxt`.
   */
  readonly order?: string;
}

/** Scalars that the format decodes itself. */
export interface DecodedVoxels {
  /** The scalars of a frame, x fastest, the components of a voxel together. Rejects with a VoxelVolumeError. */
  decode(frame: number, options: ReadOptions): Promise<Uint8Array>;
}

export interface FormatContext {
  /** The first `HEAD_BYTES` of the file, or all of a shorter one. */
  readonly head: Uint8Array;
  readonly signal?: AbortSignal;
  /**
   * All files of this format that lie together, by `path`, if its volumes may consist of several files, with the
   * one to open among them.
   */
  readonly series: readonly ByteFile[];
}

/** One file format. */
export interface Format {
  /** For messages: what it is and its extensions. */
  readonly name: string;
  /** Extensions of its files, in lower case and without a dot. */
  readonly extensions: readonly string[];
  /** Tells by content whether a file is of this format; the path may decide where the content cannot. */
  matches(head: Uint8Array, path: string): boolean;
  /** The volumes in a file. Rejects with a VoxelVolumeError. */
  open(file: ByteFile, context: FormatContext): Promise<readonly FormatVolume[]>;
  /** Whether the slices of a volume may be in files of their own, which are opened together. */
  readonly isSeries?: boolean;
}

/** As long as the shortest headers; a format reads on where its own is longer. */
export const HEAD_BYTES = 352;
