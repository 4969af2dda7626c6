/** Format: the interface of a file format, and the description of a volume in a file. */

import type { Dtype, Vec3, Volume } from "../../volume.ts";
import type { ReadOptions } from "../sources/source.ts";
import type { ByteFile } from "../util/byte-file.ts";

/** Description of a volume, from its header. */
export interface EntryInfo {
  /** File name, or path inside the archive; for a pair, the header's. */
  readonly path: string;
  /** Voxels along x, y, z. */
  readonly dims: Vec3;
  /** Distance between voxel centres along x, y, z, in mm. */
  readonly spacing: Vec3;
  /** Set if the format has no lengths: `spacing` is then in voxels. */
  readonly unitless?: true;
  /** Type of the values; for colours and complex numbers, that of their components. */
  readonly dtype: Dtype;
  /** Number of 3-D frames (4th axis and beyond). */
  readonly frames: number;
  /** Short name, as "nifti1" or "npy". */
  readonly format: string;
  readonly littleEndian: boolean;
  /** Set if a voxel has several numbers: colours are read as luminance, complex numbers as magnitude. */
  readonly components?: Components;
  /** How unnamed axes of an array were interpreted, as "(1, x, y, z)". */
  readonly axes?: string;
  /** Names of the channels, if there are several; one is read. */
  readonly channels?: readonly string[];
  /** Number of levels of detail, if there are several. */
  readonly levels?: number;
}

/** Meaning of a voxel with several numbers. */
export type Components = "rgb" | "rgba" | "complex";

/** Numbers per voxel. */
export const COMPONENTS: Readonly<Record<Components, number>> = { rgb: 3, rgba: 4, complex: 2 };

/** A volume found by a format: its description, and where its values are. */
export interface FormatVolume
  extends Pick<EntryInfo, "path" | "format" | "dims" | "dtype">,
    Partial<Omit<EntryInfo, "path" | "format" | "dims" | "dtype">>,
    Pick<Volume, "oriented" | "intent" | "displayRange" | "unit" | "notes"> {
  /** In mm; by default 1 each, which then counts voxels, not mm. */
  readonly spacing?: Vec3;
  /** Voxel index to mm, as in `Volume`; by default from the spacing, with the first voxel at the origin. */
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

/** Scalars stored one after the other in a file. */
export interface PlainVoxels {
  /** Opens the file that holds them. */
  file(): Promise<ByteFile>;
  /** Offset of the first scalar, in bytes. */
  readonly offset: number;
  /**
   * The axes, fastest first: `x`, `y`, `z`, `t` for frames and `c` for the components of a voxel. Default: `cxyzt`.
   * Axes of length 1 may be in any position. An array [x, y, z] in C order is `zyx`, with frames [t, x, y, z] `zyxt`.
   */
  readonly order?: string;
}

/** Scalars that the format decodes itself. */
export interface DecodedVoxels {
  /** Scalars of a frame, x fastest, with the components of a voxel together. Rejects with a VoxelVolumeError. */
  decode(frame: number, options: ReadOptions): Promise<Uint8Array>;
}

export interface FormatContext {
  /** The first `HEAD_BYTES` of the file, or all of a shorter one. */
  readonly head: Uint8Array;
  readonly signal?: AbortSignal;
  /**
   * All files of this format that lie together, by `path`, including the one to open; only if its volumes may span
   * several files.
   */
  readonly series: readonly ByteFile[];
}

/** One file format. */
export interface Format {
  /** Name and extensions, for messages. */
  readonly name: string;
  /** Extensions of its files, in lower case and without a dot. */
  readonly extensions: readonly string[];
  /** True if a file is of this format, by its content; the path may decide where the content cannot. */
  matches(head: Uint8Array, path: string): boolean;
  /** The volumes in a file. Rejects with a VoxelVolumeError. */
  open(file: ByteFile, context: FormatContext): Promise<readonly FormatVolume[]>;
  /** True if a volume's slices may be in separate files, which are opened together. */
  readonly isSeries?: boolean;
}

/** Length of the beginning that is read to recognise a file. Formats with longer headers read on. */
export const HEAD_BYTES = 352;
