/** The report's tables: bytes moved by the stages, the article's method, and all rows. */

import { escaped } from "./charts.ts";
import { measured, type Result } from "./result.ts";
import { nameOf } from "./scenarios.ts";
import { shown, shownBytes, shownTime, summary } from "./table.ts";

/** Bytes moved by the stages for the largest grid of each volume, and their bandwidth as a share of a copy's. */
export function stageTable(result: Result): string {
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

export function articleTable({ article }: Result): string {
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
  return `<h2>The article's method</h2>
<p class="soft">From file to finished picture of ${canvas} × ${canvas} pixels: the whole process, start of browser or of Python included. ${escaped(missing ?? "")}</p>
${table(["program", "resolution", number("time"), ""], rows)}`;
}

export function rowTable({ rows }: Result): string {
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
