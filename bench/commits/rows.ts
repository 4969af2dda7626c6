/** Rows of numbers measured for both trees, one number per run and tree. */

import { median } from "../numbers.ts";
import { shown, shownBytes, shownTime } from "../table.ts";

/** The tree to compare with, and this one. */
export const TREES = ["other", "own"] as const;
export type TreeName = (typeof TREES)[number];

/** One quantity with its values in all runs. */
export interface Row {
  readonly name: string;
  readonly unit: "ms" | "bytes";
  readonly other: readonly number[];
  readonly own: readonly number[];
  /** Ratio of medians, own / other: below 1 if the working tree needs less. */
  readonly ratio: number;
}

/** Measurements that failed, and why. */
export interface FailedRow {
  readonly name: string;
  readonly failed: string;
}

export function makeRow(
  name: string,
  values: Readonly<Record<TreeName, readonly number[]>>,
  unit: Row["unit"] = "ms",
): Row {
  return { name, unit, ...values, ratio: median(values.own) / median(values.other) };
}

/** Both trees in alternating order. */
export const inTurn = (run: number): readonly TreeName[] => (run % 2 === 0 ? TREES : [...TREES].reverse());

const NAME = 46;

export const HEAD_LINE = `${"".padEnd(NAME)}${"other".padStart(10)}${"own".padStart(10)}${"own/other".padStart(11)}`;

export function rowLine(row: Row | FailedRow): string {
  const name = row.name.padEnd(NAME);
  if ("failed" in row) return `${name}  failed: ${row.failed}`;
  const text = row.unit === "ms" ? shownTime : shownBytes;
  const [other, own] = [row.other, row.own].map((values) => text(median(values)).padStart(10));
  return `${name}${other}${own}${shown(row.ratio).padStart(11)}  (${row.own.length})`;
}
