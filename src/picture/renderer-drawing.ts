/** rendererDrawing: draws the views of a figure with a renderer. */

import { type PixelOptions, renderPixels } from "../engine/read-pixels.ts";
import type { Renderer } from "../engine/renderer.ts";
import type { Volume } from "../volume.ts";
import type { FigureDrawing } from "./figure.ts";

/** Draws views of a volume. Grids that the renderer already has are reused. */
export function rendererDrawing(
  renderer: Renderer,
  volume: Volume,
  { profiler, waitMs }: Pick<PixelOptions, "profiler" | "waitMs"> = {},
): FigureDrawing {
  return {
    valueScale: async (settings) => {
      await renderer.update(volume, settings);
      return renderer.pipeline.scale;
    },
    pixels: async (settings, width, height, samples, scale) => {
      await renderer.update(volume, settings);
      const { device } = renderer.memory;
      return renderPixels(device, renderer, width, height, settings, { samples, scale, profiler, waitMs });
    },
  };
}
