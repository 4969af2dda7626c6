/** The codes of a page before they are uploaded. */

import type { Vec3 } from "../../volume.ts";

/** True if all codes of this many bytes are alike. */
export function isConstant(codes: Uint8Array, bytes: number): boolean {
  for (let i = bytes; i < codes.length; i++) if (codes[i] !== codes[i - bytes]) return false;
  return true;
}

/** The codes of a page of `dims` voxels, extended to `size` per side. */
export function padded(codes: Uint8Array, dims: Vec3, size: number, bytes: number): Uint8Array {
  const out = new Uint8Array(size ** 3 * bytes);
  const row = dims[0] * bytes;
  for (let z = 0; z < size; z++) {
    for (let y = 0; y < size; y++) {
      const from = (Math.min(z, dims[2] - 1) * dims[1] + Math.min(y, dims[1] - 1)) * row;
      const to = (z * size + y) * size * bytes;
      out.set(codes.subarray(from, from + row), to);
      for (let at = row; at < size * bytes; at++) out[to + at] = out[to + at - bytes];
    }
  }
  return out;
}
