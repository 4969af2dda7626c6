/** PNG pictures in tests: reading, writing, and looking at pixels. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PNG } from "pngjs";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Straight RGBA, top row first. */
  readonly data: Uint8Array;
}

/** Reads a picture from a file or from a file's bytes. */
export function readPng(from: string | Buffer): Picture {
  const { width, height, data } = PNG.sync.read(typeof from === "string" ? readFileSync(from) : from);
  return { width, height, data };
}

export function writePng(path: string, { width, height, data }: Picture): void {
  const png = new PNG({ width, height });
  png.data.set(data);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, PNG.sync.write(png));
}

export function pixel({ width, data }: Picture, x: number, y: number): number[] {
  return [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

/** The picture over a white background. */
export function overWhite({ width, height, data }: Picture): Picture {
  const out = data.slice();
  for (let i = 0; i < out.length; i += 4) {
    const alpha = out[i + 3] / 255;
    for (let c = i; c < i + 3; c++) out[c] = Math.round(out[c] * alpha + 255 * (1 - alpha));
    out[i + 3] = 255;
  }
  return { width, height, data: out };
}

/** A mask, 1 or 0, of the pixels that differ from `background` by more than `tolerance`; white by default. */
export function silhouette(picture: Picture, tolerance = 0, background = [255, 255, 255]): Uint8Array {
  const { width, height, data } = overWhite(picture);
  return Uint8Array.from({ length: width * height }, (_, i) =>
    background.some((level, c) => Math.abs(data[4 * i + c] - level) > tolerance) ? 1 : 0,
  );
}

/** Number of pixels that the picture covers. */
export function covered(picture: Picture, tolerance = 0): number {
  return silhouette(picture, tolerance).reduce((sum, bit) => sum + bit, 0);
}
