/** Fields that Analyze and NIfTI headers share, with checks. */
import { VoxelVolumeError } from "../../errors.ts";
import type { Dtype, Vec3 } from "../../volume.ts";
import type { Components } from "./format.ts";

/**
 * True for little-endian, false for big-endian, from the size that the header declares, or else from the number of axes
 * (1 to 7, an int16 at byte 40); undefined if neither is plausible.
 */
export function isLittleEndian(head: Uint8Array, headerSize: number): boolean | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const order = [true, false];
  const bySize =
    head.length < 4 ? undefined : order.find((little) => view.getInt32(0, little) === headerSize);
  if (bySize !== undefined || head.length < 42) return bySize;
  return order.find((little) => view.getInt16(40, little) >= 1 && view.getInt16(40, little) <= 7);
}

/**
 * Start of `descrip` in files that this program has written (src/page). The unit of the values follows it. In these
 * files, lengths without a unit count voxels, and the affine holds even without a code for its directions.
 */
export const NIFTI_MARK = "voxel-volume ";

/** Rejects a header that is cut off, with `corrupt-file`. */
export function checkLength(path: string, head: Uint8Array, size: number): void {
  if (head.length >= size) return;
  const message = `${path} is cut off: the header takes ${size} bytes, ${head.length} are there. Get the file again.`;
  throw new VoxelVolumeError("corrupt-file", message);
}

/**
 * The three axes and the number of frames from `dim` (number of axes, then their lengths). Missing axes have length 1,
 * as has a 0 beyond the third axis (as in nifticlib). Any other length below 1 is `corrupt-file`.
 */
export function shape(path: string, dim: readonly number[]): { dims: Vec3; frames: number } {
  const [axes] = dim;
  const lengths = dim.slice(1, axes + 1).map((length, axis) => (axis > 2 && length === 0 ? 1 : length));
  if (axes >= 1 && axes <= 7 && lengths.every((length) => Number.isInteger(length) && length >= 1)) {
    const [x, y = 1, z = 1, ...rest] = lengths;
    return { dims: [x, y, z], frames: rest.reduce((product, length) => product * length, 1) };
  }
  const message = `${path}: the header gives the dimensions ${dim.slice(1, 4).join(" x ")} (${axes} axes), which no image has. The file is damaged.`;
  throw new VoxelVolumeError("corrupt-file", message);
}

/** Distances between voxel centres from `pixdim`, without signs and invalid values, in the file's unit. */
export function spacing(pixdim: readonly number[]): Vec3 {
  const [x, y, z] = [1, 2, 3].map((axis) => {
    const size = Math.abs(pixdim[axis]);
    return size > 0 && Number.isFinite(size) ? size : 1;
  });
  return [x, y, z];
}

/** Type of a voxel: one number, or several. */
export interface VoxelType {
  readonly dtype: Dtype;
  readonly components?: Components;
}

/** Looks up a datatype code in `table`; `unsupported-format` for unknown codes. */
export function typeOf(path: string, code: number, table: Readonly<Record<number, VoxelType>>): VoxelType {
  const type = table[code];
  if (type) return type;
  const known = [...new Set(Object.values(table).map(({ dtype }) => dtype))].join(", ");
  const name = OTHER_TYPES[code] ?? "unknown";
  const message = `${path}: datatype ${code} (${name}) is not supported; convert it to one of ${known}.`;
  throw new VoxelVolumeError("unsupported-format", message);
}

/** Datatypes that headers may have but that are not supported. */
const OTHER_TYPES: Readonly<Record<number, string>> = {
  1: "binary",
  1536: "float128",
  1792: "complex128",
  2048: "complex256",
  2304: "RGBA32",
};

/** Lengths of the columns of a row-major affine: the distances between voxel centres. */
export function columnLengths(affine: readonly number[]): Vec3 {
  const length = (column: number) => Math.hypot(affine[column], affine[column + 4], affine[column + 8]);
  return [length(0), length(1), length(2)];
}

/** Offset of the voxels, from `vox_offset`; `corrupt-file` if it is negative or not finite. */
export function voxelOffset(path: string, offset: number): number {
  if (offset >= 0 && Number.isFinite(offset)) return Math.trunc(offset);
  const message = `${path}: the header says that voxels start at byte ${offset}. The file is damaged.`;
  throw new VoxelVolumeError("corrupt-file", message);
}

/** Range of values to show, from `cal_min` and `cal_max`; undefined if the header has none. */
export function displayRange(low: number, high: number): readonly [number, number] | undefined {
  return Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : undefined;
}
