/** The commands: render, export, info and view. */

import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, rmSync, statSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { VoxelVolumeError } from "../errors.ts";
import { appearance, describeAppearance, drawnSettings } from "../options/appearance.ts";
import { filledOf } from "../options/filled.ts";
import { formatValue } from "../options/format-value.ts";
import { parseLabelTable } from "../options/label-table.ts";
import { noticeOf } from "../options/notice.ts";
import { OPTION_NAMES, type OptionTexts, settingsFrom } from "../options/options.ts";
import { readVolume } from "../read/index.ts";
import { sayNotes } from "../texts.ts";
import { profileOf } from "../values/profile.ts";
import { openHeadless } from "./browser.ts";
import { type HeadlessPage, type Job, STAGES, type Stats } from "./headless.ts";
import { inputOf, localFile, sourceOf } from "./input.ts";
import { OUTPUT_PATH, serve } from "./server.ts";

export type Values = Partial<Record<string, string>>;

/** Where the built pages are: beside the built command line. */
const PAGES = dirname(fileURLToPath(import.meta.url));
const MAX_SIDE = 16384;

export async function render(input: string, values: Values): Promise<void> {
  const size = parseSize(values.size ?? "1200x1200");
  const background = values.background ?? "white";
  const output = outputPath(values.output, "OUT.png");
  const stats = await work(input, values, output, {
    picture: { size, background, samples: parseSamples(values.samples ?? "1") },
  });
  console.log(
    `${values.output}: ${size.join("x")}, ${stats.volume}, ${stats.kindText}, ${stats.filledVoxels} voxels`,
  );
}

export async function exportStage(input: string, values: Values): Promise<void> {
  const stage = STAGES.find((name) => name === values.stage);
  if (!stage)
    throw new VoxelVolumeError(
      "invalid-option",
      `stage "${values.stage ?? ""}": expected ${STAGES.join(", ")}`,
    );
  await work(input, values, outputPath(values.output, "OUT.npy"), { stage });
  console.log(`${values.output}: ${stage}`);
}

export async function info(input: string, values: Values): Promise<void> {
  const { volume, entries } = await readVolume(sourceOf(await inputOf(input)), {
    entry: values.entry,
    frame: parseFrame(values.frame),
  });
  const profile = await profileOf(volume);
  const settings = drawnSettings(settingsFrom(pictureOptions(values), [0, 0, 0, 0]), volume, profile);
  const drawn = appearance(settings, profile);
  if (values.json) {
    const { read: _, levels: __, ...shown } = { ...volume, notes: sayNotes(volume) };
    console.log(JSON.stringify({ volume: shown, entries, appearance: drawn }, null, 2));
    return;
  }
  for (const {
    path: name,
    dims,
    spacing,
    dtype,
    frames,
    format,
    littleEndian,
    components,
    axes,
    unitless,
  } of entries) {
    const type = `${dtype}${components ? ` ${components}` : ""}${littleEndian ? "" : ", big-endian"}`;
    const lengths = spacing.map((mm) => Number(mm.toPrecision(6))).join(" x ");
    const size = unitless ? "" : `, ${lengths} mm`;
    const array = axes ? `, array ${axes}` : "";
    const shape = frames > 1 ? `${dims.join(" x ")}, ${frames} frames` : dims.join(" x ");
    const chosen = name === volume.name ? "  <- drawn by default" : "";
    console.log(`${name}: ${shape}${size}, ${type}, ${format}${array}${chosen}`);
  }
  console.log(
    `${describeAppearance(drawn)}; values from ${formatValue(profile.min)} to ${formatValue(profile.max)}${profile.isSampled ? ", judged by some of its rows" : ""}`,
  );
  const notice = noticeOf(settings, profile, filledOf(profile, settings));
  for (const line of [...(notice ? [notice] : []), ...sayNotes(volume)])
    console.error(`voxel-volume: ${line}`);
}

export async function view(input: string, values: Values): Promise<void> {
  const texts = pictureOptions(values);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new VoxelVolumeError(
      "invalid-option",
      `port "${values.port}": expected a whole number up to 65535`,
    );
  }
  const { entry } = values;
  const frame = parseFrame(values.frame)?.toString();
  const server = await serve(PAGES, await inputOf(input), {
    labels: values.labels && (await localFile(values.labels)),
    port,
  });
  const [src] = server.input;
  const query = new URLSearchParams(
    Object.entries({ src, entry, frame, labels: server.labels, ...texts }).filter(
      ([, text]) => text !== undefined,
    ) as [string, string][],
  );
  const url = `${server.url}viewer.html?${query}`;
  console.log(`${basename(input)} is shown at ${url} (Ctrl+C ends it)`);
  openInBrowser(url);
}

