/** The page of the engine's tests: its modules, as `window.engine`, and a device whose errors are kept. */

import { Decode } from "../../src/engine/decode.ts";
import { readBuffer, storageBuffer } from "../../src/engine/gpu/buffers.ts";
import { requestDevice } from "../../src/engine/gpu/device.ts";
import { Profiler } from "../../src/engine/gpu/profiler.ts";
import { PICTURE_FORMAT, renderPixels } from "../../src/engine/gpu/read-pixels.ts";
import { MISSING, VoxelPipeline } from "../../src/engine/pipeline/pipeline.ts";
import { Resize } from "../../src/engine/pipeline/resize.ts";
import { Statistics } from "../../src/engine/pipeline/statistics.ts";
import { Renderer } from "../../src/engine/renderer.ts";
import { palette } from "../../src/options/colormaps.ts";
import { settingsFrom } from "../../src/options/options.ts";
import { ExplicitGrid } from "../../src/voxels/explicit-grid.ts";
import { checkVoxels } from "../../src/voxels/voxels.ts";
import { shoot } from "./render-cases.ts";

/** What WebGPU complained about, for `tests/support/gpu.ts` to find. */
const faults: string[] = [];

async function device(request = requestDevice): Promise<GPUDevice> {
  const device = await request(navigator.gpu);
  device.addEventListener("uncapturederror", ({ error }) => faults.push(error.message));
  device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed") faults.push(`device lost: ${message}`);
  });
  return device;
}

/** Without any optional feature: sums are half floats. */
const plainDevice = () =>
  device(async (gpu) => {
    const adapter = await gpu?.requestAdapter();
    if (!adapter) throw new Error("no adapter");
    return adapter.requestDevice();
  });

const engine = {
  device,
  plainDevice,
  faults,
  readBuffer,
  storageBuffer,
  renderPixels,
  PICTURE_FORMAT,
  MISSING,
  Decode,
  Resize,
  VoxelPipeline,
  Profiler,
  Renderer,
  Statistics,
  ExplicitGrid,
  checkVoxels,
  palette,
  settingsFrom,
  shoot,
};

declare global {
  interface Window {
    engine: typeof engine;
  }
}

window.engine = engine;
