/** The bytes of a volume, slab by slab. */

import { Pace } from "../pace.ts";
import { DTYPES, slicesBox, type Volume } from "../volume.ts";

/** Bytes per slab, unless a single slice is larger. */
const SLAB_BYTES = 4 * 2 ** 20;

/** Number of slices per slab, for slices of this many bytes. */
export function slicesOfSlab(sliceBytes: number): number {
  return Math.max(1, Math.floor(SLAB_BYTES / sliceBytes));
}

/** Visits all scalars as stored, and lets other tasks run between slabs. */
export async function eachSlab(volume: Volume, use: (bytes: Uint8Array) => void): Promise<void> {
  const { dims, dtype } = volume;
  const step = slicesOfSlab(dims[0] * dims[1] * DTYPES[dtype]);
  const pace = new Pace();
  for (let z = 0; z < dims[2]; z += step) {
    use(await volume.read(0, slicesBox(dims, z, Math.min(z + step, dims[2]))));
    await pace.rest();
  }
}
