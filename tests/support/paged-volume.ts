/** pagedVolume: a volume that is drawn from pages. */

import type { Volume } from "../../src/volume.ts";

const made = new WeakMap<Volume, Volume>();

/** The volume as level 0 of two levels; the other one has as many voxels, by default the same ones. */
export function pagedVolume(volume: Volume, other = volume): Volume {
  const { dims } = volume;
  const paged = made.get(volume) ?? {
    ...volume,
    levels: [{ dims }, { dims }],
    read: (level, box, options) => (level === 0 ? volume : other).read(0, box, options),
    overview: { ...other, level: 1 },
  };
  made.set(volume, paged);
  return paged;
}

/** A volume whose overview has half as many voxels along each axis, as the last of `count` levels. */
export function levelledVolume(volume: Volume, other: Volume, count = 2): Volume {
  const level = count - 1;
  const finer = Array.from({ length: level }, () => ({ dims: volume.dims }));
  return {
    ...volume,
    levels: [...finer, { dims: other.dims, scale: [2, 2, 2] }],
    read: (from, box, options) => (from < level ? volume : other).read(0, box, options),
    overview: { ...other, spacing: volume.spacing.map((mm) => 2 * mm) as never, level },
  };
}
