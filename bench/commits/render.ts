/** Measures the command line: runs `voxel-volume render` of both trees alternately. */

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { watchMemory } from "../process-memory.ts";
import { inTurn, makeRow, type Row, TREES, type TreeName } from "./rows.ts";

/** Labels of the passes that draw a frame; all others compute the voxels. */
const FRAME_PASSES = new Set([
  ...["exact", "accumulate", "composite", "mark", "gather", "spread", "choose", "resolve", "paint"],
]);

export interface RenderCase {
  readonly name: string;
  readonly input: string;
  readonly options: readonly string[];
}

export interface RenderOptions {
  readonly folders: Readonly<Record<TreeName, string>>;
  readonly temporary: string;
  readonly runs: number;
  readonly size: number;
  readonly browser: string | undefined;
}

/** Quantities of a run, in the order of the table. */
const QUANTITIES = [
  "passes before the frame",
  "passes of the frame",
  "reading",
  "pipeline",
  "frame",
  "whole command",
  "memory",
] as const;
type Figures = Record<(typeof QUANTITIES)[number], number>;

/**
 * Measures one case and returns a row for each quantity.
 * @throws Error with a one-line message if a run fails.
 */
export async function measureRender(one: RenderCase, options: RenderOptions): Promise<Row[]> {
  const runs: Record<TreeName, Figures[]> = { other: [], own: [] };
  for (let run = 0; run < options.runs; run++)
    for (const tree of inTurn(run)) runs[tree].push(await render(one, tree, options));
  return QUANTITIES.flatMap((quantity) => {
    const values = Object.fromEntries(
      TREES.map((tree) => [tree, runs[tree].map((figures) => figures[quantity])]),
    ) as Record<TreeName, number[]>;
    // Not reported by this system or this GPU.
    if (![...values.other, ...values.own].every(Number.isFinite)) return [];
    return [makeRow(`${one.name}: ${quantity}`, values, quantity === "memory" ? "bytes" : "ms")];
  });
}

interface Stats {
  readonly passes: readonly { readonly label: string; readonly ms: number }[] | string;
  readonly pipelineMs: number;
  readonly frameMs: number;
  readonly readMs: number;
}

async function render(one: RenderCase, tree: TreeName, options: RenderOptions): Promise<Figures> {
  const { folders, temporary, size, browser } = options;
  const file = join(temporary, `${tree}.json`);
  const args = [
    ...[join(folders[tree], "dist/cli.js"), "render", one.input, "-o", join(temporary, `${tree}.png`)],
    ...["--size", `${size}x${size}`, "--stats", file, ...one.options],
    ...(browser ? ["--browser", browser] : []),
  ];
  const started = performance.now();
  const peakBytes = await runWatched(args);
  const wallMs = performance.now() - started;
  const { passes, pipelineMs, frameMs, readMs } = JSON.parse(await readFile(file, "utf8")) as Stats;
  const sum = (ofFrame: boolean) =>
    typeof passes === "string"
      ? Number.NaN
      : passes
          .filter(({ label }) => FRAME_PASSES.has(label) === ofFrame)
          .reduce((total, { ms }) => total + ms, 0);
  return {
    "passes before the frame": sum(false),
    "passes of the frame": sum(true),
    reading: readMs,
    pipeline: pipelineMs,
    frame: frameMs,
    "whole command": wallMs,
    memory: peakBytes ?? Number.NaN,
  };
}

/** Runs Node. Resolves with the peak memory of it and its browser together. */
function runWatched(args: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let complaints = "";
    child.stderr.on("data", (text) => {
      complaints += text;
    });
    const stopWatching = watchMemory(child.pid === undefined ? [] : [child.pid]);
    child.on("error", reject);
    child.on("close", (status) => {
      const peak = stopWatching();
      if (status === 0) resolve(peak);
      else reject(new Error(complaints.trim().split("\n").at(-1) || `it ended with status ${status}`));
    });
  });
}
