/** A sample of the rows of a volume that represents all of them. */

import { mapAtOnce } from "../map-at-once.ts";
import { memoryVolume } from "../memory-volume.ts";
import { Pace } from "../pace.ts";
import { boxVoxels, DTYPES, type Volume, wholeBox } from "../volume.ts";
import type { ValueProfile } from "./value-profile.ts";

/** Number of slices from which rows are read. */
const SLICES = 96;
/**
 * Offset from slice to slice, as a fraction of the height: the golden ratio spreads rows evenly for any number of
 * slices.
 */
const TURN = 0.618034;

/**
 * A volume of one slice that consists of rows along x of `volume`, about `bytes` in total: adjacent rows of evenly
 * spaced slices, at a different height in each slice.
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

/** Scales the profile of a sample to its volume. Counts are estimates. */
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
