/** Divides the range of a source's scalars into intervals and counts the scalars in each. */

import { type Levels, MOST_LEVELS, total } from "./levels.ts";
import { eachRow, type Row } from "./rows.ts";
import type { ValueSource } from "./stored-values.ts";

/** A part of the range that contains all but this share of the values at either end is divided more finely, */
const TAIL = 0.0005;
/** if it is smaller than this fraction of the range. */
const NARROW = 1 / 16;

/** Number of voxels that represent all voxels of a larger volume. */
const SAMPLE = 2 ** 22;

/**
 * The distribution of a source's scalars: levels at the middles of equal intervals of the range, finer if nearly all
 * values are close together. For large volumes, only a part is counted and scaled up.
 * @param least the minimum of the range; `most` is its maximum, `count` the number of voxels that are not missing.
 */
export async function intervals(
  source: ValueSource,
  least: number,
  most: number,
  count: number,
): Promise<Levels> {
  const counted = await countedIntervals(source, least, most);
  const factor = count / total(counted.counts);
  return { values: counted.values, counts: counted.counts.map((n) => n * factor) };
}

async function countedIntervals(source: ValueSource, least: number, most: number): Promise<Levels> {
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
  const count = (scalars: Row) => {
    for (let i = 0; i < scalars.length; i++) {
      const scalar = scalars[i];
      if (!(scalar >= least && scalar <= most)) continue;
      const bin = Math.floor((scalar - least) * scale);
      counts[bin < MOST_LEVELS ? bin : MOST_LEVELS - 1]++;
    }
  };
  const [nx, ny, nz] = source.dims;
  await eachRow(source, count, Math.ceil((nx * ny * nz) / SAMPLE));
  return counts;
}

function binAt(counts: Float64Array, share: number): number {
  let rest = share * total(counts);
  return counts.findIndex((n) => {
    rest -= n;
    return rest <= 0;
  });
}

/** Levels from histograms over ranges of scalars, in ascending order. The ends of the range occur as values. */
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
