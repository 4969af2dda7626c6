/** Grids that do not come from the scalar pipeline: what they are handed, and the ways of blending them. */

import viewShader from "../../shaders/lib/frame.wgsl";
import { type Blender, ScreenPass } from "./blend/blender.ts";
import { Exact } from "./blend/exact.ts";
import { Visible } from "./blend/visible-faces.ts";
import { Weighted } from "./blend/weighted.ts";
import type { Distance } from "./distance.ts";
import { storageBuffer } from "./gpu/buffers.ts";
import { bindGroup } from "./gpu/kernel.ts";
import { once } from "./gpu/pipeline-cache.ts";
import type { GridSource, Means } from "./grid.ts";

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
