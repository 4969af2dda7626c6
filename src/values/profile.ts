/** profileOf: computes the profile of a volume. */

import { fetched } from "../errors.ts";
import { mapAtOnce } from "../map-at-once.ts";
import { DTYPES, MOST_IN_MEMORY, type Vec3, type Volume } from "../volume.ts";
import { valuesIn } from "./raw-values.ts";
import { eachRow } from "./rows.ts";
import type { Axis } from "./slices.ts";
import { keysOfCodes, storedValues, type ValueSource } from "./stored-values.ts";
import { finished, type InnerProfile, neighbours, type ValueProfile } from "./value-profile.ts";

type Profiles = WeakMap<Volume, Promise<ValueProfile>>;
const profiles: Profiles = new WeakMap();
const wholeProfiles: Profiles = new WeakMap();

/**
 * The profile of a volume, or of its overview if it has one. Cached. Lets other tasks run between slices. For a volume
 * that is too large for memory, it is estimated from a sample of rows. Rejects as `Volume.read`.
 */
export function profileOf(volume: Volume): Promise<ValueProfile> {
  const { dims, dtype } = volume.overview ?? volume;
  const isLarge = dims[0] * dims[1] * dims[2] * DTYPES[dtype] > MOST_IN_MEMORY;
  return isLarge ? once(profiles, volume, sampledProfile) : wholeProfileOf(volume);
}

/** The profile of all values, whatever the size of the volume. */
export function wholeProfileOf(volume: Volume): Promise<ValueProfile> {
  return once(wholeProfiles, volume, makeProfile);
}

function once(made: Profiles, whole: Volume, make: typeof makeProfile): Promise<ValueProfile> {
  const volume = whole.overview ?? whole;
  let profile = made.get(volume);
  if (!profile) {
    profile = make(volume, whole.levels[whole.overview?.level ?? 0].scale);
    made.set(volume, profile);
    // A failed attempt may succeed the next time.
    profile.catch(() => made.delete(volume));
  }
  return profile;
}

/** Loaded on demand, as few pages need it before the first picture. */
const profileOfWide = async (source: ValueSource): Promise<InnerProfile> =>
  (await fetched(import("./wide-profile.ts"))).profileOfWide(source);

/** `scale`: size of the volume's voxels; values change more from one to the next if they are larger. */
async function makeProfile(volume: Volume, scale: Vec3 = [1, 1, 1]): Promise<ValueProfile> {
  const source = await storedValues(volume);
  const listed = (await source.listed?.()) ?? source;
  const profile = await (listed.codes.bytes < 4 ? profileOfCodes(listed) : profileOfWide(source));
  return { ...profile, roughness: profile.roughness / scale[0], border: await borderOf(volume) };
}

/** Number of bytes to read of a large volume. */
const SAMPLE_BYTES = 32 * 2 ** 20;

async function sampledProfile(volume: Volume): Promise<ValueProfile> {
  const { sampleOf, scaledUp } = await fetched(import("./sample.ts"));
  const sample = await sampleOf(volume, SAMPLE_BYTES);
  return { ...scaledUp(await makeProfile(sample), sample, volume), border: await borderOf(volume) };
}

/** Number of points along a side of the grid of border samples. */
const BORDER_POINTS = 24;

async function borderOf(volume: Volume): Promise<Float64Array> {
  const { dims } = volume;
  const points = (axis: Axis) =>
    Array.from({ length: BORDER_POINTS }, (_, i) => Math.floor(((i + 0.5) / BORDER_POINTS) * dims[axis]));
  const [xs, ys, zs] = [points(0), points(1), points(2)];
  const [endsOfX, endsOfY, endsOfZ] = dims.map((n) => [0, n - 1]);
  const rowsAt = (z: number, ys: readonly number[], xs: readonly number[]) => ys.map((y) => ({ y, z, xs }));
  const rows = [
    ...endsOfZ.flatMap((z) => rowsAt(z, ys, xs)),
    ...zs.flatMap((z) => [...rowsAt(z, endsOfY, xs), ...rowsAt(z, ys, endsOfX)]),
  ];
  // Reads rows, never a whole side: along x and y, that would read the whole volume, which may exceed memory.
  const values = await mapAtOnce(rows, async ({ y, z, xs }) => {
    const row = await volume.read(0, { start: [0, y, z], end: [dims[0], y + 1, z + 1] });
    const value = valuesIn(volume, row);
    return xs.map(value);
  });
  return Float64Array.from(values.flat());
}

/** Profile of codes of 1 and 2 bytes, by counting them. */
async function profileOfCodes(source: ValueSource): Promise<InnerProfile> {
  const { codes, present } = source;
  const codeCounts = new Uint32Array(256 ** codes.bytes);
  await eachRow(source, (row) => {
    for (let i = 0; i < row.length; i++) codeCounts[row[i]]++;
  });
  const keys = keysOfCodes(codes);
  const codeOfKey = new Uint32Array(keys.length);
  for (const [code, key] of keys.entries()) codeOfKey[key] = code;
  const listed: number[] = [];
  for (let key = present.first; key <= present.last; key++) {
    if (codeCounts[codeOfKey[key]] > 0) listed.push(codeOfKey[key]);
  }
  const levels = {
    values: Float64Array.from(listed, (code) => source.valueOfKey(keys[code])),
    counts: Float64Array.from(listed, (code) => codeCounts[code]),
  };
  const ranks = new Int32Array(codeCounts.length).fill(-1);
  for (const [rank, code] of listed.entries()) ranks[code] = rank;
  const values = Float64Array.from(ranks, (rank) => (rank < 0 ? Number.NaN : levels.values[rank]));
  const pairs = await neighbours(
    source,
    levels,
    (code) => values[code],
    (code) => ranks[code],
  );
  return finished(source, levels, true, pairs, { levelCodes: Uint32Array.from(listed) });
}
