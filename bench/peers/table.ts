/** Prints the comparison on the terminal. */

import { shown, shownBytes, shownTime } from "../table.ts";
import { COMPARED, type Compared, type ProgramResult, type Ratio } from "./result.ts";

/** Lines of a table. Columns are as wide as necessary, the first left-aligned, the others right-aligned. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd(),
  );
}

const HEAD = ["first picture", "frame", "script", "gzipped", "memory", "covers"];

/** The programs of a scene, one per line. */
export function programLines(results: readonly ProgramResult[]): string[] {
  const rows = results.flatMap(({ name, figures }) =>
    figures
      ? [
          [
            name,
            shownTime(figures.firstPictureMs),
            `${shownTime(figures.frameMs)} (${figures.frames.length})`,
            shownKilobytes(figures.scriptBytes),
            shownKilobytes(figures.gzipBytes),
            figures.peakBytes === undefined ? "–" : shownBytes(figures.peakBytes),
            `${Math.round(100 * figures.covered)} %`,
          ],
        ]
      : [],
  );
  const failures = results.flatMap(({ name, failed }) => (failed ? [`${name} failed: ${failed}`] : []));
  return [...(rows.length > 0 ? tableLines([["", ...HEAD], ...rows]) : []), ...failures];
}

/** Ours / theirs, one pair per line. */
export function ratioLines(ratios: readonly Ratio[]): string[] {
  if (ratios.length === 0) return [];
  const keys = Object.keys(COMPARED) as Compared[];
  const rows = ratios.map(({ ours, theirs, ratios }) => [
    `${ours} / ${theirs}`,
    ...keys.map((key) => (ratios[key] === undefined ? "–" : shown(ratios[key]))),
  ]);
  return tableLines([["", ...Object.values(COMPARED)], ...rows]);
}

const shownKilobytes = (bytes: number) => `${shown(bytes / 1000)} kB`;
