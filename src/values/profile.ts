/** ValueProfile: what all values of a volume tell about it, its histogram foremost. */

import { Pace } from "../pace.ts";
import type { Volume } from "../volume.ts";
import { planeAxes, valueReader } from "./raw-values.ts";
import { keysOfCodes, scalarOf, scalarReader, storedValues, type ValueSource } from "./stored-values.ts";

/** Values in ascending order, and how many voxels have each. */
export interface Levels {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

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
  /** Whether all values are whole numbers. */
  readonly isWhole: boolean;
  /** The code of each level, of codes of 1 and 2 bytes; its scalar, of wider ones that are listed. */
  readonly levelCodes?: Uint32Array;
  readonly levelScalars?: Float64Array;
  /**
   * Of the pairs of voxels side by side along x that are not both background: those with different values, and of these
   * those whose values are not neighbours among the levels; 0 to 1. Jumps are 0 where the values are not listed.
   */
  readonly changes: number;
  readonly jumps: number;
  /** Mean difference of such a pair, in standard deviations of the values that are not background. */
  readonly roughness: number;
  /** Values on the six sides of the volume, some thousands of them, evenly spread; NaN where missing. */
  readonly border: Float64Array;
}

/** So many distinct values are listed: as many as there are codes of 2 bytes. */
export const MOST_LEVELS = 65536;

const profiles = new WeakMap<Volume, Promise<ValueProfile>>();

/** The profile of a volume, made once; long work rests between slices. */
export function profileOf(volume: Volume): Promise<ValueProfile> {
  let profile = profiles.get(volume);
  if (!profile) {
    profile = makeProfile(volume);
    profiles.set(volume, profile);
    // What failed may do better the next time.
    profile.catch(() => profiles.delete(volume));
  }
  return profile;
}

async function makeProfile(volume: Volume): Promise<ValueProfile> {
  const source = storedValues(volume);
  const profile = await (source.codes.bytes < 4 ? profileOfCodes(source) : profileOfWide(source));
  return { ...profile, border: borderOf(volume) };
}

type Inner = Omit<ValueProfile, "border">;

/** Points along a side of the border's grid. */
const BORDER_POINTS = 24;

