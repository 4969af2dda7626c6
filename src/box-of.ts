/** boxOf: extracts a part of a volume in memory. */

import { type Box, boxVoxels, type Vec3 } from "./volume.ts";

/** The bytes of a box of the volume in `data`; a view of `data` if they are contiguous. */
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
      // Copying single scalars with a call each is slower than copying their bytes here.
      if (width === 1) for (let i = 0; i < size; i++) out[to + i] = data[from + i];
      else out.set(data.subarray(from, from + width * size), to);
    }
  }
  return out;
}
