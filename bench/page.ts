/** The page of the benchmark: measures frames and fidelity with the engine. */

import "../src/index.ts";
import { probe } from "../src/cli/headless.ts";
import { requestDevice } from "../src/engine/device.ts";
import { Exact } from "../src/engine/exact.ts";
import { PICTURE_FORMAT, renderPixels } from "../src/engine/picture.ts";
import { Renderer } from "../src/engine/renderer.ts";
import { Visible } from "../src/engine/visible.ts";
import { Weighted } from "../src/engine/weighted.ts";
import { fromUrl, readVolume } from "../src/read/index.ts";
import { type OptionTexts, settingsFrom } from "../src/view/options.ts";
import type { Settings } from "../src/view/settings.ts";
import type { Volume } from "../src/volume.ts";
import byAnchor from "./reference/by-anchor.wgsl";
import byDepth from "./reference/by-depth.wgsl";
import byVoxel from "./reference/by-voxel.wgsl";
import { PublishedFaces } from "./reference/published.ts";

/** Ways of blending that are measured; all but the first two are there to compare with. */
export type Blend =
  | Settings["blend"]
  | ("unskipped" | "plain" | "unbounded" | "published" | "by-depth" | "by-voxel" | "by-anchor");

/** Weighted blending whatever it takes. */
const UNBOUNDED = 1e30;

/** Times in milliseconds, from submission until the GPU is done. */
export interface FrameTimes {
  readonly median: number;
  readonly p95: number;
  readonly frames: number;
  readonly filledVoxels: number;
  readonly visibleFaces?: number;
  readonly visibleVoxels?: number;
}

let device: GPUDevice;
let renderer: Renderer;
let volume: Volume;

async function open(input: string): Promise<string> {
  device = await requestDevice(navigator.gpu);
  device.addEventListener("uncapturederror", ({ error }) => console.error(error.message));
  renderer = new Renderer(device, {
    format: PICTURE_FORMAT,
    blenders: (device, buffers) => ({
      unskipped: new Exact(device, buffers, { skip: false }),
      plain: new Exact(device, buffers, { skip: false, stop: false }),
      published: new Weighted(device, buffers, new PublishedFaces(device)),
      unbounded: new Weighted(device, buffers, new Visible(device, { budget: UNBOUNDED })),
      "by-depth": new Weighted(device, buffers, new Visible(device, { weights: byDepth })),
      "by-voxel": new Weighted(device, buffers, new Visible(device, { weights: byVoxel })),
      "by-anchor": new Weighted(device, buffers, new Visible(device, { weights: byAnchor })),
    }),
  });
  volume = (await readVolume(fromUrl(new URL(input, location.href).href))).volume;
  return `${volume.name}, ${volume.dims.join("x")}`;
}

async function prepare(texts: OptionTexts, blend: Blend): Promise<Settings> {
  const settings = { ...settingsFrom(texts, [1, 1, 1, 1]), blend: blend as Settings["blend"] };
  await renderer.update(volume, settings);
  return settings;
}

/** Frames of an orbit in `frames` steps of 1 degree, after one that is not counted. */
async function orbit(texts: OptionTexts, blend: Blend, size: number, frames: number): Promise<FrameTimes> {
  const settings = await prepare(texts, blend);
  const { RENDER_ATTACHMENT } = GPUTextureUsage;
  const texture = device.createTexture({
    size: [size, size],
    format: PICTURE_FORMAT,
    usage: RENDER_ATTACHMENT,
  });
  const target = texture.createView();
  const times: number[] = [];
  for (let i = 0; i <= frames; i++) {
    const camera = { ...settings.camera, azimuth: settings.camera.azimuth + i };
    await device.queue.onSubmittedWorkDone();
    const started = performance.now();
    renderer.frame(target, size, size, { ...settings, camera });
    await device.queue.onSubmittedWorkDone();
    if (i > 0) times.push(performance.now() - started);
  }
  texture.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return {
    median: at(0.5),
    p95: at(0.95),
    frames,
    filledVoxels: renderer.grid.filledCount,
    ...(blend === "weighted" && (await renderer.readVisible())),
  };
}

/** PSNR in dB of a way of blending against exact, over the pixels that either covers, RGB over white. */
async function fidelity(texts: OptionTexts, blend: Blend, size: number, samples: number): Promise<number> {
  const pictures: Uint8ClampedArray[] = [];
  for (const way of ["exact", blend] as const) {
    const settings = await prepare(texts, way);
    pictures.push(await renderPixels(device, renderer, size, size, settings, { samples }));
  }
  const [a, b] = pictures;
  const isWhite = (p: Uint8ClampedArray, i: number) => p[i] === 255 && p[i + 1] === 255 && p[i + 2] === 255;
  let squares = 0;
  let covered = 0;
  for (let i = 0; i < a.length; i += 4) {
    if (isWhite(a, i) && isWhite(b, i)) continue;
    covered++;
    for (let c = i; c < i + 3; c++) squares += (a[c] - b[c]) ** 2;
  }
  return 10 * Math.log10((255 * 255 * 3 * covered) / squares);
}

/** Frames a second of an element of `size` CSS pixels while its camera turns for `seconds`, and what it draws then. */
async function turn(input: string, texts: OptionTexts, size: number, seconds: number) {
  const element = document.createElement("voxel-volume");
  element.style.cssText = `width: ${size}px; height: ${size}px`;
  for (const [name, text] of Object.entries({ ...texts, src: input })) element.setAttribute(name, text);
  const loaded = new Promise((resolve) => element.addEventListener("load", resolve, { once: true }));
  document.body.append(element);
  await loaded;
  const canvas = element.shadowRoot?.querySelector("canvas") as HTMLCanvasElement;
  const context = canvas.getContext("webgpu") as GPUCanvasContext;
  const draw = context.getCurrentTexture.bind(context);
  let drawn = 0;
  context.getCurrentTexture = () => {
    drawn++;
    return draw();
  };
  const began = performance.now();
  let azimuth = 320;
  while (performance.now() - began < 1000 * seconds) {
    azimuth += 1;
    element.azimuth = azimuth;
    await new Promise(requestAnimationFrame);
  }
  const framesPerSecond = (1000 * drawn) / (performance.now() - began);
  const movingSize = canvas.width;
  element.remove();
  return { framesPerSecond, movingSize };
}

/** What bench/main.ts calls in the page. */
export interface BenchPage {
  open: typeof open;
  orbit: typeof orbit;
  fidelity: typeof fidelity;
  turn: typeof turn;
}

// The command line's launcher asks every page for its adapter.
Object.assign(globalThis, {
  bench: { open, orbit, fidelity, turn } satisfies BenchPage,
  voxelVolume: { probe },
});
