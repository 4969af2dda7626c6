/**
 * The benchmark: how long frames take, at which resolution and blend, and how close to exact they are. All figures of a run
 * come from one machine in one go, so their ratios hold; the times of a software GPU say little else.
 *
 *     npm run bench -- [INPUT] [--size 800] [--frames 5] [--output FILE.json]
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
for (const view of VIEWS) {
  const weighted = await time({ view }, "weighted");
  const exact = await time({ view }, "exact");
  const unskipped = await time({ view }, "unskipped");
  const plain = await time({ view }, "plain");
  report({ what: "ratio", view, of: "every voxel of each ray / exact", ratio: plain.median / exact.median });
  report({
    what: "ratio",
    view,
    of: "exact without skipping / exact",
    ratio: unskipped.median / exact.median,
  });
  report({ what: "ratio", view, of: "weighted / exact", ratio: weighted.median / exact.median });
  if (view !== "full") continue;
  const published = await time({ view }, "published", 1);
  report({
    what: "ratio",
    view,
    of: "every face, published weights / weighted",
    ratio: published.median / weighted.median,
  });
}
for (const resolution of ["50", "100", "native", dims.map((n) => 2 * n).join("x")]) {
  for (const blend of ["weighted", "exact"] as const) await time({ view: "full", resolution }, blend, 3);
}
for (const view of VIEWS) {
  for (const blend of ["weighted", "published"] as const) {
    for (const samples of blend === "weighted" ? [1, 16] : [1]) {
      const dB = await call("fidelity", { view, resolution: "50" }, blend, 512, samples);
      report({ what: "fidelity", view, resolution: "50", blend, samples, dB });
    }
  }
}
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
