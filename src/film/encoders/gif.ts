/** Films as GIF. */
/// <reference path="./gifenc.d.ts" />

import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { FilmEncoder, FilmShape } from "./encoder.ts";
import { onWhite } from "./on-white.ts";

/** Colours of a palette. Each frame has its own, because gradients need many. */
const COLORS = 256;

/** Delays are whole hundredths of a second. */
const UNIT_MS = 10;

export function gifEncoder({ width, height, fps }: FilmShape): FilmEncoder<Blob> {
  const gif = GIFEncoder();
  const time = (frame: number) => Math.round((1000 * frame) / fps / UNIT_MS) * UNIT_MS;
  let count = 0;
  return {
    codec: "GIF",
    async add(frame) {
      const context = onWhite(frame).getContext("2d") as OffscreenCanvasRenderingContext2D;
      const { data } = context.getImageData(0, 0, width, height);
      const palette = quantize(data, COLORS);
      const pixels = applyPalette(data, palette);
      // The difference of rounded times, not a rounded one, so that the film keeps its length.
      gif.writeFrame(pixels, width, height, { palette, delay: time(count + 1) - time(count) });
      count++;
    },
    async finish() {
      gif.finish();
      return new Blob([gif.bytes()], { type: "image/gif" });
    },
    async cancel() {},
  };
}
