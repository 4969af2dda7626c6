/** A part of the rows of a volume that stands for all of them. */

import { mapAtOnce } from "../map-at-once.ts";
import { memoryVolume } from "../memory-volume.ts";
import { Pace } from "../pace.ts";
import { boxVoxels, DTYPES, type Volume, wholeBox } from "../volume.ts";
import type { ValueProfile } from "./value-profile.ts";

/** Slices of which rows are read. */
const SLICES = 96;
/** Turns by this part of a slice's height spread rows evenly, however many slices there are: the golden ratio. */
const TURN = 0.618034;

/**
 * One slice of rows along x of the volume, of about `bytes`: neighbouring ones of evenly spaced slices, from each at another
 * height.
 */
export async function sampleOf(volume: Volume, bytes: number): Promise<Volume> {
  const { dims, dtype } = volume;
  const [nx, ny, nz] = dims;
  const rowBytes = nx * DTYPES[dtype];
  const slices = Math.min(nz, SLICES);
  const height = Math.max(1, Math.min(ny, Math.floor(bytes / (slices * rowBytes))));
  const data = new Uint8Array(slices * height * rowBytes);
  const pace = new Pace();
  await mapAtOnce([...Array(slices).keys()], async (i) => {
    const z = Math.floor(((i + 0.5) * nz) / slices);
    const y = Math.floor(((i * TURN) % 1) * (ny - height + 1));
    data.set(await volume.read(0, { start: [0, y, z], end: [nx, y + height, z + 1] }), i * height * rowBytes);
    await pace.rest();
  });
  return memoryVolume({ ...volume, dims: [nx, slices * height, 1], data });
}

/** The profile of a sample as that of its volume: counts are estimates. */
export function scaledUp(profile: ValueProfile, sample: Volume, volume: Volume): ValueProfile {
  const { levels, count, missing } = profile;
  const factor = boxVoxels(wholeBox(volume.dims)) / boxVoxels(wholeBox(sample.dims));
  return {
    ...profile,
    isSampled: true,
    count: Math.round(count * factor),
    missing: Math.round(missing * factor),
    levels: { ...levels, counts: levels.counts.map((n) => n * factor) },
  };
}
