/** Voxel colours from NumPy: an array of shape [x, y, z, 3] or [x, y, z, 4], as `Voxels`. */

import { VoxelVolumeError } from "../errors.ts";
import type { VolumeFile } from "../read/index.ts";
import { valuesIn } from "../values/raw-values.ts";
import { type Volume, wholeBox } from "../volume.ts";
import type { Voxels } from "../voxels/voxels.ts";

/**
 * Unsigned bytes range from 0 to 255, other numbers from 0 to 1; with three components all voxels are opaque.
 * @throws VoxelVolumeError "unsupported-format" for other shapes; like `VolumeFile.read`.
 */
export async function npyVoxels(file: VolumeFile): Promise<Voxels> {
  const { volume: first, entries } = await file.read();
  const info = entries.find(({ path }) => path === first.name);
  // Bytes are recognised as colours and would be read as luminance; other numbers are recognised as frames.
  const isColor = info?.components === "rgb" || info?.components === "rgba";
  const count = isColor ? (info.components === "rgba" ? 4 : 3) : first.frames;
  if (count !== 3 && count !== 4) {
    throw new VoxelVolumeError(
      "unsupported-format",
      `${file.name}: expected red, green, blue and alpha, an array of shape [x, y, z, 4] or [x, y, z, 3]; its last axis has ${count}`,
    );
  }
  const { dims } = first;
  const n = dims[0] * dims[1] * dims[2];
  const isBytes = info?.dtype === "uint8";
  const rgba = isBytes ? new Uint8Array(4 * n).fill(255) : new Float32Array(4 * n).fill(1);
  for (let channel = 0; channel < count; channel++) {
    const { volume } = await file.read(isColor ? { component: channel } : { frame: channel });
    const value = await valuesOf(volume);
    for (let i = 0; i < n; i++) rgba[4 * i + channel] = value(i);
  }
  return { dims, rgba };
}

async function valuesOf(volume: Volume): Promise<(index: number) => number> {
  return valuesIn(volume, await volume.read(0, wholeBox(volume.dims)));
}
