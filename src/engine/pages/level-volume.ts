/** levelVolume: reads a level of a volume into memory, as a volume. */

import { VoxelVolumeError } from "../../errors.ts";
import { memoryVolume } from "../../memory-volume.ts";
import { boxVoxels, DTYPES, MOST_IN_MEMORY, type Vec3, type Volume, wholeBox } from "../../volume.ts";

/** The level of each volume that was read last. Only one is kept, as levels are large. */
const read = new WeakMap<Volume, { readonly level: number; readonly volume: Promise<Volume> }>();

/**
 * The coarsest level with at least `resolution` voxels along each axis, not coarser than the overview, as a volume with
 * the same box. Cached. Rejects with `too-large`, and as `Volume.read`.
 */
export function volumeFor(volume: Volume, resolution: Vec3): Promise<Volume> {
  const { overview, levels } = volume;
  const used = levels.slice(0, (overview?.level ?? 0) + 1);
  const level = Math.max(
    0,
    used.findLastIndex(({ dims }) =>
      dims.every((n, axis) => n >= Math.min(resolution[axis], volume.dims[axis])),
    ),
  );
  if (overview && level === overview.level) return Promise.resolve(overview);
  const last = read.get(volume);
  if (last?.level === level) return last.volume;
  const found = { level, volume: levelVolume(volume, level) };
  read.set(volume, found);
  // A failed attempt may succeed the next time.
  found.volume.catch(() => read.get(volume) === found && read.delete(volume));
  return found.volume;
}

async function levelVolume(volume: Volume, level: number): Promise<Volume> {
  const { dims } = volume.levels[level];
  if (boxVoxels(wholeBox(dims)) * DTYPES[volume.dtype] > MOST_IN_MEMORY) {
    const message = `resolution: level ${level} of ${volume.name} (${dims.join(" x ")}) is too large to be read as a whole. Set a lower resolution, or native.`;
    throw new VoxelVolumeError("too-large", message);
  }
  const data = await volume.read(level, wholeBox(dims));
  const spacing = dims.map((n, axis) => (volume.dims[axis] * volume.spacing[axis]) / n) as unknown as Vec3;
  const { levels: _, read: __, overview: ___, traffic: ____, ...header } = volume;
  return memoryVolume({ ...header, dims, spacing, data });
}
