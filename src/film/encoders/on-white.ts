/** Puts a frame on white, for formats without transparency. */

/** Fills the transparent parts of a frame with white, and returns it. */
export function onWhite(frame: OffscreenCanvas): OffscreenCanvas {
  const context = frame.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "white";
  context.fillRect(0, 0, frame.width, frame.height);
  return frame;
}
