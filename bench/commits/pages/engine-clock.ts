/** Times the engine of one tree. Bundled separately for each tree, with that tree's sources. */

import { requestDevice } from "../../../src/engine/gpu/device.ts";
import { PICTURE_FORMAT } from "../../../src/engine/read-pixels.ts";
import { Renderer } from "../../../src/engine/renderer.ts";
import { type OptionTexts, settingsFrom } from "../../../src/options/options.ts";
import type { DrawnSettings } from "../../../src/options/settings.ts";
import { fromUrl, readVolume } from "../../../src/read/index.ts";
import type { Volume } from "../../../src/volume.ts";

const WHITE = [1, 1, 1, 1] as const;
/** matplotlib's window around the box's centre: ARTICLE_WINDOW in src/options/fit.ts, which older trees lack. */
const WINDOW = {
  target: [0.5, 0.5, 0.5],
  fit: "article",
  focus: [0.5, 0.5, 0.5],
  half: 0.925,
  centre: -0.025,
} as const;

let device: GPUDevice;
let renderer: Renderer;
let volume: Volume;
let texture: GPUTexture;
let fault: string | undefined;

/** Shows the volume at `url` on a canvas of `size` pixels per side, and releases the previous volume. */
export async function open(url: string, size: number): Promise<void> {
  if (!device) {
    device = await requestDevice(navigator.gpu);
    device.addEventListener("uncapturederror", ({ error }) => {
      fault ??= error.message;
    });
    device.lost.then(({ message }) => {
      fault ??= `the graphics device was lost: ${message}`;
    });
  }
  close();
  ({ volume } = await readVolume(fromUrl(url)));
  renderer = new Renderer(device, { format: PICTURE_FORMAT });
  texture = device.createTexture({
    size: [size, size],
    format: PICTURE_FORMAT,
    usage: GPUTextureUsage.RENDER_ATTACHMENT,
  });
}

function close(): void {
  renderer?.destroy();
  texture?.destroy();
}

/** Milliseconds until the GPU has computed the voxels for `texts`, if necessary, and drawn them. */
export async function update(texts: OptionTexts): Promise<number> {
  const settings = settingsOf(texts);
  const started = performance.now();
  await renderer.update(volume, settings);
  await draw(settings);
  return performance.now() - started;
}

/** Milliseconds until the GPU has drawn the current voxels. */
export async function frame(texts: OptionTexts): Promise<number> {
  const settings = settingsOf(texts);
  const started = performance.now();
  await draw(settings);
  return performance.now() - started;
}

/** Same as `plainSettings` in src/options/appearance.ts, which older trees lack: no setting depends on the volume. */
function settingsOf(texts: OptionTexts): DrawnSettings {
  const settings = settingsFrom(texts, WHITE);
  const { camera, colormap, opacity } = settings;
  return {
    ...settings,
    camera: { ...camera, ...WINDOW },
    ...{ kind: "intensity", window: null, threshold: 0, shade: "none" },
    colormap: colormap === "auto" ? "viridis" : colormap,
    opacity: opacity === "auto" ? 1 : opacity,
  };
}

async function draw(settings: DrawnSettings): Promise<void> {
  await renderer.frame(texture.createView(), texture.width, texture.height, settings);
  await device.queue.onSubmittedWorkDone();
  if (fault) throw new Error(fault);
}
