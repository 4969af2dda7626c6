/** Colours of voxels from NumPy: an array of shape [x, y, z, 4], as `Voxels`. */

import { VoxelVolumeError } from "../errors.ts";
import type { readVolume, Source } from "../read/index.ts";
import { valueReader } from "../values/raw-values.ts";
import type { Voxels } from "../voxels/voxels.ts";

/**
 * Unsigned bytes count from 0 to 255, other numbers from 0 to 1. Reads the file once for each of the four, with what is
 * handed over: importing it would split the code that every page loads.
 */
export async function npyVoxels(source: Source, read: typeof readVolume): Promise<Voxels> {
  const first = (await read(source)).volume;
  const { dims, frames, dtype } = first;
  if (frames !== 4) {
    throw new VoxelVolumeError(
      "unsupported-format",
      `${source.name}: expected red, green, blue and alpha, an array of shape [x, y, z, 4]; its last axis has ${frames}`,
    );
  }
  const n = dims[0] * dims[1] * dims[2];
  const rgba = dtype === "uint8" ? new Uint8Array(4 * n) : new Float32Array(4 * n);
  for (let frame = 0; frame < 4; frame++) {
    const volume = frame === 0 ? first : (await read(source, { frame })).volume;
    const value = valueReader(volume);
    for (let i = 0; i < n; i++) rgba[4 * i + frame] = value(i);
  }
  return { dims, rgba };
}
