/** Format: what a file format implements to be read, and Found, what it finds in a file. */
import type { VoxelVolumeError } from "../../errors.ts";
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
  readonly dtype: Dtype;
  /** Number of 3-D frames (4th axis and beyond). */
  readonly frames: number;
  readonly format: "analyze" | "nifti1" | "nifti2" | "npy";
  readonly littleEndian: boolean;
}

export interface FrameOptions extends ReadOptions {
  /** The most bytes of frames that may be kept for later reads. */
  readonly budget: number;
}

/** A volume whose header is read; its frames are read when asked for, and kept. */
export interface FoundVolume {
  readonly info: EntryInfo;
  /** Rejects with `invalid-option` for a frame that is not there, `corrupt-file` when voxels are missing. */
  read(frame: number, options: FrameOptions): Promise<Volume>;
  /** Whether every frame is kept, so that the file is no longer needed. */
  isComplete(): boolean;
  /** Lets go of the frames that are kept. */
  forget(): void;
}

/** A volume in an archive that cannot be read, and why. */
export interface Unreadable {
  readonly path: string;
  readonly error: VoxelVolumeError;
}

export type Found = FoundVolume | Unreadable;

export interface Context {
  readonly signal?: AbortSignal;
  /** Opens what a container holds; undefined where that is no volume. */
  inner(file: ByteFile): Promise<Found[] | undefined>;
}

/** One file format. `head` is the first `HEAD_BYTES` of the file, or all of a shorter one. */
export interface Format {
  /** For messages: what it is and its extensions. */
  readonly name: string;
  /** Is it this format, judged by content; the path may decide where the content cannot. */
  sniff(head: Uint8Array, path: string): boolean;
  /** The volumes in the file; undefined where a container holds something else. */
  open(file: ByteFile, head: Uint8Array, context: Context): Promise<Found[] | undefined>;
}

/** As long as the shortest headers; a format reads on where its own is longer. */
export const HEAD_BYTES = 352;
