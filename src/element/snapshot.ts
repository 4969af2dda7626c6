/** A still of the picture as a file: the volume over its axes over a background. */

import { contrasting, paintAxes } from "../axes/index.ts";
import { VoxelVolumeError } from "../errors.ts";
import type { Settings } from "../options/settings.ts";
import { axesOf } from "./axes-layer.ts";
import type { ShownVolume } from "./explicit-volume.ts";
import type { Stage } from "./stage.ts";

/** What `toBlob` can be told. */
export interface BlobOptions {
  /** Pixels; by default those of the element on its screen. Given one, the other keeps the element's proportions. */
  readonly width?: number;
  readonly height?: number;
  /** A pixel: 1 (the default), 4, 9 or 16, for smooth edges. */
  readonly samples?: number;
  /** Any CSS colour; transparent by default, which is black in a JPEG. */
  readonly background?: string;
  /** "image/png" (the default), "image/jpeg" or "image/webp". */
  readonly type?: string;
  /** Of JPEG and WebP, 0 to 1. */
  readonly quality?: number;
}

/**
 * Rejects with `invalid-option` or `too-large` for what cannot be.
 * @param shown CSS pixels of the element's picture; labels and edges are as large in relation to it as on the screen.
 * @param ink of the axes where the background is transparent.
 */
export async function snapshot(
  stage: Stage,
  volume: ShownVolume,
  settings: Settings,
  shown: readonly [number, number],
  ink: string,
  options: BlobOptions,
): Promise<Blob> {
  const { samples = 1, background = "transparent", type = "image/png", quality } = options;
  const [width, height] = sizeOf(options, shown);
  check([1, 4, 9, 16].includes(samples), `samples ${samples}: expected 1, 4, 9 or 16`);
  check(
    CSS.supports("color", background),
    `background "${background}": expected a CSS colour, as in white or #1f77b4`,
  );
  const scale = width / shown[0];
  const drawn = { ...settings, background: [0, 0, 0, 0] } as const;
  const pixels = await stage.picture(volume, drawn, width, height, samples, scale);
  const [canvas, context] = sheet(width, height);
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
  context.globalCompositeOperation = "destination-over";
  if (settings.axes) {
    const axes = axesOf(settings, volume, shown[0], height / scale);
    const color = colorOf(background);
    const [behind, paper] = sheet(width, height);
    if (axes) paintAxes(paper, axes, { ink: color[3] > 0 ? contrasting(color) : ink, scale });
    context.drawImage(behind, 0, 0);
  }
  context.fillStyle = background;
  context.fillRect(0, 0, width, height);
  const blob = await canvas.convertToBlob({ type, quality });
  check(
    blob.type === type,
    `type "${type}": this browser cannot write it; expected image/png, image/jpeg or image/webp`,
  );
  return blob;
}

function sizeOf({ width, height }: BlobOptions, [shownWidth, shownHeight]: readonly [number, number]) {
  const scale = width ? width / shownWidth : height ? height / shownHeight : devicePixelRatio;
  const size = [width ?? shownWidth * scale, height ?? shownHeight * scale].map(Math.round);
  check(
    size.every((side) => side >= 1),
    `size ${size.join("x")}: expected at least one pixel a side; is the element on the page and not hidden?`,
  );
  return size;
}

function check(fits: boolean, message: string): void {
  if (!fits) throw new VoxelVolumeError("invalid-option", message);
}

function sheet(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height);
  return [canvas, canvas.getContext("2d") as OffscreenCanvasRenderingContext2D] as const;
}

/** Straight RGBA from 0 to 1. */
function colorOf(text: string): Settings["background"] {
  const [, context] = sheet(1, 1);
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].map((c) => c / 255) as unknown as Settings["background"];
}