/** Has the headless page carry out a job; what it makes becomes `output` only when it is whole. */
async function work(
  input: string,
  values: Values,
  output: string,
  what: Pick<Job, "picture" | "stage">,
): Promise<Stats> {
  const options = pictureOptions(values);
  const frame = parseFrame(values.frame);
  const labels = await labelsFile(values.labels);
  const statsOutput = values.stats === undefined ? undefined : outputPath(values.stats, "STATS.json");
  const files = await inputOf(input);
  const isInput = (path?: string) => files.files.some(({ name }) => join(files.folder, name) === path);
  if (isInput(output) || isInput(statsOutput) || output === statsOutput) {
    throw new VoxelVolumeError("invalid-option", "input, output and stats have to be different files");
  }
  const part = `${output}.${process.pid}.part`;
  process.once("exit", () => rmSync(part, { force: true }));
  const server = await serve(PAGES, files, { output: part });
  try {
    const started = performance.now();
    const browser = await openHeadless(
      `${server.url}headless.html`,
      values.browser ?? process.env.VOXEL_VOLUME_BROWSER,
    );
    try {
      console.error(
        `voxel-volume: using ${browser.adapter}${browser.software ? " (software, no GPU found)" : ""}`,
      );
      const job: Job = {
        ...what,
        input: server.input,
        entry: values.entry,
        frame,
        // Rays are what a processor draws quickest, and they are exact.
        options: browser.software ? { blend: "exact", ...options } : options,
        labels,
        output: OUTPUT_PATH,
        stats: values.stats !== undefined,
      };
      const outcome = await browser.page.evaluate(
        (job) => (globalThis as unknown as { voxelVolume: HeadlessPage }).voxelVolume.run(job),
        job,
      );
      if ("error" in outcome) throw new VoxelVolumeError(outcome.error.code, outcome.error.message);
      const { notice, notes } = outcome.stats as { notice?: string; notes?: string[] };
      for (const line of [...(notice ? [notice] : []), ...(notes ?? [])])
        console.error(`voxel-volume: ${line}`);
      if (outcome.stats.reduced) {
        console.error(
          `voxel-volume: drawn at ${(outcome.stats.gridDims as number[]).join("x")}, the most that fits this GPU`,
        );
      }
      const { adapter, software } = browser;
      const stats = { adapter, software, ...outcome.stats, totalMs: performance.now() - started };
      if (statsOutput) await writeFile(statsOutput, `${JSON.stringify(stats, null, 2)}\n`);
      await rename(part, output);
      return stats;
    } finally {
      await browser.close();
    }
  } finally {
    server.close();
  }
}

/** The options of the picture among `values`, checked before anything is started for them. */
function pictureOptions(values: Values): OptionTexts {
  const texts = Object.fromEntries(
    OPTION_NAMES.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
  settingsFrom(texts, [0, 0, 0, 0]);
  return texts;
}

/** The text of a table of labels, from a path or URL. */
async function labelsFile(input: string | undefined): Promise<Job["labels"]> {
  if (input === undefined) return undefined;
  const path = await localFile(input);
  const text = await readFile(path, "utf8");
  parseLabelTable(text, input);
  return { text, name: basename(input) };
}

/** Path of a file that can be written, as far as can be told before the work. */
function outputPath(output: string | undefined, example: string): string {
  if (!output) throw new VoxelVolumeError("invalid-option", `name the file to write with -o ${example}`);
  const path = resolve(output);
  if (!existsSync(dirname(path)))
    throw new VoxelVolumeError("invalid-option", `the folder of ${output} does not exist`);
  if (existsSync(path) && !statSync(path).isFile())
    throw new VoxelVolumeError("invalid-option", `${output} is there and is not a file`);
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch {
    throw new VoxelVolumeError("invalid-option", `the folder of ${output} cannot be written to`);
  }
  return path;
}

function parseSize(text: string): [number, number] {
  const [, width, height = width] = /^(\d+)(?:x(\d+))?$/.exec(text) ?? [];
  const size: [number, number] = [Number(width), Number(height)];
  if (!size.every((side) => side >= 1 && side <= MAX_SIDE)) {
    throw new VoxelVolumeError(
      "invalid-option",
      `size "${text}": expected pixels, as in 1200x800 or 600, at most ${MAX_SIDE} a side`,
    );
  }
  return size;
}

function parseFrame(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) {
    throw new VoxelVolumeError("invalid-option", `frame "${text}": expected a whole number, from 0`);
  }
  return Number(text);
}

function parseSamples(text: string): number {
  const samples = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(samples <= 64 && Number.isInteger(Math.sqrt(samples)) && samples > 0)) {
    throw new VoxelVolumeError(
      "invalid-option",
      `samples "${text}": expected a square number up to 64, as 4 or 16`,
    );
  }
  return samples;
}

/** Opens the person's own browser, where there is a desktop. */
function openInBrowser(url: string): void {
  const commands: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
    darwin: ["open", [url]],
    win32: ["cmd", ["/c", "start", "", url.replaceAll("&", "^&")]],
  };
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, args] = commands[process.platform] ?? ["xdg-open", [url]];
  spawn(command, args, { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
