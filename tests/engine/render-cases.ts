/** Takes pictures of a volume on the page, with the renderer's ways of blending and those to compare them with. */

import { Exact } from "../../src/engine/blend/exact.ts";
import { Visible } from "../../src/engine/blend/visible-faces.ts";
import { Weighted } from "../../src/engine/blend/weighted.ts";
import { PICTURE_FORMAT, renderPixels } from "../../src/engine/gpu/read-pixels.ts";
import type { GridSource } from "../../src/engine/grid.ts";
import { Renderer } from "../../src/engine/renderer.ts";
import { type OptionTexts, settingsFrom } from "../../src/options/options.ts";
import type { Settings } from "../../src/options/settings.ts";
import type { Volume } from "../../src/volume.ts";
import type { Picture } from "../support/png.ts";
import { EveryFace } from "./every-face.ts";
import { Ordered } from "./ordered.ts";

/** `unbounded` is weighted blending whatever it takes; `unskipping` is exact blending without skipping, `unstopping` without end; the others draw faces that need not be seen. */
export type Blend =
  | Settings["blend"]
  | "unskipping"
  | "unstopping"
  | "unbounded"
  | "ordered"
  | "orderedSix"
  | "everyFace"
  | "shuffled";

const WHITE = [1, 1, 1, 1] as const;

export interface Shot extends Omit<OptionTexts, "blend"> {
  readonly blend: Blend;
  /** Pixels; 96 unless told. */
  readonly width?: number;
  readonly height?: number;
  /** A pixel; 1 unless told. */
  readonly samples?: number;
  /** Pixels to a CSS pixel; 1 unless told. */
  readonly scale?: number;
  /** Over white unless told. */
  readonly background?: Settings["background"];
}

/** Straight RGBA of each shot. */
export async function shoot(device: GPUDevice, volume: Volume | GridSource, shots: readonly Shot[]) {
  const renderer = new Renderer(device, {
    format: PICTURE_FORMAT,
    blenders: (device, buffers) => {
      const floats = device.features.has("float32-blendable");
      return {
        unskipping: new Exact(device, buffers, { skip: false }),
        unbounded: new Weighted(device, buffers, new Visible(device, { budget: 1e30 })),
        unstopping: new Exact(device, buffers, { stop: false }),
        everyFace: new Weighted(device, buffers, new EveryFace(device)),
        shuffled: new Weighted(device, buffers, new EveryFace(device, 1)),
        ...(floats && {
          ordered: new Ordered(device, buffers, 3),
          orderedSix: new Ordered(device, buffers, 6),
        }),
      };
    },
  });
  const pictures: Picture[] = [];
  for (const shot of shots) {
    const { blend, width = 96, height = width, samples = 1, scale = 1, background = WHITE, ...texts } = shot;
    const settings = settingsFrom(texts, background);
    await renderer.update(volume, settings);
    const drawn = { ...settings, blend: blend as Settings["blend"] };
    const pixels = await renderPixels(device, renderer, width, height, drawn, { samples, scale });
    pictures.push({ width, height, data: new Uint8Array(pixels.buffer) });
  }
  renderer.destroy();
  return pictures;
}
