/** Grids that do not come from the scalar pipeline: what they are handed, and the ways of blending them. */

import viewShader from "../../shaders/view.wgsl";
import { type Blender, ScreenPass } from "./blender.ts";
import { storageBuffer } from "./buffers.ts";
import type { Distance } from "./distance.ts";
import { Exact } from "./exact.ts";
import type { GridSource, Means } from "./grid.ts";
import { bindGroup } from "./kernel.ts";
import { once } from "./once.ts";
import { Visible } from "./visible.ts";
import { Weighted } from "./weighted.ts";

export function meansOf(device: GPUDevice, view: GPUBuffer, distance: Distance): Means {
  return { device, view, viewCode: viewShader, distance, storageBuffer, bindGroup, once, ScreenPass };
}

/** By the name that `blend` has. */
export function waysFor({ drawing }: GridSource, means: Means): Readonly<Record<string, Blender>> {
  if ("blender" in drawing) {
    const blender = drawing.blender(means);
    return { weighted: blender, exact: blender };
  }
  const { device, view } = means;
  const grid = drawing.code;
  return {
    weighted: new Weighted(device, { view }, new Visible(device, { grid }), grid),
    exact: new Exact(device, { view }, { grid }),
  };
}
