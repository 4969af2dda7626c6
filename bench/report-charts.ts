/** The report's charts: time by number of voxels, shares of stages and passes, fidelity by time. */

import { type Axis, chart, type Series, shareBars } from "./charts.ts";
import {
  frameMs,
  type GridOutcome,
  type MatplotlibTime,
  measured,
  ofInput,
  pipelineMs,
  type Result,
  type Stage,
} from "./result.ts";
import { shown, shownTime } from "./table.ts";

const voxels = ([x, y, z]: readonly [number, number, number]) => x * y * z;
const millions = (n: number) =>
  n >= 1e6 ? `${shown(n / 1e6)} M` : n >= 1e3 ? `${shown(n / 1e3)} k` : String(n);
const VOXELS: Axis = { label: "voxels of the grid", log: true, text: millions };
const TIME: Axis = { label: "time", log: true, text: shownTime };

/** Time by number of voxels, for the file or for the synthetic volumes. */
export function timeChart(result: Result, title: string, shows: (volume: string) => boolean): string {
  const of = <T extends { volume: string }>(rows: readonly T[]) => rows.filter(({ volume }) => shows(volume));
  const grids = of(measured(result, "grid"));
  if (grids.length < 2) return "";
  const frames = of(measured(result, "frames"));
  const series = (
    name: string,
    color: number,
    points: { x: number; y: number; label: string }[],
  ): Series => ({
    name,
    color,
    points: points.sort((a, b) => a.x - b.x),
  });
  const framesOf = (blend: string) =>
    grids.flatMap(({ volume, resolution, options, outcome }) =>
      frames
        .filter((frame) => frame.volume === volume && frame.resolution === resolution)
        .filter((frame) => frame.blend === blend && frame.options.view === options.view)
        .map((row) => ({ x: voxels(outcome.gridDims), y: frameMs(row.outcome), label: resolution })),
    );
  const gridsOf = (time: (outcome: GridOutcome) => number) =>
    grids.map(({ resolution, outcome }) => ({
      x: voxels(outcome.gridDims),
      y: time(outcome),
      label: resolution,
    }));
  const matplotlib = shows("input") ? (result.article?.matplotlib ?? []) : [];
  const theirs = (times: readonly MatplotlibTime[]) =>
    times.map(({ side, ms }) => ({ x: side ** 3, y: ms, label: `${side} a side` }));
  const beyond = matplotlib.findIndex(({ extrapolated }) => extrapolated);
  return chart(
    title,
    [
      series("frame, weighted", 1, framesOf("weighted")),
      series("frame, exact", 2, framesOf("exact")),
      series("pipeline", 3, gridsOf(pipelineMs)),
      series(
        "first picture",
        4,
        gridsOf(({ firstPictureMs }) => firstPictureMs),
      ),
      series("matplotlib, file to picture", 7, theirs(matplotlib.filter((time) => !time.extrapolated))),
      {
        ...series("extrapolated", 7, beyond < 0 ? [] : theirs(matplotlib.slice(beyond - 1))),
        dashed: true,
      },
    ],
    VOXELS,
    TIME,
  );
}

/** Shares of the stages in the time of the pipeline. */
export function stageChart(result: Result): string {
  const grids = measured(result, "grid");
  const names = [...new Set(grids.flatMap(({ outcome }) => outcome.stages.map(({ name }) => name)))];
  const bars = grids.map(({ volume, resolution, outcome }) => ({
    label: volume === "input" ? resolution : volume,
    total: shownTime(total(outcome.stages)),
    parts: outcome.stages.map(({ name, ms }) => ({ name, value: ms })),
  }));
  return bars.length === 0
    ? ""
    : shareBars("Stages of the pipeline, shares of its time", bars, names, shownTime);
}

/** Shares of the passes in the GPU time of a frame. */
export function passChart(result: Result): string {
  const frames = ofInput(measured(result, "frames")).filter(
    ({ blend, outcome }) => blend === "weighted" && outcome.passes,
  );
  const names = ["mark", "gather", "accumulate", "composite"];
  const bars = frames.map(({ resolution, options, outcome }) => ({
    label: options.view === frames[0].options.view ? resolution : `${resolution}, ${options.view}`,
    total: shownTime(outcome.gpuMs ?? Number.NaN),
    parts: names.map((name) => ({ name, value: outcome.passes?.[name] ?? 0 })),
  }));
  return bars.length === 0
    ? ""
    : shareBars("Passes of a weighted frame, shares of its GPU time", bars, names, shownTime);
}

/** Fidelity by time: dB against the exact picture at native resolution. */
export function fidelityChart(result: Result): string {
  const frames = ofInput(measured(result, "frames"));
  const points = (blend: string) =>
    measured(result, "fidelity")
      .filter((row) => row.picture && row.blend === blend)
      .flatMap(({ resolution, outcome: { dB } }) => {
        const row = frames.find((frame) => frame.resolution === resolution && frame.blend === blend);
        return row && dB !== null ? [{ x: frameMs(row.outcome), y: dB, label: resolution }] : [];
      });
  return chart(
    "Fidelity against time of a frame; exact at native resolution is the standard",
    [
      { name: "weighted", color: 1, points: points("weighted") },
      { name: "exact", color: 2, points: points("exact") },
    ],
    { ...TIME, label: "time of a frame" },
    { label: "dB against exact, native", log: false, text: (dB) => shown(dB) },
    { lines: false },
  );
}

const total = (stages: readonly Stage[]) => stages.reduce((sum, { ms }) => sum + ms, 0);
