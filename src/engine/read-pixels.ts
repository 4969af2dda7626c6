/** A frame as pixels in memory. */

import type { DrawSettings } from "../options/settings.ts";
import { readBuffer } from "./gpu/buffers.ts";
import type { FrameOptions, Renderer } from "./renderer.ts";

/** Row pitch that WebGPU requires for copies from textures. */
const ROW_ALIGN = 256;

/** Format for renderers that only draw into memory. */
export const PICTURE_FORMAT: GPUTextureFormat = "rgba8unorm";

export interface PixelOptions extends FrameOptions {
  /** How long to wait for the next part of a volume that is read while it is drawn, in ms. */
  readonly waitMs?: number;
}

/**
 * Draws one frame, rows from the top, with `samples` per pixel and `scale` pixels per CSS pixel (see Renderer.frame).
 * The renderer's format must be rgba8unorm or bgra8unorm. A volume that is read in parts is drawn when all parts that
 * the picture shows are there.
 * @returns straight RGBA, 4 bytes per pixel.
 * @throws VoxelVolumeError "network" if parts do not arrive in time.
 */
export async function renderPixels(
  device: GPUDevice,
  renderer: Renderer,
  width: number,
  height: number,
  settings: DrawSettings,
  { waitMs, ...options }: PixelOptions = {},
): Promise<Uint8ClampedArray<ArrayBuffer>> {
  await renderer.paged?.settle(
    settings,
    { width, height, offset: [0, 0], scale: options.scale ?? 1 },
    waitMs,
  );
  const pitch = Math.ceil((width * 4) / ROW_ALIGN) * ROW_ALIGN;
  const { RENDER_ATTACHMENT, COPY_SRC } = GPUTextureUsage;
  const texture = device.createTexture({
    label: "picture",
    size: [width, height],
    format: renderer.format,
    usage: RENDER_ATTACHMENT | COPY_SRC,
  });
  const buffer = device.createBuffer({
    size: pitch * height,
    usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  try {
    await renderer.frame(texture.createView(), width, height, settings, options);
    const encoder = device.createCommandEncoder();
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: pitch }, [width, height]);
    device.queue.submit([encoder.finish()]);
    const padded = new Uint8Array(await readBuffer(device, buffer));
    const pixels = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y++) {
      pixels.set(padded.subarray(y * pitch, y * pitch + width * 4), y * width * 4);
    }
    return straight(renderer.format === "bgra8unorm" ? swapped(pixels) : pixels);
  } finally {
    texture.destroy();
    buffer.destroy();
  }
}

/** Swaps red and blue, in place. */
function swapped(pixels: Uint8ClampedArray<ArrayBuffer>): Uint8ClampedArray<ArrayBuffer> {
  for (let i = 0; i < pixels.length; i += 4) [pixels[i], pixels[i + 2]] = [pixels[i + 2], pixels[i]];
  return pixels;
}

/** Converts premultiplied to straight alpha, in place. */
function straight(pixels: Uint8ClampedArray<ArrayBuffer>): Uint8ClampedArray<ArrayBuffer> {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3];
    if (alpha === 0 || alpha === 255) continue;
    for (let c = i; c < i + 3; c++) pixels[c] = (pixels[c] * 255) / alpha;
  }
  return pixels;
}
