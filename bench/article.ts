/**
 * Times from file to finished picture, as in the article: the command line and matplotlib, on this machine in this run.
 */

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Article, MatplotlibTime } from "./result.ts";

const run = promisify(execFile);

const PYTHONS = ["python3", "/usr/bin/python3", "python"];
const NEEDED = "matplotlib, nibabel, scipy";
/** Side of the article's figure in pixels: 30 cm at 100 dots per inch. */
const CANVAS = 1181;
const SIDE = 50;

export interface ArticleOptions {
  readonly input: string;
  readonly view: string;
  readonly browser: string | undefined;
  /** Resolutions at which matplotlib draws, in voxels per side. */
  readonly sides: readonly number[];
  /** Paths of the built command line and of matplotlib.py. */
  readonly commandLine: string;
  readonly script: string;
  /** Called after each picture. */
  readonly onPicture: (what: string, ms: number) => void;
}

export async function measureArticle(options: ArticleOptions): Promise<Article> {
  const folder = await mkdtemp(join(tmpdir(), "voxel-volume-bench-"));
  try {
    const commandLine = [];
    for (const resolution of [String(SIDE), "native"]) {
      for (const blend of ["weighted", "exact"]) {
        const ms = await timeRender(options, resolution, blend, join(folder, "ours.png"));
        commandLine.push({ resolution, blend, ms });
      }
    }
    const python = await findPython();
    if (!python) {
      const missing = `No Python with ${NEEDED} was found (Debian: python3-matplotlib python3-nibabel python3-scipy)`;
      return { canvas: CANVAS, commandLine, matplotlib: [], missing };
    }
    const matplotlib: MatplotlibTime[] = [];
    let version = "";
    for (const side of options.sides) {
      const args = [options.script, options.input, String(side), join(folder, "theirs.png")];
      const started = performance.now();
      const { stdout } = await run(python, [...args, "--view", options.view]);
      const ms = performance.now() - started;
      version = JSON.parse(stdout).matplotlib;
      matplotlib.push({ side, ms });
      options.onPicture(`matplotlib ${version}, ${side} a side`, ms);
    }
    return { canvas: CANVAS, commandLine, matplotlib: withArticles(matplotlib), version };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timeRender(
  options: ArticleOptions,
  resolution: string,
  blend: string,
  output: string,
): Promise<number> {
  const picture = [
    "--size",
    String(CANVAS),
    "--view",
    options.view,
    "--resolution",
    resolution,
    "--blend",
    blend,
  ];
  const browser = options.browser ? ["--browser", options.browser] : [];
  const args = [options.commandLine, "render", options.input, "-o", output, "--aspect", "cube"];
  const started = performance.now();
  await run(process.execPath, [...args, ...picture, ...browser]);
  const ms = performance.now() - started;
  options.onPicture(`voxel-volume render, ${resolution} ${blend}`, ms);
  return ms;
}

async function findPython(): Promise<string | undefined> {
  for (const python of PYTHONS) {
    try {
      await run(python, ["-c", `import ${NEEDED}`]);
      return python;
    } catch {
      // Try the next one.
    }
  }
  return undefined;
}

/** Adds the article's resolution, if it was not measured, by linear extrapolation from the two largest ones. */
export function withArticles(times: readonly MatplotlibTime[]): MatplotlibTime[] {
  const sorted = [...times].sort((a, b) => a.side - b.side);
  const [a, b] = sorted.slice(-2);
  if (!b || sorted.some(({ side }) => side === SIDE)) return sorted;
  const slope = (b.ms - a.ms) / (b.side ** 3 - a.side ** 3);
  return [...sorted, { side: SIDE, ms: b.ms + slope * (SIDE ** 3 - b.side ** 3), extrapolated: true }];
}
