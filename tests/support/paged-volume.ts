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
