/** Draws pictures of a volume on the page, with the renderer's blenders and with reference blenders. */

import { EveryFace } from "../../bench/reference/every-face.ts";
import type { Blender } from "../../src/engine/blend/blender.ts";
import { ExactBlender } from "../../src/engine/blend/exact.ts";
import { VisibleFaces } from "../../src/engine/blend/visible-faces.ts";
import { WeightedBlender } from "../../src/engine/blend/weighted.ts";
import type { GpuMemory } from "../../src/engine/gpu/memory.ts";
import type { GridReader } from "../../src/engine/grid-reader.ts";
import { PICTURE_FORMAT, renderPixels } from "../../src/engine/read-pixels.ts";
import { Renderer, type Scene } from "../../src/engine/renderer.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import type { Settings } from "../../src/options/settings.ts";
import { random } from "../support/oracle.ts";
import { pagedVolume } from "../support/paged-volume.ts";
import { settingsOf } from "../support/plain-settings.ts";
import type { Picture } from "../support/png.ts";
import { revived } from "../support/volume-data.ts";
import { Ordered } from "./ordered.ts";

/**
 * The renderer's blends, and others for comparison: `unskipping` is exact without skipping empty space, `unstopping`
 * is exact without early ends of rays, `unbounded` is weighted with any number of faces. The others also draw hidden
 * faces.
 */
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

export interface RenderCase extends Omit<OptionTexts, "blend"> {
  readonly blend: Blend;
  /** In pixels, by default 96. */
  readonly width?: number;
  readonly height?: number;
  /** Per pixel, by default 1. */
  readonly samples?: number;
  /** Pixels per CSS pixel, by default 1. */
  readonly scale?: number;
  /** By default white. */
  readonly background?: Settings["background"];
  /** True if the volume is drawn from pages, instead of from one texture. */
  readonly paged?: boolean;
}

/** The reference blenders for comparison. */
function comparisons(memory: GpuMemory, reader: GridReader): Record<string, Blender> {
  const { device } = memory;
  const floats = device.features.has("float32-blendable");
  const weighted = (faces: VisibleFaces) => new WeightedBlender(memory, reader, { faces });
  return {
    unskipping: new ExactBlender(device, reader, { skip: false }),
    unstopping: new ExactBlender(device, reader, { stop: false }),
    unbounded: weighted(new VisibleFaces(memory, reader, { facesPerPixel: 100 })),
    everyFace: weighted(new EveryFace(memory, reader)),
    shuffled: weighted(new EveryFace(memory, reader, shuffled)),
    ...(floats && { ordered: new Ordered(device, reader, 3), orderedSix: new Ordered(device, reader, 6) }),
  };
}

/** The numbers 0 to n - 1 in random order. */
function shuffled(n: number): Uint32Array {
  const next = random(1);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Returns the straight RGBA of each case. */
export async function render(device: GPUDevice, scene: Scene, cases: readonly RenderCase[]) {
  const renderer = new Renderer(device, { format: PICTURE_FORMAT, blenders: comparisons });
  const pictures: Picture[] = [];
  for (const one of cases) {
    const {
      blend,
      width = 96,
      height = width,
      samples = 1,
      scale = 1,
      background = WHITE,
      paged,
      ...texts
    } = one;
    const settings = settingsOf(texts, background);
    const shown = revived(scene);
    await renderer.update(paged && shown.kind === "volume" ? pagedVolume(shown) : shown, settings);
    const drawn = { ...settings, blend: blend as Settings["blend"] };
    const pixels = await renderPixels(device, renderer, width, height, drawn, { samples, scale });
    pictures.push({ width, height, data: new Uint8Array(pixels.buffer) });
  }
  renderer.destroy();
  return pictures;
}
