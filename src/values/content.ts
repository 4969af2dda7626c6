/** ContentRows: the first and last filled voxel in each row of a volume. */

import type { Vec3, Volume } from "../volume.ts";
import { eachRow, type Row } from "./rows.ts";
import { storedValues, type ValueSource } from "./stored-values.ts";
import { presentScalars, type ValueProfile } from "./value-profile.ts";

/** The filled span of each row along x. Rows are in the order of the file, y before z. */
export interface ContentRows {
  readonly dims: Vec3;
  /** The first filled voxel of each row; 0 if none is filled. */
  readonly first: Uint16Array | Uint32Array;
  /** The voxel after the last filled one of each row; 0 if none is filled. */
  readonly end: Uint16Array | Uint32Array;
}

/**
 * Whether a value is filled. Values that are not filled must be adjacent among the levels of the profile. `level` is an
 * index of the levels, or -1 for values between levels if these are intervals.
 */
export type IsFilled = (value: number, level: number) => boolean;

/**
 * The content rows of a volume. Reads each row from both ends up to a filled voxel. Lets other tasks run between
 * slices.
 */
export async function contentRows(
  volume: Volume,
  profile: ValueProfile,
  isFilled: IsFilled,
): Promise<ContentRows> {
  const { dims } = volume;
  const own = await storedValues(volume);
  const source = profile.levelCodes ? ((await own.listed?.()) ?? own) : own;
  const Spans = dims[0] < 65536 ? Uint16Array : Uint32Array;
  const found = { dims, first: new Spans(dims[1] * dims[2]), end: new Spans(dims[1] * dims[2]) };
  const ends = profile.levelCodes
    ? endsOfCodes(filledCodes(source, profile, profile.levelCodes, isFilled))
    : endsOfScalars(source, emptyScalars(source, profile, isFilled));
  const length = dims[0];
  let count = 0;
  await eachRow(source, (row) => {
    // If there is one voxel along x, a slice is read as one row along y.
    for (let at = 0; at < row.length; at += length) {
      const first = ends.first(row, at, at + length) - at;
      if (first < length) {
        found.first[count] = first;
        found.end[count] = ends.end(row, at, at + length) - at;
      }
      count++;
    }
  });
  return found;
}

/** Finds the ends of the filled span of one row, from `at` to `end` (exclusive) of the array. */
interface Ends {
  /** The first filled voxel; `end` if there is none. */
  first(row: Row, at: number, end: number): number;
  /** The voxel after the last filled one; `at` if there is none. */
  end(row: Row, at: number, end: number): number;
}

/** A table for codes of 1 and 2 bytes: 1 for a code that is filled. */
function filledCodes(
  { codes }: ValueSource,
  { levels }: ValueProfile,
  levelCodes: Uint32Array,
  isFilled: IsFilled,
): Uint8Array {
  const table = new Uint8Array(256 ** codes.bytes);
  for (const [level, code] of levelCodes.entries())
    table[code] = Number(isFilled(levels.values[level], level));
  return table;
}

function endsOfCodes(table: Uint8Array): Ends {
  return {
    first(row, at, end) {
      let i = at;
      while (i < end && table[row[i]] === 0) i++;
      return i;
    },
    end(row, at, end) {
      let i = end;
      while (i > at && table[row[i - 1]] === 0) i--;
      return i;
    },
  };
}

/** The range of wide scalars that are not filled; undefined if all are filled. */
function emptyScalars(
  source: ValueSource,
  { levels, levelScalars }: ValueProfile,
  isFilled: IsFilled,
): readonly [least: number, most: number] | undefined {
  const { values } = levels;
  const isEmpty = Array.from(values, (value, level) => !isFilled(value, level));
  const [first, last] = [isEmpty.indexOf(true), isEmpty.lastIndexOf(true)];
  if (first < 0) return undefined;
  // If no lower (or higher) level is filled, nothing beyond it is filled.
  const [bottom, top] = source.codes.falling ? [Infinity, -Infinity] : [-Infinity, Infinity];
  const scalarOf = (empty: number, filled: number) =>
    levelScalars?.[empty] ?? source.scalarOfValue(edge(values[empty], values[filled], isFilled));
  const ends = [
    first > 0 ? scalarOf(first, first - 1) : bottom,
    last < values.length - 1 ? scalarOf(last, last + 1) : top,
  ];
  return [Math.min(...ends), Math.max(...ends)];
}

function endsOfScalars(source: ValueSource, empty: ReturnType<typeof emptyScalars>): Ends {
  const [low, high] = presentScalars(source);
  // Without empty scalars, all numbers must be on one side of the range.
  const [least, most] = empty ?? [Infinity, Infinity];
  // Written as a negation to include NaN.
  const isEmpty = (scalar: number) => !(scalar >= low && scalar <= high && (scalar < least || scalar > most));
  return {
    first(row, at, end) {
      let i = at;
      while (i < end && isEmpty(row[i])) i++;
      return i;
    },
    end(row, at, end) {
      let i = end;
      while (i > at && isEmpty(row[i - 1])) i--;
      return i;
    },
  };
}

/** Steps of bisection, enough to separate numbers of f32. */
const STEPS = 32;

/** The last value that is not filled, going from `empty` to `filled`. */
function edge(empty: number, filled: number, isFilled: IsFilled): number {
  let [a, b] = [empty, filled];
  for (let step = 0; step < STEPS; step++) {
    const middle = a + (b - a) / 2;
    if (isFilled(middle, -1)) b = middle;
    else a = middle;
  }
  return a;
}
