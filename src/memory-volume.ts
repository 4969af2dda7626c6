/** memoryVolume: a Volume whose voxels are in memory. */

import { type Box, boxVoxels, DTYPES, type ScalarImage, type Vec3, type Volume } from "./volume.ts";

/** Everything of a volume but its voxels; one frame at (0, 0, 0) with voxels of 1 mm unless said otherwise. */
export interface VolumeInMemory
  extends Pick<Volume, "dims" | "dtype">,
    Partial<Omit<Volume, "dims" | "dtype" | "levels" | "read">> {
  /** `dims[0] * dims[1] * dims[2]` scalars, x fastest. */
  readonly data: Uint8Array;
}

/** A volume of the scalars in `data`, which are not copied. @throws RangeError where their number is not that of `dims`. */
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
    levels: [dims],
    async read(level, box) {
      checkBox(header, level, box);
      return boxOf(data, dims, size, box);
    },
  };
}

/** Row-major 4x4 that scales by `spacing` and tells no directions. */
export function diagonal([dx, dy, dz]: Vec3): number[] {
  return [dx, 0, 0, 0, 0, dy, 0, 0, 0, 0, dz, 0, 0, 0, 0, 1];
}

/** @throws RangeError where `dims` have no such box, or there is no such level. */
export function checkBox({ dims }: Pick<ScalarImage, "dims">, level: number, { start, end }: Box): void {
  const isIn = dims.every((n, axis) => start[axis] >= 0 && start[axis] < end[axis] && end[axis] <= n);
  if (level !== 0 || !isIn)
    throw new RangeError(`level ${level}, box ${start} to ${end} of ${dims.join(" x ")}`);
}

/** The bytes of a box of the volume in `data`, a view of them where they lie in one piece. */
export function boxOf(data: Uint8Array, dims: Vec3, size: number, box: Box): Uint8Array {
  const { start, end } = box;
  const [width, height] = [end[0] - start[0], end[1] - start[1]];
  const at = (y: number, z: number) => ((z * dims[1] + y) * dims[0] + start[0]) * size;
  const isOnePiece =
    width === dims[0] && (height === dims[1] || end[2] - start[2] === 1) ? true : boxVoxels(box) === width;
  if (isOnePiece)
    return data.subarray(at(start[1], start[2]), at(start[1], start[2]) + boxVoxels(box) * size);
  const out = new Uint8Array(boxVoxels(box) * size);
  let to = 0;
  for (let z = start[2]; z < end[2]; z++) {
    for (let y = start[1]; y < end[1]; y++, to += width * size) {
      const from = at(y, z);
      // A call for each scalar takes longer than its bytes.
      if (width === 1) for (let i = 0; i < size; i++) out[to + i] = data[from + i];
      else out.set(data.subarray(from, from + width * size), to);
    }
  }
  return out;
}
