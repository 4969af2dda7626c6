/**
 * The benchmark: how long each resolution and blend takes, and how close it comes to the exact picture. `npm run bench
 * -- --help` lists the options. All figures of a run come from one machine, so their ratios are meaningful; absolute
 * times of a software GPU are not.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus, release } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import manifest from "../package.json" with { type: "json" };
import { measureArticle } from "./article.ts";
import { type Backend, runAll } from "./backend.ts";
import { openChromium } from "./browser.ts";
import { openDawn } from "./dawn.ts";
import { growthLines } from "./growth.ts";
import { type BenchOptions, parseOptions, USAGE } from "./options.ts";
import { comparePeers } from "./peers/index.ts";
import css from "./report.css";
import { reportPage } from "./report.ts";
import { AGREEMENT, type Result, SCHEMA, spreads } from "./result.ts";
import { nameOf, plan } from "./scenarios.ts";
import { shownBytes, shownTime, summary } from "./table.ts";

/** dist/bench, once built. */
const HERE = dirname(fileURLToPath(import.meta.url));
const SAMPLE = resolve(HERE, "../sample/attention.zip");

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) return console.log(USAGE);
  const started = performance.now();
  const input = resolve(options.input ?? SAMPLE);
  if (!existsSync(input)) throw new Error(`there is no file ${options.input}`);
  if (options.against.length > 0) {
    const { against: peers, canvas: size, frames, browser } = options;
    await comparePeers({ input, peers, size, frames, browser, output: resolve(options.output) });
    return;
  }
  const backend =
    options.backend === "dawn"
      ? await openDawn(input, options.dawn)
      : await openChromium(HERE, input, options.browser);
  let rows: Result["rows"];
  try {
    rows = await runRows(backend, options, basename(input));
  } finally {
    await backend.close();
  }
  const article = options.parts.includes("article")
    ? await measureArticle({
        input,
        view: options.view,
        browser: options.browser,
        sides: options.matplotlib,
        commandLine: resolve(HERE, "../cli.js"),
        script: resolve(HERE, "matplotlib.py"),
        onPicture: (what, ms) => console.log(`${what.padEnd(NAME)}  ${shownTime(ms)}`),
      })
    : undefined;
  if (article?.missing) console.log(article.missing);
  const { dims, dtype, copyBandwidth, compileMs, timestamps } = backend.opened;
  const result: Result = {
    schema: SCHEMA,
    version: manifest.version,
    commit: commit(),
    date: new Date().toISOString(),
    machine: {
      os: `${process.platform} ${release()} ${process.arch}`,
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cores: cpus().length,
    },
    backend: { ...backend.about, ...driver(), timestamps },
    input: { name: basename(input), sha256: sha256(await readFile(input)), dims, dtype },
    copyBandwidth,
    compileMs,
    rows,
    ...(article && { article }),
    seconds: (performance.now() - started) / 1000,
  };
  const growth = growthLines(result);
  if (growth.length > 0) console.log(`Growth with n voxels a side: ${growth.join(", ")}`);
  await write(result, resolve(options.output));
}

/** Width of the first column on the terminal. */
const NAME = 44;

async function runRows(backend: Backend, options: BenchOptions, name: string): Promise<Result["rows"]> {
  const { about, opened } = backend;
  const scenarios = plan({ ...options, dims: opened.dims });
  console.log(
    `${name}, ${opened.dims.join("x")} ${opened.dtype}, ${options.canvas}x${options.canvas} pixels; ${about.name} ${about.version}, ${about.adapter}${about.software ? " (software)" : ""}; copies ${shownBytes(opened.copyBandwidth)}/s`,
  );
  const width = String(scenarios.length).length;
  return runAll(backend, scenarios, performance.now() + options.budgetMs, (row, i) => {
    const progress = `[${String(i + 1).padStart(width)}/${scenarios.length}]`;
    console.log(
      `${progress} ${nameOf(row).padEnd(NAME - progress.length - 1)}  ${summary(row)}  (${row.seconds.toFixed(1)} s)`,
    );
  });
}

async function write(result: Result, output: string): Promise<void> {
  const report = output.replace(/\.json$/, ".html");
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, `${JSON.stringify(result, null, 1)}\n`);
  await writeFile(report, reportPage(result, css));
  const apart = spreads(result).filter(({ spread }) => spread > AGREEMENT);
  if (apart.length > 0) {
    console.log(`Two passes differ by more than 10 % in ${apart.length} medians: the machine was not idle,`);
    console.log(`or times are too short; the widest is ${nameOf(apart[0].scenario)}.`);
  }
  console.log(`${Math.round(result.seconds)} s; ${output} and ${report}`);
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Commit of the sources that were built, followed by + if they had been changed since. */
function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return git("rev-parse", "HEAD") + (git("status", "--porcelain", "-uno") ? "+" : "");
  } catch {
    return "unknown";
  }
}

/** NVIDIA's driver gives its version in a file; other adapters include it in their name or do not report it. */
function driver(): { driver?: string } {
  const path = "/proc/driver/nvidia/version";
  return existsSync(path) ? { driver: readFileSync(path, "utf8").split("\n")[0] } : {};
}

try {
  await main();
} catch (error) {
  console.error(`bench: ${(error as Error).message.split("\n")[0]}`);
  process.exitCode = 1;
}
