/** Runs a job in the headless page; the output appears only when it is complete. */

import { realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { Readable } from "node:stream";
import type { Page } from "playwright-core";
import { VoxelVolumeError } from "../errors.ts";
import { CSS_DPI } from "../picture/figure-size.ts";
import { findBrowser, type HeadlessBrowser, openHeadless } from "./browser.ts";
import type { HeadlessPage } from "./headless.ts";
import { type Input, labelsOf, withInput } from "./input.ts";
import { type Job, PDF, type PictureJob, type Stats, TELL_TASK } from "./job.ts";
import { inputOptions, parseSize, pictureOptions, type Values, volumeOptions } from "./options.ts";
import { type Output, OutputFile, type Target, targetOf } from "./output-file.ts";
import { type FolderTarget, OutputFolder } from "./output-folder.ts";
import { trimmedPdf } from "./pdf-page.ts";
import { playwright } from "./playwright.ts";
import { Progress } from "./progress.ts";
import { say } from "./say.ts";
import { withOwnUrl, withServer } from "./served-input.ts";
import { type LocalServer, OUTPUT_PATH } from "./server.ts";

/**
 * Writes a picture, a film, a page or an array to `target`, and the `--stats` file if requested.
 * @throws VoxelVolumeError
 */
export async function runJob(
  input: string,
  values: Values,
  target: Target | FolderTarget,
  what: Pick<Job, "picture" | "film" | "page" | "stage">,
): Promise<Stats> {
  const options = pictureOptions(values);
  const volume = volumeOptions(values);
  const gpuMemory = parseSize("gpu-memory", values["gpu-memory"]);
  const statsTarget = values.stats === undefined ? undefined : targetOf(values.stats, "STATS.json");
  const download = inputOptions(values);
  const program = values.browser ?? process.env.VOXEL_VOLUME_BROWSER;
  // A missing browser is reported before anything is downloaded.
  playwright();
  findBrowser(program);
  const labels = values.labels === undefined ? undefined : await labelsOf(values.labels, download);
  const outputs: Output[] = [];
  const open = async (target: Target | FolderTarget) => {
    const output = await ("isFolder" in target ? OutputFolder.open(target) : OutputFile.open(target));
    outputs.push(output);
    return output;
  };
  try {
    const output = await open(target);
    const statsOutput = statsTarget && (await open(statsTarget));
    const stats = await withInput(input, download, async (files) => {
      checkDifferent(files, target, statsTarget);
      const started = performance.now();
      return withServer(files, async (server) => {
        const browser = await openHeadless(`${server.url}headless.html`, program);
        try {
          const { adapter, software } = browser;
          sayBrowser(browser);
          const stats = await carryOut(browser, server, output, {
            ...what,
            ...volume,
            input: server.input,
            gpuMemory,
            timeoutMs: 1000 * download.timeout,
            // On a CPU, ray casting is the fastest blend, and it is exact.
            options: software ? { blend: "exact", ...options } : options,
            labels: labels && { text: labels.text, name: labels.name },
            output: OUTPUT_PATH,
            stats: values.stats !== undefined,
          });
          if (stats.notes)
            stats.notes = (stats.notes as string[]).map((note) => withOwnUrl(note, files, server));
          sayStats(stats);
          const { inputBytes: bytesFetched } = server;
          return { adapter, software, ...stats, bytesFetched, totalMs: performance.now() - started };
        } finally {
          await browser.close();
        }
      });
    });
    await statsOutput?.write(`${JSON.stringify(stats, null, 2)}\n`);
    for (const output of outputs) await output.commit();
    return stats;
  } finally {
    for (const output of outputs) await output.discard();
  }
}

/** Runs the job in the page, which posts its result to `output`. */
async function carryOut(
  { page }: HeadlessBrowser,
  server: LocalServer,
  output: Output,
  job: Job,
): Promise<Stats> {
  let failure: unknown;
  const receive = () =>
    server.receive(async (body) => {
      try {
        await output.write(body);
      } catch (error) {
        failure = error;
        throw error;
      }
      // The frames of a film come one after the other.
      if (output instanceof OutputFolder) receive();
    });
  receive();
  const progress = new Progress();
  if (progress.isShown) await page.exposeFunction(TELL_TASK, (task: string) => progress.task(task));
  const outcome = await page
    .evaluate((job) => (globalThis as unknown as { voxelVolume: HeadlessPage }).voxelVolume.run(job), job)
    .finally(() => progress.end());
  // The page knows only that its result was rejected.
  if (failure) throw failure;
  if ("error" in outcome) throw new VoxelVolumeError(outcome.error.code, outcome.error.message);
  if (job.picture?.type === PDF) await output.write(Readable.from([await printed(page, job.picture)]));
  return outcome.stats;
}

/** The figure that fills the page, as a PDF of one page of its size. @throws VoxelVolumeError "webgpu-unavailable". */
async function printed(page: Page, { size }: PictureJob): Promise<Buffer> {
  const { width, height, dpi = CSS_DPI } = size;
  const [wide, high] = [width / dpi, height / dpi];
  try {
    const paper = { width: `${wide}in`, height: `${high}in`, printBackground: true, pageRanges: "1" };
    return trimmedPdf(await page.pdf(paper), wide, high);
  } catch (cause) {
    const message = "This browser cannot print a PDF: use a headless one, or write an SVG";
    throw new VoxelVolumeError("webgpu-unavailable", message, { cause });
  }
}

function sayBrowser({ adapter, software, withoutSandbox }: HeadlessBrowser): void {
  if (withoutSandbox) say(`the browser runs without its sandbox: ${withoutSandbox}`);
  say(`using ${adapter}${software ? " (software, no GPU found)" : ""}`);
}

function sayStats({ notice, notes, reduced, gridDims }: Stats): void {
  for (const line of [...(notice ? [notice] : []), ...((notes as string[]) ?? [])]) say(String(line));
  if (reduced) say(`drawn at ${(gridDims as number[]).join("x")}, the most that fits this GPU`);
}

/** An output must not overwrite an input, or a file of it, or the other output. */
function checkDifferent(input: Input, output: Pick<Target, "path">, stats: Target | undefined): void {
  const outputs = [output.path, ...(stats ? [stats.path] : [])];
  const isRead = (path: string | undefined) => {
    if (path === undefined) return false;
    if (!("files" in input))
      return input.root !== undefined && `${path}${sep}`.startsWith(`${input.root}${sep}`);
    const root = realpathSync.native(input.folder);
    return input.files.some((file) => [file.path, join(root, file.name)].includes(path));
  };
  if (outputs.some(isRead) || output.path === stats?.path)
    throw new VoxelVolumeError("invalid-option", "input, output and stats have to be different files");
}
