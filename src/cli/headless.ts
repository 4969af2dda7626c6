/** Code of the headless browser's page: runs one job of the command line with the engine. */

import { adapterName } from "../engine/gpu/adapter-name.ts";
import { requestDevice } from "../engine/gpu/device.ts";
import { Profiler } from "../engine/gpu/profiler.ts";
import type { PageCounts } from "../engine/pages/paged-volume.ts";
import { PICTURE_FORMAT } from "../engine/read-pixels.ts";
import { Renderer } from "../engine/renderer.ts";
import { fetched, VoxelVolumeError } from "../errors.ts";
import { planFilm } from "../film/film-options.ts";
import { appearance, drawnSettings } from "../options/appearance.ts";
import { drawnFor } from "../options/drawn-for.ts";
import { isListed } from "../options/kinds.ts";
import { parseLabelTable } from "../options/label-table.ts";
import { noticeOf } from "../options/notice.ts";
import { type OptionTexts, settingsFrom } from "../options/options.ts";
import type { DrawnSettings, Settings } from "../options/settings.ts";
import { cssColor } from "../picture/css-color.ts";
import { figureNotes } from "../picture/figure.ts";
import { viewSettings } from "../picture/figure-views.ts";
import { fromUrl, fromUrls, VolumeFile } from "../read/index.ts";
import { sayNotes } from "../texts.ts";
import type { Volume } from "../volume.ts";
import { drawPicture, type JobSubject, sendPicture } from "./headless/draw-picture.ts";
import { exportRaw, exportStage } from "./headless/export-array.ts";
import { tellTask } from "./headless/send.ts";
import { unreadParts } from "./headless/unread-parts.ts";
import type { Job, Outcome, Stats } from "./job.ts";

const HISTOGRAM_BINS = 50;

/** The adapter's name, or why there is no adapter. */
export async function probe(): Promise<{ adapter: string; fallback: boolean } | { error: string }> {
  try {
    const device = await requestDevice(navigator.gpu);
    const found = { adapter: adapterName(device), fallback: device.adapterInfo.isFallbackAdapter ?? false };
    device.destroy();
    return found;
  } catch (error) {
    return { error: (error as Error).message };
  }
}

async function run(job: Job): Promise<Outcome> {
  const faults: string[] = [];
  try {
    const started = performance.now();
    const labels = job.labels === undefined ? null : parseLabelTable(job.labels.text, job.labels.name);
    const background = cssColor(job.picture?.background ?? "transparent");
    const settings = settingsFrom(job.options, background, labels);
    const urls = job.input.map((url) => new URL(url, location.href).href);
    const input = urls.length === 1 ? fromUrl(urls[0]) : fromUrls(urls);
    // The drawing code is compiled while the file loads. Errors of the file are reported first.
    const drawing = job.stage === "raw" ? undefined : openRenderer(settings, job.gpuMemory, faults);
    drawing?.catch(() => {});
    tellTask("reading");
    const { frames } = job.film ? planFilm(job.film.motion) : {};
    // Only films read several frames.
    const file = new VolumeFile(input, frames ? {} : { budget: 0 });
    const frame = Array.isArray(frames) ? frames[0] : job.frame;
    const { volume } = await file.read({ entry: job.entry, frame, channel: job.channel });
    const readMs = performance.now() - started;
    if (!drawing) {
      await exportRaw(volume, job.output);
      return { stats: { dims: volume.dims, notes: sayNotes(volume) } };
    }
    const renderer = await drawing;
    tellTask("measuring the values");
    const { profile } = await drawnFor(volume, settings);
    const views = (texts: OptionTexts) =>
      viewSettings(job.picture?.views ?? [], texts, volume, (texts) =>
        drawnSettings(settingsFrom(texts, background, labels), volume, profile),
      );
    const stats = await draw(renderer, { file, volume, profile, views }, job);
    renderer.memory.device.destroy();
    if (faults.length > 0)
      throw new VoxelVolumeError("out-of-memory", `The GPU could not do it: ${faults[0]}`);
    return { stats: { ...stats, readMs } };
  } catch (error) {
    if (error instanceof VoxelVolumeError) return { error: { code: error.code, message: error.message } };
    return {
      error: { code: "out-of-memory", message: `The GPU could not do it: ${(error as Error).message}` },
    };
  }
}

/** Creates a renderer and compiles its pipelines; `faults` collects the device's errors. */
async function openRenderer(
  { blend }: Settings,
  budget: number | undefined,
  faults: string[],
): Promise<Renderer> {
  const device = await requestDevice(navigator.gpu);
  device.addEventListener("uncapturederror", (event) => faults.push(event.error.message));
  const renderer = new Renderer(device, { format: PICTURE_FORMAT, budget });
  renderer.warmUp(blend);
  return renderer;
}

