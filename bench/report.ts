/** The report: a result as HTML that needs nothing besides, charts and pictures included. */

import { type Axis, chart, escaped, type Series, shareBars } from "./charts.ts";
import {
  AGREEMENT,
  frameMs,
  type GridOutcome,
  type MatplotlibTime,
  measured,
  pipelineMs,
  type Result,
  type Stage,
  spreads,
} from "./result.ts";
import { nameOf } from "./scenarios.ts";
import { shown, shownBytes, shownDecibels, shownTime, summary } from "./table.ts";

/** A page of its own; `css` is report.css. */
export function reportPage(result: Result, css: string): string {
  const title = `voxel-volume benchmark: ${result.input.name} on ${result.backend.adapter}`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>
${css}</style>
<body class="bench-report">
<h1>voxel-volume benchmark</h1>
${reportBody(result)}
</body>
</html>
`;
}

/** The report without its page, for an element of the class bench-report. */
export function reportBody(result: Result): string {
  return [
    about(result),
    headlines(result),
    agreement(result),
    section(
      "Time",
      [
        timeChart(result, "Time against voxels", (volume) => volume === "input"),
        timeChart(result, "Time against voxels, volumes made by a formula", (volume) => volume !== "input"),
        fidelityChart(result),
        stageChart(result),
        passChart(result),
      ],
      "charts",
    ),
    section("Pictures", pictures(result), "pictures"),
    stageTable(result),
    articleTable(result),
    rowTable(result),
  ].join("\n");
}

function section(title: string, parts: readonly string[], kind: string): string {
  const filled = parts.filter(Boolean);
  return filled.length === 0 ? "" : `<h2>${title}</h2><div class="${kind}">${filled.join("\n")}</div>`;
}

function about({ input, backend, machine, date, version, commit, seconds }: Result): string {
  const lines = [
    `${input.name}, ${input.dims.join(" × ")} voxels, ${input.dtype}, SHA-256 ${input.sha256.slice(0, 12)}…`,
    `${backend.adapter}${backend.software ? " (software, no GPU)" : ""}${backend.driver ? `, ${backend.driver}` : ""}; ${backend.name} ${backend.version}; ${machine.os}, ${machine.cores} cores of ${machine.cpu}`,
    `voxel-volume ${version}, commit ${commit.slice(0, 8)}${commit.endsWith("+") ? " with changes" : ""}; ${date.slice(0, 16).replace("T", " ")}; the run took ${Math.round(seconds)} s`,
  ];
  return lines.map((line) => `<p class="soft">${escaped(line)}</p>`).join("\n");
}

/** Rows of the file itself, at the view of the run: what the charts show. */
const ofInput = <T extends { volume: string }>(rows: readonly T[]) =>
  rows.filter(({ volume }) => volume === "input");

function headlines(result: Result): string {
  const tiles: [label: string, value: string][] = [];
  const frames = ofInput(measured(result, "frames"));
  for (const blend of ["weighted", "exact"]) {
    const row = frames.find((frame) => frame.resolution === "native" && frame.blend === blend);
    if (row) tiles.push([`a frame at native resolution, ${blend}`, shownTime(frameMs(row.outcome))]);
  }
  const grid = ofInput(measured(result, "grid")).find(({ resolution }) => resolution === "native");
  if (grid) tiles.push(["from bytes to the first picture, native", shownTime(grid.outcome.firstPictureMs)]);
  const fifty = measured(result, "fidelity").find(
    ({ resolution, picture, blend }) => resolution === "50" && picture && blend === "exact",
  );
  if (fifty) tiles.push(["50 a side against native, both exact", shownDecibels(fifty.outcome.dB)]);
  const ratio = articleRatio(result, "50");
  if (ratio)
    tiles.push([
      `as fast as matplotlib at 50, file to picture${ratio.extrapolated ? ", extrapolated" : ""}`,
      `${shown(ratio.ratio)} ×`,
    ]);
  return `<dl class="headlines">${tiles.map(([label, value]) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`).join("")}</dl>`;
}

/** How many times as fast as matplotlib at 50 a side the command line is at `resolution`. */
export function articleRatio(
  { article }: Pick<Result, "article">,
  resolution: string,
  blend = "weighted",
): { ratio: number; extrapolated: boolean } | undefined {
  const theirs = article?.matplotlib.find(({ side }) => side === 50);
  const ours = article?.commandLine.find((one) => one.resolution === resolution && one.blend === blend);
  return theirs && ours && { ratio: theirs.ms / ours.ms, extrapolated: theirs.extrapolated ?? false };
}

function agreement(result: Result): string {
  const apart = spreads(result);
  if (apart.length === 0) return "";
  const wide = apart.filter(({ spread }) => spread > AGREEMENT);
  const percent = (spread: number) => `${(100 * spread).toFixed(0)} %`;
  const text =
    wide.length === 0
      ? `Everything was measured twice; the medians agree to ${percent(apart[0].spread)} or better.`
      : `Everything was measured twice; ${wide.length} of ${apart.length} medians do not agree to 10 %: ${wide
          .slice(0, 6)
          .map(({ scenario, spread }) => `${nameOf(scenario)} (${percent(spread)})`)
          .join(
            ", ",
          )}${wide.length > 6 ? " and others" : ""}. The machine was not idle, or times are too short.`;
  return `<p>${escaped(text)}</p>`;
}

const voxels = ([x, y, z]: readonly [number, number, number]) => x * y * z;
const millions = (n: number) =>
  n >= 1e6 ? `${shown(n / 1e6)} M` : n >= 1e3 ? `${shown(n / 1e3)} k` : String(n);
const VOXELS: Axis = { label: "voxels of the grid", log: true, text: millions };
const TIME: Axis = { label: "time", log: true, text: shownTime };

/** Times against voxels, of the file or of the volumes made by a formula. */
function timeChart(result: Result, title: string, shows: (volume: string) => boolean): string {
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

/** Where the time of a pipeline goes. */
function stageChart(result: Result): string {
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

/** Where the time of a frame goes. */
function passChart(result: Result): string {
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

/** What truth costs: dB against the exact picture at native resolution. */
function fidelityChart(result: Result): string {
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

function pictures(result: Result): string[] {
  const frames = ofInput(measured(result, "frames"));
  return measured(result, "fidelity")
    .filter(({ outcome }) => outcome.picture)
    .map(({ resolution, blend, canvas, outcome: { dB, picture } }) => {
      const row = frames.find((frame) => frame.resolution === resolution && frame.blend === blend);
      const words = [
        `${resolution}, ${blend}`,
        dB === null ? "the standard" : shownDecibels(dB),
        ...(row ? [`${shownTime(frameMs(row.outcome))} a frame`] : []),
      ].join(": ");
      const alt = escaped(`Drawn at ${resolution}, ${blend}`);
      return `<figure><img src="${picture}" width="${canvas}" height="${canvas}" alt="${alt}"><figcaption>${escaped(words)}</figcaption></figure>`;
    });
}

const total = (stages: readonly Stage[]) => stages.reduce((sum, { ms }) => sum + ms, 0);

/** Of each volume the largest grid: what its stages move, as a share of what a copy moves in that time. */
function stageTable(result: Result): string {
  const rows = measured(result, "grid")
    .filter(({ resolution }) => resolution === "native")
    .flatMap(({ volume, outcome }) =>
      outcome.stages.map(({ name, ms, bytes }) => [
        volume === "input" ? result.input.name : volume,
        name,
        number(shownTime(ms)),
        number(shownBytes(bytes)),
        number(`${shown(bytes / ms / 1e6)} GB/s`),
        number(`${shown((100 * bytes) / (ms / 1000) / result.copyBandwidth)} %`),
      ]),
    );
  if (rows.length === 0) return "";
  return `<h2>Bytes moved</h2>
<p class="soft">Read and written by each stage at native resolution, every value counted once a pass; the copy bandwidth of this device, measured in the same run, is ${shownBytes(result.copyBandwidth)}/s.</p>
${table(["volume", "stage", number("time"), number("bytes"), number("bandwidth"), number("of a copy's")], rows)}`;
}

function articleTable({ article }: Result): string {
  if (!article) return "";
  const { commandLine, matplotlib, canvas, version, missing } = article;
  const rows = [
    ...commandLine.map(({ resolution, ms }) => [
      "voxel-volume render",
      resolution,
      number(shownTime(ms)),
      "",
    ]),
    ...matplotlib.map(({ side, ms, extrapolated }) => [
      `matplotlib ${version}`,
      String(side),
      number(shownTime(ms)),
      extrapolated ? "extrapolated: a line through the two largest, in voxels" : "",
    ]),
  ];
  return `<h2>The article's own way</h2>
<p class="soft">From file to finished picture of ${canvas} × ${canvas} pixels: the whole process, start of browser or of Python included. ${escaped(missing ?? "")}</p>
${table(["program", "resolution", number("time"), ""], rows)}`;
}

function rowTable({ rows }: Result): string {
  const cells = rows.map((row) => [nameOf(row), { text: summary(row), kind: "words" }]);
  return rows.length === 0 ? "" : `<h2>All that was measured</h2>\n${table(["scenario", "outcome"], cells)}`;
}

type Cell = string | { readonly text: string; readonly kind: string };
const number = (text: string): Cell => ({ text, kind: "number" });

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const cell = (tag: string) => (cell: Cell) =>
    typeof cell === "string"
      ? `<${tag}>${escaped(cell)}</${tag}>`
      : `<${tag} class="${cell.kind}">${escaped(cell.text)}</${tag}>`;
  const body = rows.map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`).join("\n");
  return `<div class="scroll"><table><thead><tr>${head.map(cell("th")).join("")}</tr></thead><tbody>${body}</tbody></table></div>`;
}
