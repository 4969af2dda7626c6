/** ValueProfile: statistics of all values of a volume, its histogram foremost. */

import { fetched } from "../errors.ts";
import { DTYPES, MOST_IN_MEMORY, type Volume } from "../volume.ts";
import { backgroundLevel, deviation, type Levels, MOST_LEVELS, total } from "./levels.ts";
import { type Axis, valuesIn } from "./raw-values.ts";
import { eachRow } from "./rows.ts";
import { keysOfCodes, scalarOf, storedValues, type ValueSource } from "./stored-values.ts";

export interface ValueProfile {
  /** Voxels with a value, and without one. */
  readonly count: number;
  readonly missing: number;
  /** In the file's units; 0 where all are missing. */
  readonly min: number;
  readonly max: number;
  /** The distinct values, or the middles of 65,536 intervals where there are more. */
  readonly levels: Levels;
  /** Whether `levels` are the distinct values. */
  readonly isExact: boolean;
  /** Set where some rows stand for all: then there may be further values, and counts are estimates. */
  readonly isSampled?: true;
  /** Whether all values are whole numbers. */
  readonly isWhole: boolean;
  /** The code of each level, of codes of 1 and 2 bytes, ranks among them; its scalar, of wider ones that are listed. */
  readonly levelCodes?: Uint32Array;
  readonly levelScalars?: Float64Array;
  /**
   * Of the pairs of voxels side by side along x that are not both background: those with different values, and of these
   * those whose values are not neighbours among the levels; 0 to 1. Jumps are 0 where the values are not listed.
   */
  readonly changes: number;
  readonly jumps: number;
  /** Usual difference of such a pair, to which a few large ones add little: the square of the mean square root. */
  readonly step: number;
  /** Mean difference of such a pair, in standard deviations of the values that are not background; 1 where there is no pair. */
  readonly roughness: number;
  /** Values on the six sides of the volume, some thousands of them, evenly spread; NaN where missing. */
  readonly border: Float64Array;
}

type Profiles = WeakMap<Volume, Promise<ValueProfile>>;
const profiles: Profiles = new WeakMap();
const wholeProfiles: Profiles = new WeakMap();

/**
 * The profile of a volume, made once; long work rests between slices. Of a volume that is too large for memory some rows stand
 * for all. Rejects as `Volume.read`.
 */
export function profileOf(volume: Volume): Promise<ValueProfile> {
  const { dims, dtype } = volume;
  const isLarge = dims[0] * dims[1] * dims[2] * DTYPES[dtype] > MOST_IN_MEMORY;
  return isLarge ? once(profiles, volume, sampledProfile) : wholeProfileOf(volume);
}

/** The profile of all values, however many there are. */
export function wholeProfileOf(volume: Volume): Promise<ValueProfile> {
  return once(wholeProfiles, volume, makeProfile);
}

function once(made: Profiles, volume: Volume, make: typeof makeProfile): Promise<ValueProfile> {
  let profile = made.get(volume);
  if (!profile) {
    profile = make(volume);
    made.set(volume, profile);
    // What failed may do better the next time.
    profile.catch(() => made.delete(volume));
  }
  return profile;
}

async function makeProfile(volume: Volume): Promise<ValueProfile> {
  const source = await storedValues(volume);
  const listed = (await source.listed?.()) ?? source;
  const profile = await (listed.codes.bytes < 4 ? profileOfCodes(listed) : profileOfWide(source));
  return { ...profile, border: await borderOf(volume) };
}

/** Bytes that are read of a large volume. */
const SAMPLE_BYTES = 32 * 2 ** 20;

async function sampledProfile(volume: Volume): Promise<ValueProfile> {
  const { sampleOf, scaledUp } = await fetched(import("./sample.ts"));
  const sample = await sampleOf(volume, SAMPLE_BYTES);
  return { ...scaledUp(await makeProfile(sample), sample, volume), border: await borderOf(volume) };
}

type Inner = Omit<ValueProfile, "border">;

/** Points along a side of the border's grid. */
const BORDER_POINTS = 24;

async function borderOf(volume: Volume): Promise<Float64Array> {
  const { dims } = volume;
  const points = (axis: Axis) =>
    Array.from({ length: BORDER_POINTS }, (_, i) => Math.floor(((i + 0.5) / BORDER_POINTS) * dims[axis]));
  const values: number[] = [];
  // Rows are read, never a whole side: along x and y, that would be all of a volume that is too large for memory.
  const readRow = async (y: number, z: number, at: readonly number[]) => {
    const row = await volume.read(0, { start: [0, y, z], end: [dims[0], y + 1, z + 1] });
    const value = valuesIn(volume, row);
    for (const x of at) values.push(value(x));
  };
  const [xs, ys, zs] = [points(0), points(1), points(2)];
  const ends = [0, dims[0] - 1];
  for (const z of [0, dims[2] - 1]) for (const y of ys) await readRow(y, z, xs);
  for (const z of zs) {
    for (const y of [0, dims[1] - 1]) await readRow(y, z, xs);
    for (const y of ys) await readRow(y, z, ends);
  }
  return Float64Array.from(values);
}

