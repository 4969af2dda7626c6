/** The ways of blending that are measured: the renderer's own two, and others to compare them with. */

import type { DrawBuffers } from "../src/engine/blend/blender.ts";
import { Exact } from "../src/engine/blend/exact.ts";
import { Visible } from "../src/engine/blend/visible-faces.ts";
import { Weighted } from "../src/engine/blend/weighted.ts";
import byAnchor from "./reference/by-anchor.wgsl";
import byDepth from "./reference/by-depth.wgsl";
import byVoxel from "./reference/by-voxel.wgsl";
import { PublishedFaces } from "./reference/published.ts";

/** Weighted blending whatever it takes. */
const UNBOUNDED = 1e30;

/** What `RendererOptions.blenders` takes; see docs/transparency.md for what each is. */
export const references = (device: GPUDevice, buffers: DrawBuffers) => ({
  unskipped: new Exact(device, buffers, { skip: false }),
  plain: new Exact(device, buffers, { skip: false, stop: false }),
  published: new Weighted(device, buffers, new PublishedFaces(device)),
  unbounded: new Weighted(device, buffers, new Visible(device, { budget: UNBOUNDED })),
  "by-depth": new Weighted(device, buffers, new Visible(device, { weights: byDepth })),
  "by-voxel": new Weighted(device, buffers, new Visible(device, { weights: byVoxel })),
  "by-anchor": new Weighted(device, buffers, new Visible(device, { weights: byAnchor })),
});
