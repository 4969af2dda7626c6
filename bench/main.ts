/**
 * The benchmark: how long frames take, at which resolution and blend, and how close to exact they are. All figures of a run
 * come from one machine in one go, so their ratios hold; the times of a software GPU say little else.
 *
 *     npm run bench -- [INPUT] [--size 800] [--frames 5] [--only frames,growth,turning,fidelity] [--output FILE.json]
 */

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { openHeadless } from "../src/cli/browser.ts";
import { serve } from "../src/cli/server.ts";
import type { OptionTexts } from "../src/view/options.ts";
import type { BenchPage, Blend, FrameTimes } from "./page.ts";

const PAGES = "dist/bench";

const { values, positionals } = parseArgs({
  options: {
    size: { type: "string", default: "800" },
    frames: { type: "string", default: "5" },
    only: { type: "string" },
    output: { type: "string" },
    browser: { type: "string" },
  },
  allowPositionals: true,
});
const input = positionals[0] ?? "dist/sample/attention.zip";
const size = Number(values.size);
const frames = Number(values.frames);

const server = await serve(PAGES, resolve(input));
const browser = await openHeadless(
  `${server.url}bench.html`,
  values.browser ?? process.env.VOXEL_VOLUME_BROWSER,
);
browser.page.on("console", (message) => console.error(message.text()));
const call = <K extends keyof BenchPage>(name: K, ...args: Parameters<BenchPage[K]>) =>
  browser.page.evaluate(
    ([name, args]) =>
      (globalThis as unknown as { bench: Record<string, (...a: unknown[]) => unknown> }).bench[name](...args),
    [name, args] as [string, unknown[]],
  ) as ReturnType<BenchPage[K]>;

const volume = await call("open", server.input);
console.log(
  `${volume}, ${size}x${size} pixels, ${browser.adapter}, Chromium ${browser.page.context().browser()?.version()}`,
);
const dims = volume
  .match(/(\d+)x(\d+)x(\d+)$/)
  ?.slice(1)
  .map(Number) as number[];

/** Rows of the result file; the same are shown on the terminal. */
const rows: Record<string, unknown>[] = [];
function report(row: Record<string, unknown>): void {
  rows.push(row);
  console.log(
    Object.entries(row)
      .map(([key, value]) => `${key} ${typeof value === "number" ? Number(value.toPrecision(4)) : value}`)
      .join("  "),
  );
}

async function time(texts: OptionTexts, blend: Blend, count = frames): Promise<FrameTimes> {
  const times = await call("orbit", texts, blend, size, count);
  report({ what: "frame", ...texts, blend, ...times });
  return times;
}

const VIEWS = ["full", "cut", "diagonal"];

/** How the blends compare in time. */
async function frameTimes(): Promise<void> {
  for (const view of VIEWS) {
    const weighted = await time({ view }, "weighted");
    const exact = await time({ view }, "exact");
    const unskipped = await time({ view }, "unskipped");
    const plain = await time({ view }, "plain");
    report({ what: "ratio", view, of: "without skipping / exact", ratio: unskipped.median / exact.median });
    report({
      what: "ratio",
      view,
      of: "every voxel of each ray / exact",
      ratio: plain.median / exact.median,
    });
    if (view !== "full") continue;
    const published = await time({ view }, "published", 1);
    report({
      what: "ratio",
      view,
      of: "every face, published / weighted",
      ratio: published.median / weighted.median,
    });
  }
}

/** How time grows with what is filled, and with what is visible. */
async function growth(): Promise<void> {
  for (const resolution of ["50", "100", "native", dims.map((n) => 2 * n).join("x")]) {
    for (const blend of ["weighted", "exact"] as const) await time({ view: "full", resolution }, blend, 3);
  }
}

/** Frames a second of the element while it is turned. */
async function turning(): Promise<void> {
  for (const blend of ["weighted", "exact"]) {
    report({
      what: "turning",
      blend,
      ...(await call("turn", server.input, { view: "full", blend }, size, 5)),
    });
  }
}

const INSIDE = { distance: "0.45", zoom: "2", azimuth: "30", elevation: "10" };

/** How close to exact: what was tried, and the hard cases. */
async function fidelities(): Promise<void> {
  const measure = async (texts: OptionTexts, blend: Blend, samples: number) =>
    report({
      what: "fidelity",
      ...texts,
      blend,
      samples,
      dB: await call("fidelity", texts, blend, 300, samples),
    });
  for (const view of VIEWS) {
    for (const blend of ["published", "by-depth", "by-voxel", "by-anchor", "weighted"] as const) {
      for (const samples of [1, 16])
        await measure({ view, resolution: "50", aspect: "cube" }, blend, samples);
    }
    for (const samples of [1, 16]) await measure({ view }, "weighted", samples);
  }
  const orthographic = { view: "diagonal", projection: "orthographic" };
  for (const hard of [{ explode: "0.3" }, orthographic, INSIDE, { opacity: "0.1" }, { opacity: "0.02" }]) {
    for (const samples of [1, 16])
      await measure({ view: "cut", resolution: "50", ...hard }, "unbounded", samples);
  }
}

const parts: Record<string, () => Promise<void>> = {
  frames: frameTimes,
  growth,
  turning,
  fidelity: fidelities,
};
for (const part of values.only?.split(",") ?? Object.keys(parts)) await parts[part]();
await browser.close();
server.close();
if (values.output) {
  const about = {
    version: manifest.version,
    volume,
    size,
    adapter: browser.adapter,
    date: new Date().toISOString(),
    node: process.version,
  };
  await writeFile(values.output, `${JSON.stringify({ ...about, rows }, null, 1)}\n`);
}