/** Codes of 1 and 2 bytes are counted. */
async function profileOfCodes(source: ValueSource): Promise<Inner> {
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

/** Wide codes: their range first, then the distinct values as long as there are few, else intervals of the range. */
async function profileOfWide(source: ValueSource): Promise<Inner> {
  const [low, high] = presentScalars(source);
  let [least, most, count] = [Infinity, -Infinity, 0];
  let tally: Map<number, number> | undefined = new Map();
  await eachRow(source, (scalars) => {
    let run = 0;
    for (let i = 0; i < scalars.length; i++) {
      const scalar = scalars[i];
      if (!(scalar >= low && scalar <= high)) continue;
      run++;
      count++;
      if (scalar === scalars[i + 1]) continue;
      if (scalar < least) least = scalar;
      if (scalar > most) most = scalar;
      if (tally) {
        tally.set(scalar, (tally.get(scalar) ?? 0) + run);
        if (tally.size > MOST_LEVELS) tally = undefined;
      }
      run = 0;
    }
  });
  const toValue = (scalar: number) =>
    scalar >= low && scalar <= high ? source.valueOfScalar(scalar) : Number.NaN;
  if (!tally) {
    const { intervals } = await fetched(import("./intervals.ts"));
    const levels = await intervals(source, least, most, count);
    return finished(source, levels, false, await neighbours(source, levels, toValue));
  }
  const sign = source.codes.falling ? -1 : 1;
  const listed = [...tally].sort(([a], [b]) => sign * (a - b));
  const levels = {
    values: Float64Array.from(listed, ([scalar]) => source.valueOfScalar(scalar)),
    counts: Float64Array.from(listed, ([, n]) => n),
  };
  const ranks = new Map(listed.map(([scalar], rank) => [scalar, rank]));
  const pairs = await neighbours(source, levels, toValue, (scalar) => ranks.get(scalar));
  return finished(source, levels, true, pairs, {
    levelScalars: Float64Array.from(listed, ([scalar]) => scalar),
  });
}

function finished(
  { dims }: ValueSource,
  levels: Levels,
  isExact: boolean,
  pairs: Neighbours,
  listed: Pick<ValueProfile, "levelCodes" | "levelScalars"> = {},
): Inner {
  const { values, counts } = levels;
  const count = Math.round(total(counts));
  return {
    count,
    missing: dims[0] * dims[1] * dims[2] - count,
    min: values[0] ?? 0,
    max: values.at(-1) ?? 0,
    levels,
    isExact,
    isWhole: isExact && values.every(Number.isInteger),
    ...listed,
    ...pairs,
  };
}

/** About so many pairs of neighbours are looked at. */
const PAIRS = 2 ** 19;

type Neighbours = Pick<ValueProfile, "changes" | "jumps" | "step" | "roughness">;

/**
 * How values change along x. `toValue` gives the value of a code or scalar, NaN where it is missing; `rankOf` its level,
 * where levels are listed.
 */
async function neighbours(
  source: ValueSource,
  levels: Levels,
  toValue: (stored: number) => number,
  rankOf?: (stored: number) => number | undefined,
): Promise<Neighbours> {
  const [nx, ny, nz] = source.dims;
  const background = levels.values[backgroundLevel(levels)];
  let [pairs, steps, roots, different, jumping] = [0, 0, 0, 0, 0];
  await eachRow(
    source,
    (row) => {
      for (let i = 1; i < row.length; i++) {
        const [a, b] = [toValue(row[i - 1]), toValue(row[i])];
        if (Number.isNaN(a) || Number.isNaN(b) || (a === background && b === background)) continue;
        pairs++;
        if (row[i - 1] === row[i]) continue;
        steps += Math.abs(b - a);
        roots += Math.sqrt(Math.abs(b - a));
        different++;
        if (rankOf && Math.abs((rankOf(row[i]) ?? 0) - (rankOf(row[i - 1]) ?? 0)) > 1) jumping++;
      }
    },
    Math.ceil((nx * ny * nz) / PAIRS),
  );
  const spread = deviation(levels, background);
  return {
    changes: pairs > 0 ? different / pairs : 0,
    jumps: different > 0 ? jumping / different : 0,
    step: pairs > 0 ? (roots / pairs) ** 2 : 0,
    roughness: pairs > 0 && spread > 0 ? steps / pairs / spread : 1,
  };
}

/** The least and the greatest scalar that is not missing. */
export function presentScalars({ codes, present }: ValueSource): readonly [low: number, high: number] {
  const ends = [scalarOf(codes, present.first), scalarOf(codes, present.last)];
  return [Math.min(...ends), Math.max(...ends)];
}
