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
  /** The bytes of one frame, `dims[0] * dims[1] * dims[2]` scalars, x fastest. */
  readonly data: Uint8Array;
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
}
