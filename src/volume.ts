/** Volume: the one contract between reading (`read/`) and drawing (`engine/`). */

/** A triple of numbers in axis order x, y, z. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** How one scalar is stored; the names are NumPy's. */
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

/** One scalar 3-D image, its values still as stored in the file. */
export interface Volume extends ScalarImage {
  /** Tells it from explicit voxels. */
  readonly kind: "volume";
}

/** The voxels `[start, end)` along x, y and z. */
export interface Box {
  readonly start: Vec3;
  readonly end: Vec3;
}

/** A remark on how a volume was read, for people: English text with names in braces, and what these stand for. */
export interface ReadNote {
  readonly text: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The values of a 3-D image and where they lie. */
export interface ScalarImage {
  /** File name, or path inside the archive. */
  readonly name: string;
  /** Voxels along x, y, z. */
  readonly dims: Vec3;
  /** Distance between voxel centres along x, y, z, in mm. */
  readonly spacing: Vec3;
  /** Voxel index `(i, j, k, 1)` to mm, 4x4, row-major. */
  readonly affine: readonly number[];
  /** Set where the format has no lengths, as NumPy's: `spacing` and `affine` then count voxels, not mm. */
  readonly unitless?: true;
  /**
   * Set where `affine` tells the directions of the patient or scanner: those of NIfTI's sform or qform, where +x is right,
   * +y anterior and +z superior. Without it, which side of the volume is left or right is not known.
   */
  readonly oriented?: true;
  readonly dtype: Dtype;
  readonly littleEndian: boolean;
  /** Voxels along x, y and z of each level of detail, the finest first. A file has one level: `[dims]`. */
  readonly levels: readonly Vec3[];
  /**
   * Reads the scalars of a box of a level, as stored, x fastest. They may be a view of memory that others use: they must
   * not be changed. Rejects with a VoxelVolumeError `corrupt-file` or `network`, a RangeError for a box or a level
   * that is not there, or the signal's reason.
   */
  read(level: number, box: Box, options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /** A stored scalar `s` means the value `s * slope + intercept`. */
  readonly slope: number;
  readonly intercept: number;
  /** What the header says the values are: labels, or a statistic with both signs. */
  readonly intent?: "labels" | "signed";
  /** The range of values to show that the header gives, in data units; not checked against the values. */
  readonly displayRange?: readonly [low: number, high: number];
  /** Name or unit of the values, where the header has one. */
  readonly unit?: string;
  /** Number of frames (4th axis and beyond) in the file, and the index of this one. */
  readonly frames: number;
  readonly frame: number;
  /** What reading had to decide or leave out; undefined where nothing. */
  readonly notes?: readonly ReadNote[];
}

/** A volume is kept in memory up to so many bytes; a larger one is read part by part, where its file allows that. */
export const MOST_IN_MEMORY = 2 ** 30;

/** All voxels of an image of these dimensions. */
export function wholeBox(dims: Vec3): Box {
  return { start: [0, 0, 0], end: dims };
}

/** The slices `z` to `end` (exclusive) of an image of these dimensions. */
export function slicesBox([nx, ny]: Vec3, z: number, end: number): Box {
  return { start: [0, 0, z], end: [nx, ny, end] };
}

/** Number of voxels in a box. */
export function boxVoxels({ start, end }: Box): number {
  return (end[0] - start[0]) * (end[1] - start[1]) * (end[2] - start[2]);
}
