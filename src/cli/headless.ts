/** Code of the headless browser's page: runs one job of the command line with the engine. */

import { annotationsFor } from "../axes/annotations.ts";
import { axesFor } from "../axes/index.ts";
import { adapterName, requestDevice } from "../engine/gpu/device.ts";
import { Profiler } from "../engine/gpu/profiler.ts";
import { PICTURE_FORMAT, renderPixels } from "../engine/read-pixels.ts";
import { Renderer } from "../engine/renderer.ts";
import { alphaOf, colorOf } from "../engine/voxel-word.ts";
import { VoxelVolumeError } from "../errors.ts";
import { appearance, drawnFor } from "../options/appearance.ts";
import { palette } from "../options/colormaps.ts";
import { isListed } from "../options/kinds.ts";
import { parseLabelTable } from "../options/label-table.ts";
import { noticeOf } from "../options/notice.ts";
import { settingsFrom } from "../options/options.ts";
import { type DrawnSettings, type Settings, TRANSPARENT } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import { barContent, barFor, composeStill, cssColor, pictureSize } from "../picture/still.ts";
import { fromUrls, readVolume } from "../read/index.ts";
import { sayNotes } from "../texts.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import { boxVoxels, DTYPES, MOST_IN_MEMORY, type Vec3, type Volume, wholeBox } from "../volume.ts";
import { type Job, type Outcome, type Stats, TELL_TASK, type TellTask } from "./job.ts";
import { npyHeader } from "./npy.ts";

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
    const input = fromUrls(job.input.map((url) => new URL(url, location.href).href));
    // The drawing code is compiled while the file loads. Errors of the file are reported first.
    const drawing = job.stage === "raw" ? undefined : openRenderer(settings, faults);
    drawing?.catch(() => {});
    tellTask("reading");
    const { volume } = await readVolume(input, job);
    const readMs = performance.now() - started;
    if (!drawing) {
      const header = npyHeader(volume.dtype, volume.littleEndian, volume.dims);
      await send(job.output, [header, await inCOrder(volume)]);
      return { stats: { dims: volume.dims, notes: sayNotes(volume) } };
    }
    const renderer = await drawing;
    tellTask("measuring the values");
    const drawn = await drawnFor(volume, settings);
    const stats = await draw(renderer, volume, drawn.profile, drawn.settings, job);
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
async function openRenderer({ blend }: Settings, faults: string[]): Promise<Renderer> {
  const device = await requestDevice(navigator.gpu);
  device.addEventListener("uncapturederror", (event) => faults.push(event.error.message));
  const renderer = new Renderer(device, { format: PICTURE_FORMAT });
  renderer.warmUp(blend);
  return renderer;
}

