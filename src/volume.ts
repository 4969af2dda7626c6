/** Volume: the interface between reading (`read/`) and drawing (`engine/`). */

/** A triple of numbers in axis order x, y, z. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** How a scalar is stored, with NumPy's names. */
export const DTYPES = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float16: 2,
  float32: 4,
  float64: 8,
} as const;

export type Dtype = keyof typeof DTYPES;

/** One scalar 3-D image, with values as stored in the file. */
export interface Volume extends ScalarImage {
  /** Distinguishes it from explicit voxels. */
  readonly kind: "volume";
  /**
   * Set if the volume is too large to be read as a whole: one of its coarser levels, in memory. Its statistics stand for
   * those of the volume. The other levels are read in parts, while the volume is drawn.
   */
  readonly overview?: Overview;
  /** What has been fetched so far, if the volume is read in parts. */
  readonly traffic?: Traffic;
}

/** A level of a volume, in memory. */
export interface Overview extends Volume {
  /** Its index among the volume's levels. */
  readonly level: number;
}

/** Counters that grow while a volume is read. */
export interface Traffic {
  /** Bytes that servers have sent. */
  readonly bytes: number;
  /** Requests that were sent, including those that failed. */
  readonly requests: number;
}

/** A level of detail. */
export interface Level {
  /** Voxels along x, y, z. */
  readonly dims: Vec3;
  /** Size of a voxel, in voxels of level 0; 1 by default. */
  readonly scale?: Vec3;
  /** Position of the low corner of the first voxel, in voxels of level 0; 0 by default. */
  readonly origin?: Vec3;
}

/** The voxels `[start, end)` along x, y and z. */
export interface Box {
  readonly start: Vec3;
  readonly end: Vec3;
}

/** A note on how a volume was read, for people: English text with names in braces, and their values. */
export interface ReadNote {
  readonly text: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The values of a 3-D image and its position. */
export interface ScalarImage {
  /** File name, or path inside the archive. */
  readonly name: string;
  /** Voxels along x, y, z. */
  readonly dims: Vec3;
  /** Distance between voxel centres along x, y, z, in mm. */
  readonly spacing: Vec3;
  /** Voxel index `(i, j, k, 1)` to mm, 4x4, row-major. */
  readonly affine: readonly number[];
  /** Set if the format has no lengths, as NumPy's: `spacing` and `affine` then count voxels, not mm. */
  readonly unitless?: true;
  /**
   * Set if `affine` has the directions of the patient or scanner: NIfTI's sform or qform, where +x is right, +y
   * anterior and +z superior. Otherwise it is unknown which side of the volume is left or right.
   */
  readonly oriented?: true;
  readonly dtype: Dtype;
  readonly littleEndian: boolean;
  /** The levels of detail, finest first. Most files have one, of the dimensions `dims`. */
  readonly levels: readonly Level[];
  /**
   * Reads the scalars of a box of a level, as stored, x fastest. The result may be a view of shared memory and must not
   * be modified. Rejects with a VoxelVolumeError `corrupt-file` or `network`, a RangeError for a box or level that does
   * not exist, or the signal's reason.
   */
  read(level: number, box: Box, options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /** A stored scalar `s` means the value `s * slope + intercept`. */
  readonly slope: number;
  readonly intercept: number;
  /** The kind of values according to the header: labels, or a statistic with both signs. */
  readonly intent?: "labels" | "signed";
  /** The range of values to show according to the header, in data units; not checked against the values. */
  readonly displayRange?: readonly [low: number, high: number];
  /** The colour map of intensities according to the header: a name, or colours as in "#000000 #ff0000". */
  readonly colormap?: string;
  /** Name or unit of the values, if the header has one. */
  readonly unit?: string;
  /** Number of frames (4th axis and beyond) in the file. */
  readonly frames: number;
  /** Index of this frame. */
  readonly frame: number;
  /** What the reader had to decide or omit; undefined if nothing. */
  readonly notes?: readonly ReadNote[];
}

/** A volume of up to this many bytes is kept in memory. A larger one is read in parts, if its file allows it. */
export const MOST_IN_MEMORY = 2 ** 30;

/** The box of all voxels of an image of these dimensions. */
export function wholeBox(dims: Vec3): Box {
  return { start: [0, 0, 0], end: dims };
}

/** The box of slices `z` to `end` (exclusive) of an image of these dimensions. */
export function slicesBox([nx, ny]: Vec3, z: number, end: number): Box {
  return { start: [0, 0, z], end: [nx, ny, end] };
}

/** Number of voxels in a box. */
export function boxVoxels({ start, end }: Box): number {
  return (end[0] - start[0]) * (end[1] - start[1]) * (end[2] - start[2]);
}
