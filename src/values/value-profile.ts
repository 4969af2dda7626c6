/** ValueProfile: statistics of all values of a volume, above all its histogram. */

import { backgroundLevel, deviation, type Levels, total } from "./levels.ts";
import { eachRow } from "./rows.ts";
import { scalarOf, type ValueSource } from "./stored-values.ts";

export interface ValueProfile {
  /** Number of voxels with a value. */
  readonly count: number;
  /** Number of voxels without a value. */
  readonly missing: number;
  /** In the file's units; 0 if all values are missing. */
  readonly min: number;
  readonly max: number;
  /** The distinct values, or the middles of 65,536 intervals if there are more. */
  readonly levels: Levels;
  /** Whether `levels` are the distinct values. */
  readonly isExact: boolean;
  /** Set if the profile is estimated from a sample: there may be other values, and counts are estimates. */
  readonly isSampled?: true;
  /** Whether all values are whole numbers. */
  readonly isWhole: boolean;
  /**
   * For codes of 1 and 2 bytes (including ranks), the code of each level; for listed wider values, the scalar of each
   * level.
   */
  readonly levelCodes?: Uint32Array;
  readonly levelScalars?: Float64Array;
  /**
   * Of the pairs of neighbours along x that are not both background: `changes` is the share with different values, and
   * `jumps` the share of these whose values are not adjacent levels; 0 to 1. Jumps are 0 if the values are not listed.
   */
  readonly changes: number;
  readonly jumps: number;
  /** Typical difference of such a pair, robust against a few large ones: the square of the mean square root. */
  readonly step: number;
  /**
   * Mean difference of such a pair, in standard deviations of the values that are not background; 1 if there is no
   * pair.
   */
  readonly roughness: number;
  /** Some thousands of values on the six sides of the volume, evenly spaced; NaN if missing. */
  readonly border: Float64Array;
}

/** A profile without the values on the volume's sides. */
export type InnerProfile = Omit<ValueProfile, "border">;

/** The profile of a distribution. */
export function finished(
  { dims }: ValueSource,
  levels: Levels,
  isExact: boolean,
  pairs: Neighbours,
  listed: Pick<ValueProfile, "levelCodes" | "levelScalars"> = {},
): InnerProfile {
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

/** Approximate number of neighbour pairs to examine. */
const PAIRS = 2 ** 19;

type Neighbours = Pick<ValueProfile, "changes" | "jumps" | "step" | "roughness">;

/**
 * How values change along x. `toValue` gives the value of a code or scalar, NaN if missing; `rankOf` its level, if
 * levels are listed.
 */
export async function neighbours(
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

/** The minimum and maximum scalar that is not missing. */
export function presentScalars({ codes, present }: ValueSource): readonly [low: number, high: number] {
  const ends = [scalarOf(codes, present.first), scalarOf(codes, present.last)];
  return [Math.min(...ends), Math.max(...ends)];
}
