/** cssColor: reads CSS colours. */

import { VoxelVolumeError } from "../errors.ts";

/** Straight red, green, blue and alpha, 0 to 1. */
export type Color = readonly [number, number, number, number];

/** A CSS colour as numbers. @throws VoxelVolumeError "invalid-option" if it is not a colour. */
export function cssColor(text: string): Color {
  if (!CSS.supports("color", text)) {
    throw new VoxelVolumeError(
      "invalid-option",
      `background "${text}": expected a CSS colour, as in white, #1f77b4 or transparent`,
    );
  }
  const context = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data].map((c) => c / 255) as unknown as Color;
}
