/** Opens one page in a separate browser and measures it. */

import { gzipSync } from "node:zlib";
import type { Page } from "playwright";
import { PNG } from "pngjs";
import { openHeadless } from "../../src/cli/browser.ts";
import { childrenOf, watchMemory } from "../process-memory.ts";
import type { Job, ProgramTimes } from "./pages/measure-program.ts";

/** A page that takes longer counts as failed. */
const LIMIT_MS = 240_000;

export interface PageRun extends ProgramTimes {
  readonly adapter: string;
  readonly software: boolean;
  readonly browserVersion: string;
  /** Total size of all scripts that the page has loaded, uncompressed and after gzip -9. */
  readonly scriptBytes: number;
  readonly gzipBytes: number;
  /** Resident memory of all processes of the browser: its peak, and its value before the page was opened. */
  readonly peakBytes?: number;
  readonly idleBytes?: number;
  readonly screenshot: Buffer;
  /** Fraction of the screenshot that is not white. */
  readonly covered: number;
}

/** @throws Error with a one-line message if the page fails or takes too long. */
export async function runPage(url: string, name: string, job: Job, browser?: string): Promise<PageRun> {
  const others = childrenOf(process.pid);
  const headless = await openHeadless(`${url}probe.html`, browser);
  try {
    const { page, adapter, software } = headless;
    const processes = childrenOf(process.pid).filter((child) => !others.includes(child));
    const idleBytes = watchMemory(processes)();
    const stopWatching = watchMemory(processes);
    try {
      const { times, scripts } = await inTime(runJob(page, `${url}${name}.html`, job));
      const peakBytes = stopWatching();
      const screenshot = await page.screenshot();
      const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
      return {
        ...times,
        adapter,
        software,
        browserVersion: page.context().browser()?.version() ?? "unknown",
        scriptBytes: sum(scripts.map(({ length }) => length)),
        gzipBytes: sum(scripts.map((script) => gzipSync(script, { level: 9 }).length)),
        ...(idleBytes && peakBytes && { idleBytes, peakBytes }),
        screenshot,
        covered: coveredShare(screenshot),
      };
    } finally {
      stopWatching();
    }
  } catch (error) {
    throw new Error((error as Error).message.replace(/^page\.\w+: (Error: )?/, "").split("\n")[0]);
  } finally {
    await headless.close();
  }
}

async function runJob(
  page: Page,
  url: string,
  job: Job,
): Promise<{ times: ProgramTimes; scripts: Buffer[] }> {
  const scripts: Promise<Buffer>[] = [];
  let fault: Error | undefined;
  page.on("response", (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) scripts.push(response.body());
  });
  page.on("pageerror", (error) => {
    fault ??= error;
  });
  await page.setViewportSize({ width: job.size, height: job.size });
  await page.goto(url);
  const run = () =>
    (globalThis as unknown as { runProgram?: (job: Job) => Promise<ProgramTimes> }).runProgram;
  await page.waitForFunction(run, undefined, { timeout: 20_000 }).catch((error) => {
    throw fault ?? error;
  });
  const times = await page.evaluate(
    (job) => (globalThis as unknown as { runProgram: (job: Job) => Promise<ProgramTimes> }).runProgram(job),
    job,
  );
  return { times, scripts: await Promise.all(scripts) };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  // Stopped work rejects once more when the browser closes.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function coveredShare(screenshot: Buffer): number {
  const { data } = PNG.sync.read(screenshot);
  let covered = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 3 * 255) covered++;
  return covered / (data.length / 4);
}
