/** The report: a result as a self-contained HTML file with charts and pictures. */

import { escaped } from "./charts.ts";
import { fidelityChart, passChart, stageChart, timeChart } from "./report-charts.ts";
import { articleTable, rowTable, stageTable } from "./report-tables.ts";
import { AGREEMENT, frameMs, measured, ofInput, type Result, spreads } from "./result.ts";
import { nameOf } from "./scenarios.ts";
import { shown, shownDecibels, shownTime } from "./table.ts";

/** The report as a page. @param css the text of report.css. */
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

/** The body of the report, for an element with the class bench-report. */
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

/** Ratio of matplotlib's time at 50 voxels per side to the time of the command line at `resolution`. */
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
