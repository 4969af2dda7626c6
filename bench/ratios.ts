/** Compares two results: ratios of times, and counts and pictures that should be equal. */

import { decibels } from "./numbers.ts";
import { articleRatio } from "./report.ts";
import { frameMs, pipelineMs, type Result, type Row } from "./result.ts";
import { nameOf } from "./scenarios.ts";
import { shown, shownDecibels, shownTime } from "./table.ts";

/** Decodes a PNG in a data: URL to RGBA. */
export type DecodePng = (url: string) => ArrayLike<number>;

/**
 * Lines that compare `b` with `a`. B/A is below 1 if `b` is faster. Rows that are missing in one of them are skipped.
 * @throws Error if the inputs differ.
 */
export function compared(a: Result, b: Result, decode: DecodePng): string[] {
  if (a.input.sha256 !== b.input.sha256) {
    throw new Error(
      `different inputs cannot be compared: ${a.input.name} (${a.input.sha256.slice(0, 12)}) and ${b.input.name} (${b.input.sha256.slice(0, 12)})`,
    );
  }
  const others = new Map(b.rows.map((row) => [key(row), row]));
  const lines = a.rows.flatMap((row) => {
    const other = others.get(key(row));
    return row.outcome && other?.outcome ? compareRows(row, other, decode) : [];
  });
  if (lines.length === 0) throw new Error("the two have no scenario in common");
  return [
    `A: ${title(a)}`,
    `B: ${title(b)}`,
    ratio("copy, seconds a byte", 1 / a.copyBandwidth, 1 / b.copyBandwidth, shown),
    ...lines,
    ...articleLines(a, b),
  ];
}

const title = ({ backend, commit, date }: Result) =>
  `${backend.adapter}, ${backend.name} ${backend.version}, commit ${commit.slice(0, 8)}, ${date}`;

/** Scenarios with the same key are comparable: everything that affects the outcome is equal. */
function key(row: Row): string {
  const settings = { ...row, ...{ frames: 0, picture: 0, seconds: 0, outcome: 0, failed: 0 } };
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function compareRows(a: Row, b: Row, decode: DecodePng): string[] {
  const name = nameOf(a);
  if (a.measure === "grid" && b.measure === "grid" && a.outcome && b.outcome) {
    const [x, y] = [a.outcome, b.outcome];
    const stages = x.stages.flatMap((stage) => {
      const other = y.stages.find((one) => one.name === stage.name);
      return other ? [ratio(`  ${stage.name}`, stage.ms, other.ms)] : [];
    });
    return [
      ratio(`${name}, pipeline`, pipelineMs(x), pipelineMs(y)),
      ...stages,
      ratio(`${name}, first picture`, x.firstPictureMs, y.firstPictureMs),
      same("  filled voxels", x.filledVoxels, y.filledVoxels),
    ];
  }
  if (a.measure === "frames" && b.measure === "frames" && a.outcome && b.outcome) {
    const [x, y] = [a.outcome, b.outcome];
    const sameView = x.frames === y.frames && x.orbits === y.orbits;
    return [
      ratio(name, frameMs(x), frameMs(y)),
      ...(x.gpuMs && y.gpuMs ? [ratio("  GPU time", x.gpuMs, y.gpuMs)] : []),
      ...(sameView && x.visibleVoxels !== undefined && y.visibleVoxels !== undefined
        ? [same("  visible voxels", x.visibleVoxels, y.visibleVoxels)]
        : []),
    ];
  }
  if (a.measure === "fidelity" && b.measure === "fidelity" && a.outcome && b.outcome) {
    const [x, y] = [a.outcome, b.outcome];
    const fidelity = `${name.padEnd(NAME)}  ${shownDecibels(x.dB)}, ${shownDecibels(y.dB)}`;
    if (!x.picture || !y.picture) return [fidelity];
    const dB = decibels(decode(x.picture), decode(y.picture));
    return [`${fidelity}; A and B: ${shownDecibels(Number.isFinite(dB) ? dB : null)}`];
  }
  if (a.measure === "turning" && b.measure === "turning" && a.outcome && b.outcome)
    return [ratio(name, 1000 / a.outcome.framesPerSecond, 1000 / b.outcome.framesPerSecond)];
  return [];
}

function articleLines(a: Result, b: Result): string[] {
  const [x, y] = [a, b].map((one) => articleRatio(one, "50"));
  if (!x || !y) return [];
  const told = ({ ratio, extrapolated }: typeof x) =>
    `${shown(ratio)}${extrapolated ? " (extrapolated)" : ""}`;
  return [`${"times as fast as matplotlib at 50".padEnd(NAME)}  ${told(x)}, ${told(y)}`];
}

const NAME = 44;

function ratio(name: string, a: number, b: number, text = shownTime): string {
  return `${name.padEnd(NAME)}  ${text(a)}, ${text(b)}, B/A ${(b / a).toFixed(2)}`;
}

function same(name: string, a: number, b: number): string {
  return `${name.padEnd(NAME)}  ${a === b ? `${shown(a)}, the same` : `${shown(a)}, ${shown(b)}: DIFFERENT`}`;
}
