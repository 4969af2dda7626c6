/** Formats numbers and rows for the terminal and the report. */

import { frameMs, pipelineMs, type Row } from "./result.ts";

/** A number with three significant digits, or in full with thousands separators. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}

/** Milliseconds with a suitable unit. */
export function shownTime(ms: number): string {
  if (ms >= 100_000) return `${Math.round(ms / 1000)} s`;
  if (ms >= 1000) return `${shown(ms / 1000)} s`;
  return ms >= 0.1 ? `${shown(ms)} ms` : `${shown(1000 * ms)} µs`;
}

export function shownBytes(bytes: number): string {
  return bytes >= 1e9 ? `${shown(bytes / 1e9)} GB` : `${shown(bytes / 1e6)} MB`;
}

export const shownDecibels = (dB: number | null) => (dB === null ? "equal" : `${dB.toFixed(1)} dB`);

/** The outcome of a scenario in one line. */
export function summary(row: Row): string {
  if (!row.outcome) return `failed: ${row.failed}`;
  switch (row.measure) {
    case "grid": {
      const { filledVoxels, firstPictureMs, heldBytes, reduced, gridDims } = row.outcome;
      return [
        `pipeline ${shownTime(pipelineMs(row.outcome))}`,
        `first picture ${shownTime(firstPictureMs)}`,
        `${shown(filledVoxels)} filled`,
        `holds ${shownBytes(heldBytes)}`,
        ...(reduced ? [`reduced to ${gridDims.join("x")}`] : []),
      ].join(", ");
    }
    case "frames": {
      const { p95, frames, orbits, visibleFaces } = row.outcome;
      return [
        `median ${shownTime(frameMs(row.outcome))}`,
        `95 % ${shownTime(p95)}`,
        ...(orbits === 1 ? ["one frame: over budget"] : [`${orbits} x ${frames} frames`]),
        ...(visibleFaces === undefined ? [] : [`${shown(visibleFaces)} faces visible`]),
      ].join(", ");
    }
    case "fidelity":
      return `${shownDecibels(row.outcome.dB)} against exact at ${row.standard}`;
    case "turning":
      return `${shown(row.outcome.framesPerSecond)} frames a second, ${row.outcome.movingSize} pixels a side`;
  }
}