async function draw(renderer: Renderer, subject: JobSubject, job: Job): Promise<Stats> {
  const { volume, profile } = subject;
  const views = subject.views(job.options);
  const [settings] = views;
  const { device } = renderer.memory;
  const profiler = job.stats && device.features.has("timestamp-query") ? new Profiler(device) : undefined;
  const started = performance.now();
  tellTask("preparing the grid");
  await renderer.update(volume, settings, profiler);
  const pipelineMs = performance.now() - started;
  const unread = unreadParts(renderer);
  if (job.stage && job.stage !== "raw") await exportStage(renderer, job.stage, settings, job.output);
  const { grid, pipeline } = renderer;
  const filledVoxels = await renderer.countFilled();
  const isOfLevel = volume.overview !== undefined && settings.resolution !== "native";
  const stats: Stats = {
    adapter: adapterName(device),
    volume: volume.name,
    notes: [...sayNotes(volume), ...overviewNotes(volume, settings, job)],
    dims: volume.dims,
    /** Voxels of each level of detail, finest first. */
    levels: volume.levels.map(({ dims }) => dims),
    gridDims: grid.dims,
    /** True if the grid is smaller than requested, to fit the GPU. */
    reduced:
      // Labels and masks are sampled at the requested resolution, and a volume of levels is read at one that suffices.
      (!isListed(settings.kind) &&
        !isOfLevel &&
        renderer.sourceDims.some((n, axis) => n !== volume.dims[axis])) ||
      (settings.resolution !== "native" && settings.resolution.some((n, axis) => n !== grid.dims[axis])),
    cutDims: grid.cutDims,
    ...appearance(settings, profile),
    blend: settings.blend,
    filledVoxels,
    explodedFaces: 6 * filledVoxels,
    notice: noticeOf(settings, profile, {
      filled: filledVoxels,
      voxels: grid.cutDims[0] * grid.cutDims[1] * grid.cutDims[2],
      isCut: grid.cutDims.some((n, axis) => n !== grid.dims[axis]) || settings.clip !== null,
    }),
    pipelineMs,
  };
  if (job.film && job.picture) {
    const { film } = await fetched(import("./headless/film.ts"));
    Object.assign(stats, await film(renderer, subject, job, job.picture, job.film));
    stats.gpuBytes = renderer.memory.bytes;
  } else if (job.picture) {
    const before = performance.now();
    tellTask("drawing");
    const figure = await drawPicture(renderer, subject, views, job.picture, {
      profiler,
      waitMs: job.timeoutMs,
    });
    stats.frameMs = performance.now() - before;
    stats.notes = [...sayNotes(volume), ...figureNotes(figure, settings)];
    if (renderer.paged) Object.assign(stats, pageStats(renderer.paged.counts));
    if (settings.blend === "weighted") Object.assign(stats, await renderer.readVisible());
    /** Bytes of the GPU buffers and textures of the volume and its picture. */
    stats.gpuBytes = renderer.memory.bytes;
    await sendPicture(figure, job.picture, job.output);
  }
  if (job.page) {
    const { sendPage } = await fetched(import("./headless/page.ts"));
    stats.page = await sendPage(renderer, volume, settings.labels, job.page, job);
  }
  if (job.stats) {
    stats.passes = (await profiler?.read()) ?? "this GPU has no timestamp queries";
    stats.statistics = await pipeline.readStatistics();
    stats.histograms = {
      normalized: [...(await pipeline.histogram("normalized", HISTOGRAM_BINS))],
      transformed: [...(await pipeline.histogram("transformed", HISTOGRAM_BINS))],
    };
  }
  stats.notes = [...(stats.notes as string[]), ...unread];
  profiler?.destroy();
  renderer.destroy();
  return stats;
}

/** What is written of the overview of a volume that is read in parts, instead of the volume. */
function overviewNotes({ overview }: Volume, { resolution }: DrawnSettings, { stage, page }: Job): string[] {
  if (!overview || (!page && (!stage || stage === "raw" || resolution !== "native"))) return [];
  const what = page ? "The page holds" : "The array is that of";
  return [`${what} level ${overview.level}, ${overview.dims.join(" x ")} voxels, not the whole volume`];
}

/** Statistics of a volume that is read in parts. */
function pageStats({ resident, level }: PageCounts): Stats {
  return {
    /** Bricks in GPU memory, and the finest level that the picture shows. */
    bricks: resident,
    level,
  };
}

/** Functions of the page that the command line calls. */
export interface HeadlessPage {
  probe: typeof probe;
  run: typeof run;
}

Object.assign(globalThis, { voxelVolume: { probe, run } satisfies HeadlessPage });
