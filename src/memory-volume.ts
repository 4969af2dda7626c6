/** memoryVolume: a Volume whose voxels are in memory. */

import { fetched } from "./errors.ts";
import { type Box, DTYPES, type ScalarImage, type Vec3, type Volume } from "./volume.ts";

/** A volume's properties without its voxels. By default it has one frame, at (0, 0, 0), with voxels of 1 mm. */
export interface VolumeInMemory
  extends Pick<Volume, "dims" | "dtype">,
    Partial<Omit<Volume, "dims" | "dtype" | "levels" | "read">> {
  /** `dims[0] * dims[1] * dims[2]` scalars, x fastest. */
  readonly data: Uint8Array;
}

/**
 * A volume of the scalars in `data`, which are not copied. @throws RangeError if their number does not match `dims`.
 */
export function memoryVolume({ data, ...header }: VolumeInMemory): Volume {
  const { dims, dtype, spacing = [1, 1, 1] } = header;
  const size = DTYPES[dtype];
  if (data.length !== size * dims[0] * dims[1] * dims[2])
    throw new RangeError(`${data.length} bytes are not ${dims.join(" x ")} scalars of type ${dtype}`);
  return {
    kind: "volume",
    name: "volume",
    spacing,
    affine: diagonal(spacing),
    littleEndian: true,
    slope: 1,
    intercept: 0,
    frames: 1,
    frame: 0,
    ...header,
    levels: [{ dims }],
    async read(level, box, options) {
      options?.signal?.throwIfAborted();
      checkBox(header, level, box);
      const { start, end } = box;
      // Whole slices, the most common request, are contiguous.
      if (end[0] - start[0] === dims[0] && end[1] - start[1] === dims[1]) {
        const slice = size * dims[0] * dims[1];
        return data.subarray(start[2] * slice, end[2] * slice);
      }
      return (await fetched(import("./box-of.ts"))).boxOf(data, dims, size, box);
    },
  };
}

/** Row-major 4x4 matrix that scales by `spacing`. */
export function diagonal([dx, dy, dz]: Vec3): number[] {
  return [dx, 0, 0, 0, 0, dy, 0, 0, 0, 0, dz, 0, 0, 0, 0, 1];
}

/** @throws RangeError if the box is outside `dims`, or the level does not exist. */
export function checkBox({ dims }: Pick<ScalarImage, "dims">, level: number, { start, end }: Box): void {
  const isIn = dims.every(
    (n, axis) =>
      [start[axis], end[axis]].every(Number.isInteger) &&
      start[axis] >= 0 &&
      start[axis] < end[axis] &&
      end[axis] <= n,
  );
  if (level !== 0 || !isIn)
    throw new RangeError(`level ${level}, box ${start} to ${end} of ${dims.join(" x ")}`);
}
