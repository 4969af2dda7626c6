/** The page of the engine's tests: its modules, as `window.engine`, and a device whose errors are kept. */

import { readBuffer, storageBuffer } from "../../src/engine/buffers.ts";
import { Decode } from "../../src/engine/decode.ts";
import { requestDevice } from "../../src/engine/device.ts";
import { ExplicitGrid } from "../../src/engine/explicit.ts";
import { PICTURE_FORMAT, renderPixels } from "../../src/engine/picture.ts";
import { MISSING, VoxelPipeline } from "../../src/engine/pipeline.ts";
import { Profiler } from "../../src/engine/profiler.ts";
import { Renderer } from "../../src/engine/renderer.ts";
import { Resize } from "../../src/engine/resize.ts";
import { Statistics } from "../../src/engine/statistics.ts";
import { palette } from "../../src/view/colormaps.ts";
import { settingsFrom } from "../../src/view/options.ts";
import { checkVoxels } from "../../src/view/voxels.ts";
import { shoot } from "./shots.ts";

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
