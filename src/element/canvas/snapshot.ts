/** Saves the picture as a file: background, axes, volume, annotations, and the colour bar beside them. */

import { VoxelVolumeError } from "../../errors.ts";
import { composeStill, cssColor, pictureSize } from "../../picture/still.ts";
import type { Say } from "../../texts.ts";
import type { BlobOptions } from "../api-types.ts";
import { annotationsOf } from "./annotations-layer.ts";
import { axesOf } from "./axes-layer.ts";
import type { Ready } from "./canvas-renderer.ts";
import { placedBar } from "./color-bar-layer.ts";

/**
 * The picture of an element as a file. Labels and edges keep their size relative to the picture on screen.
 * Rejects with `invalid-option` or `too-large`.
 * @param picture the bounding box of the element's picture.
 */
export async function snapshot(
  { renderer, loaded: { volume, profile }, settings }: Ready,
  picture: HTMLElement,
  options: BlobOptions,
  say: Say,
): Promise<Blob> {
  const { samples = 1, background = "transparent", type = "image/png", quality } = options;
  const shown = [picture.clientWidth, picture.clientHeight] as const;
  const [width, height] = sizeOf(options, shown);
  check([1, 4, 9, 16].includes(samples), `samples ${samples}: expected 1, 4, 9 or 16`);
  cssColor(background);
  const scale = width / shown[0];
  const size = [shown[0], height / scale] as const;
  const values = settings.colorbar && profile ? await renderer.scale(volume, settings) : undefined;
  const bar =
    values && profile && (await placedBar({ volume, profile, settings, scale: values, say }, ...size));
  const still = { width, height, scale, background, ink: getComputedStyle(picture).color, bar };
  const [pictureWidth] = pictureSize(still);
  const drawn = { ...settings, background: [0, 0, 0, 0] } as const;
  const pixels = await renderer.picture(volume, drawn, pictureWidth, height, samples, scale);
  const axes = settings.axes ? axesOf(settings, volume, pictureWidth / scale, size[1]) : null;
  const annotations = annotationsOf(settings, volume, pictureWidth / scale, size[1], say);
  const canvas = composeStill(still, pixels, axes, annotations);
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