async function draw(
  renderer: Renderer,
  volume: Volume,
  profile: ValueProfile,
  settings: DrawnSettings,
  job: Job,
): Promise<Stats> {
  const { device } = renderer.memory;
  const profiler = job.stats && device.features.has("timestamp-query") ? new Profiler(device) : undefined;
  const started = performance.now();
  tellTask("preparing the grid");
  await renderer.update(volume, settings, profiler);
  const pipelineMs = performance.now() - started;
  if (job.stage && job.stage !== "raw") await exportStage(renderer, job.stage, settings, job.output);
  const { grid, pipeline } = renderer;
  const filledVoxels = await renderer.countFilled();
  const stats: Stats = {
    adapter: adapterName(device),
    volume: volume.name,
    notes: sayNotes(volume),
    dims: volume.dims,
    gridDims: grid.dims,
    /** Whether the grid is smaller than requested, to fit the GPU. */
    reduced:
      [0, 1, 2].some((axis) => pipeline.sourceDims[axis] !== volume.dims[axis]) ||
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
  if (job.picture) {
    const [width, height] = job.picture.size;
    const most = device.limits.maxTextureDimension2D;
    if (Math.max(width, height) > most) {
      throw new VoxelVolumeError(
        "too-large",
        `size ${width}x${height}: this GPU draws at most ${most} pixels a side`,
      );
    }
    const before = performance.now();
    const bar = settings.colorbar
      ? barFor(await barContent(pipeline.scale as ValueScale, settings, profile, volume), width, height)
      : undefined;
    const still = { width, height, scale: 1, background: job.picture.background, ink: "black", bar };
    const size = pictureSize(still);
    const axes = axesFor(settings, volume, ...size);
    tellTask("drawing");
    // Axes lie between the background and the volume.
    const shown = axes ? { ...settings, background: TRANSPARENT } : settings;
    const pixels = await renderPixels(device, renderer, ...size, shown, {
      samples: job.picture.samples,
      profiler,
    });
    stats.frameMs = performance.now() - before;
    if (settings.blend === "weighted") Object.assign(stats, await renderer.readVisible());
    /** Bytes of the GPU buffers and textures of the volume and its picture. */
    stats.gpuBytes = renderer.memory.bytes;
    const canvas = composeStill(still, pixels, axes, annotationsFor(settings, volume, ...size));
    await send(job.output, [await canvas.convertToBlob({ type: "image/png" })]);
  }
  if (job.stats) {
    stats.passes = (await profiler?.read()) ?? "this GPU has no timestamp queries";
    stats.statistics = await pipeline.readStatistics();
    stats.histograms = {
      normalized: [...(await pipeline.histogram("normalized", HISTOGRAM_BINS))],
      transformed: [...(await pipeline.histogram("transformed", HISTOGRAM_BINS))],
    };
  }
  profiler?.destroy();
  renderer.destroy();
  return stats;
}

async function exportStage(
  renderer: Renderer,
  stage: "normalized" | "transformed" | "resized" | "rgba",
  settings: DrawnSettings,
  output: string,
): Promise<void> {
  if (stage !== "rgba") {
    if (isListed(settings.kind)) {
      throw new VoxelVolumeError(
        "invalid-option",
        `stage ${stage}: ${settings.kind === "mask" ? "a mask has" : "labels have"} no scale; export raw or rgba, or set kind to intensity`,
      );
    }
    const { dims, data } = await renderer.pipeline.read(stage);
    await send(output, [npyHeader("float32", true, dims), reordered(data, dims)]);
    return;
  }
  const { dims, data } = await renderer.pipeline.read("voxels");
  const colors = renderer.palette ?? palette(settings.colormap);
  const rgba = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const alpha = Math.round(alphaOf(data[i]) * settings.opacity * 255);
    rgba[i] = (colors[colorOf(data[i])] & 0xffffff) | (alpha << 24);
  }
  await send(output, [npyHeader("uint8", true, [...dims, 4]), reordered(rgba, dims)]);
}

type Scalars = Float32Array | Uint8Array | Uint16Array | Uint32Array | BigUint64Array;

/** Reorders from x fastest to z fastest: NumPy's C order of [x, y, z]. */
function reordered(data: Scalars, [nx, ny, nz]: Vec3): Scalars & ArrayBufferView<ArrayBuffer> {
  const out = data.slice();
  let i = 0;
  for (let x = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) {
      for (let z = 0; z < nz; z++) out[i++] = data[(z * ny + y) * nx + x];
    }
  }
  return out as Scalars & ArrayBufferView<ArrayBuffer>;
}

/** The stored scalars of any type, in C order. */
async function inCOrder({ name, dims, dtype, read }: Volume) {
  if (boxVoxels(wholeBox(dims)) * DTYPES[dtype] > MOST_IN_MEMORY)
    throw new VoxelVolumeError(
      "too-large",
      `${name} is too large to be written as one array; export fewer voxels by --stage resized --resolution`,
    );
  const data = await read(0, wholeBox(dims));
  const views = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array, 64: BigUint64Array };
  const View = views[(8 * DTYPES[dtype]) as keyof typeof views];
  return reordered(new View(data.slice().buffer), dims);
}

async function send(url: string, parts: BlobPart[]): Promise<void> {
  tellTask("writing");
  const response = await fetch(url, { method: "POST", body: new Blob(parts) });
  if (!response.ok)
    throw new VoxelVolumeError("network", `the result could not be handed over: ${response.status}`);
}

function tellTask(task: string): void {
  (globalThis as unknown as Partial<Record<typeof TELL_TASK, TellTask>>)[TELL_TASK]?.(task);
}

/** Functions of the page that the command line calls. */
export interface HeadlessPage {
  probe: typeof probe;
  run: typeof run;
}

Object.assign(globalThis, { voxelVolume: { probe, run } satisfies HeadlessPage });