function borderOf(volume: Volume): Float64Array {
  const [nx, ny] = volume.dims;
  const read = valueReader(volume);
  const at = (n: number, i: number) => Math.floor(((i + 0.5) / BORDER_POINTS) * n);
  const values: number[] = [];
  for (const axis of [0, 1, 2] as const) {
    const [across, up] = planeAxes(axis);
    for (const end of [0, volume.dims[axis] - 1]) {
      for (let i = 0; i < BORDER_POINTS ** 2; i++) {
        const index = [end, end, end];
        index[across] = at(volume.dims[across], i % BORDER_POINTS);
        index[up] = at(volume.dims[up], Math.floor(i / BORDER_POINTS));
        values.push(read((index[2] * ny + index[1]) * nx + index[0]));
      }
    }
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
  let [least, most] = [Infinity, -Infinity];
  let tally: Map<number, number> | undefined = new Map();
  await eachRow(source, (scalars) => {
    let run = 0;
    for (let i = 0; i < scalars.length; i++) {
      const scalar = scalars[i];
      if (!(scalar >= low && scalar <= high)) continue;
      run++;
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
    const levels = await intervals(source, least, most);
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
  const count = counts.reduce((sum, n) => sum + n, 0);
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

type Row = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

/** Goes through every `stride`-th row along x: codes of 1 and 2 bytes, or scalars of 4. */
async function eachRow(source: ValueSource, use: (row: Row) => void, stride = 1): Promise<void> {
  const { codes, dims } = source;
  const [nx, ny, nz] = dims;
  const read = codes.bytes === 4 ? scalarReader(codes) : (bytes: Uint8Array) => codesOf(bytes, codes.bytes);
  const pace = new Pace();
  for (let z = 0; z < nz; z++) {
    const slice = read(source.slices(z, z + 1));
    for (let y = (stride - ((z * ny) % stride)) % stride; y < ny; y += stride) {
      use(slice.subarray(y * nx, (y + 1) * nx));
    }
    await pace.rest();
  }
}

function codesOf(bytes: Uint8Array, size: 1 | 2 | 4): Uint8Array | Uint16Array {
  if (size === 1) return bytes;
  // A view of a file's bytes may begin anywhere.
  const own = (bytes.byteOffset % 2 === 0 ? bytes : bytes.slice()) as Uint8Array<ArrayBuffer>;
  return new Uint16Array(own.buffer, own.byteOffset, own.length / 2);
}

/** The least and the greatest scalar that is not missing. */
function presentScalars({ codes, present }: ValueSource): readonly [low: number, high: number] {
  const ends = [scalarOf(codes, present.first), scalarOf(codes, present.last)];
  return [Math.min(...ends), Math.max(...ends)];
}

/** A part of the range that has all but this share of the values at either end is looked at more closely. */
const TAIL = 0.0005;
/** Where it is less than this part of the range. */
const NARROW = 1 / 16;

/** Levels at the middles of equal intervals of the range, finer where nearly all values lie close together. */
async function intervals(source: ValueSource, least: number, most: number): Promise<Levels> {
  const whole = await binned(source, least, most);
  const [low, high] = [TAIL, 1 - TAIL].map((share) => binAt(whole, share));
  if (high + 1 - low >= NARROW * MOST_LEVELS) return levelsOf(source, [[whole, least, most]]);
  const width = (most - least) / MOST_LEVELS;
  const [from, to] = [least + low * width, least + (high + 1) * width];
  const close = await binned(source, from, to);
  const [below, above] = [whole.slice(), whole.slice()];
  below.fill(0, low);
  above.fill(0, 0, high + 1);
  return levelsOf(source, [
    [below, least, most],
    [close, from, to],
    [above, least, most],
  ]);
}

async function binned(source: ValueSource, least: number, most: number): Promise<Float64Array> {
  const counts = new Float64Array(MOST_LEVELS);
  const scale = MOST_LEVELS / (most - least);
  await eachRow(source, (scalars) => {
    for (let i = 0; i < scalars.length; i++) {
      const scalar = scalars[i];
      if (!(scalar >= least && scalar <= most)) continue;
      const bin = Math.floor((scalar - least) * scale);
      counts[bin < MOST_LEVELS ? bin : MOST_LEVELS - 1]++;
    }
  });
  return counts;
}

function binAt(counts: Float64Array, share: number): number {
  let rest = share * counts.reduce((sum, n) => sum + n, 0);
  return counts.findIndex((n) => {
    rest -= n;
    return rest <= 0;
  });
}

/** From histograms over ranges of scalars, in ascending order; the ends of the range are values that occur. */
function levelsOf(
  source: ValueSource,
  parts: readonly (readonly [counts: Float64Array, least: number, most: number])[],
): Levels {
  const [values, counts]: [number[], number[]] = [[], []];
  for (const [bins, least, most] of parts) {
    for (const [i, n] of bins.entries()) {
      if (n === 0) continue;
      values.push(least + ((i + 0.5) * (most - least)) / bins.length);
      counts.push(n);
    }
  }
  values[0] = parts[0][1];
  values[values.length - 1] = parts[parts.length - 1][2];
  const inUnits = values.map(source.valueOfScalar);
  return source.codes.falling
    ? { values: Float64Array.from(inUnits.reverse()), counts: Float64Array.from(counts.reverse()) }
    : { values: Float64Array.from(inUnits), counts: Float64Array.from(counts) };
}

/** About so many pairs of neighbours are looked at. */
const PAIRS = 2 ** 19;

type Neighbours = Pick<ValueProfile, "changes" | "jumps" | "roughness">;

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
  let [pairs, steps, different, jumping] = [0, 0, 0, 0];
  await eachRow(
    source,
    (row) => {
      for (let i = 1; i < row.length; i++) {
        const [a, b] = [toValue(row[i - 1]), toValue(row[i])];
        if (Number.isNaN(a) || Number.isNaN(b) || (a === background && b === background)) continue;
        pairs++;
        if (row[i - 1] === row[i]) continue;
        steps += Math.abs(b - a);
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
    roughness: pairs > 0 && spread > 0 ? steps / pairs / spread : 0,
  };
}

/** Standard deviation of the values that are not background. */
function deviation({ values, counts }: Levels, background: number): number {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (values[i] === background) continue;
    // Differences, for values may be large and close together.
    const value = values[i] - values[0];
    n += counts[i];
    sum += counts[i] * value;
    squares += counts[i] * value * value;
  }
  return n > 0 ? Math.sqrt(Math.max(squares / n - (sum / n) ** 2, 0)) : 0;
}

/** The level of the background: 0 where it occurs, else the most frequent one. */
export function backgroundLevel({ values, counts }: Levels): number {
  const zero = values.indexOf(0);
  if (zero >= 0) return zero;
  let best = 0;
  for (let i = 1; i < counts.length; i++) if (counts[i] > counts[best]) best = i;
  return best;
}

/** The value below which a share of the voxels lies. */
export function quantile({ values, counts }: Levels, share: number): number {
  let rest = share * counts.reduce((sum, n) => sum + n, 0);
  for (let i = 0; i < counts.length; i++) {
    rest -= counts[i];
    if (rest <= 0) return values[i];
  }
  return values.at(-1) ?? 0;
}
