/** ContentRows: where the filled voxels of each row of a volume begin and end. */

import { Pace } from "../pace.ts";
import type { Vec3, Volume } from "../volume.ts";
import { presentScalars, type ValueProfile } from "./profile.ts";
import { type Row, sliceRows } from "./rows.ts";
import { storedValues, type ValueSource } from "./stored-values.ts";

/** The filled span of each row along x; rows are in the order of the file, y before z. */
export interface ContentRows {
  readonly dims: Vec3;
  /** The first filled voxel of each row, and the one after the last; both 0 where none is filled. */
  readonly first: Uint16Array | Uint32Array;
  readonly end: Uint16Array | Uint32Array;
}

/**
 * Whether a value is filled. Those that are not have to be neighbours among the levels of the profile; `level` is an index of
 * them, and -1 for values between levels, where these are intervals.
 */
export type IsFilled = (value: number, level: number) => boolean;

/** The rows of a volume: both ends of each are read, up to what is filled. */
export function contentRows(volume: Volume, profile: ValueProfile, isFilled: IsFilled): ContentRows {
  const search = new Search(volume, profile, isFilled);
  while (search.nextSlice());
  return search.rows;
}

/** The same; long work rests between slices. */
export async function pacedContentRows(
  volume: Volume,
  profile: ValueProfile,
  isFilled: IsFilled,
): Promise<ContentRows> {
  const search = new Search(volume, profile, isFilled);
  const pace = new Pace();
  while (search.nextSlice()) await pace.rest();
  return search.rows;
}

class Search {
  readonly rows: ContentRows;
  readonly #slices: Generator<Row[]>;
  readonly #isFilled: (stored: number) => boolean;
  /** Rows that have been searched. */
  #count = 0;

  constructor(volume: Volume, profile: ValueProfile, isFilled: IsFilled) {
    const { dims } = volume;
    const own = storedValues(volume);
    const source = profile.levelCodes ? (own.listed?.() ?? own) : own;
    const Spans = dims[0] < 65536 ? Uint16Array : Uint32Array;
    this.rows = { dims, first: new Spans(dims[1] * dims[2]), end: new Spans(dims[1] * dims[2]) };
    this.#slices = sliceRows(source);
    this.#isFilled = profile.levelCodes
      ? codeTest(source, profile, profile.levelCodes, isFilled)
      : scalarTest(source, profile, isFilled);
  }

  /** Searches the next slice; false where there is none. */
  nextSlice(): boolean {
    const { value: rows, done } = this.#slices.next();
    if (done) return false;
    // Where there is one voxel along x, a slice comes as one row along y.
    for (const row of rows)
      for (let at = 0; at < row.length; at += this.rows.dims[0]) this.#searchRow(row, at);
    return true;
  }

  #searchRow(row: Row, at: number): void {
    const isFilled = this.#isFilled;
    const length = this.rows.dims[0];
    let first = 0;
    while (first < length && !isFilled(row[at + first])) first++;
    let end = first < length ? length : 0;
    while (end > 0 && !isFilled(row[at + end - 1])) end--;
    this.rows.first[this.#count] = end > 0 ? first : 0;
    this.rows.end[this.#count++] = end;
  }
}

/** Tests codes of 1 and 2 bytes by a table. */
function codeTest(
  { codes }: ValueSource,
  { levels }: ValueProfile,
  levelCodes: Uint32Array,
  isFilled: IsFilled,
) {
  const table = new Uint8Array(256 ** codes.bytes);
  for (const [level, code] of levelCodes.entries())
    table[code] = Number(isFilled(levels.values[level], level));
  return (code: number) => table[code] === 1;
}

/** Tests wide scalars by comparing them with the ends of those that are not filled. */
function scalarTest(source: ValueSource, { levels, levelScalars }: ValueProfile, isFilled: IsFilled) {
  const { values } = levels;
  const isEmpty = Array.from(values, (value, level) => !isFilled(value, level));
  const [first, last] = [isEmpty.indexOf(true), isEmpty.lastIndexOf(true)];
  const [low, high] = presentScalars(source);
  if (first < 0) return (scalar: number) => scalar >= low && scalar <= high;
  // Where no filled level lies below, or above, nothing there is filled.
  const [bottom, top] = source.codes.falling ? [Infinity, -Infinity] : [-Infinity, Infinity];
  const scalarOf = (empty: number, filled: number) =>
    levelScalars?.[empty] ?? source.scalarOfValue(edge(values[empty], values[filled], isFilled));
  const ends = [
    first > 0 ? scalarOf(first, first - 1) : bottom,
    last < values.length - 1 ? scalarOf(last, last + 1) : top,
  ];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  return (scalar: number) => (scalar < least && scalar >= low) || (scalar > most && scalar <= high);
}

/** Steps of a bisection after which numbers of f32 are told apart. */
const STEPS = 32;

/** The last value that is not filled on the way to one that is. */
function edge(empty: number, filled: number, isFilled: IsFilled): number {
  let [a, b] = [empty, filled];
  for (let step = 0; step < STEPS; step++) {
    const middle = a + (b - a) / 2;
    if (isFilled(middle, -1)) b = middle;
    else a = middle;
  }
  return a;
}
