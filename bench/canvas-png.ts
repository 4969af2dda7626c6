/** Encodes pixels as PNG in environments with a canvas. */

import type { EncodePng } from "./measure.ts";

export const canvasPng: EncodePng = (pixels, side) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.putImageData(new ImageData(pixels, side, side), 0, 0);
  return Promise.resolve(canvas.toDataURL("image/png"));
};
