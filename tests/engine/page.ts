/** The page of the engine's tests: exports its modules as `window.engine`, and records the device's errors. */

import { readBuffer } from "../../src/engine/gpu/buffers.ts";
import { requestDevice } from "../../src/engine/gpu/device.ts";
import { GpuMemory } from "../../src/engine/gpu/memory.ts";
import { Profiler } from "../../src/engine/gpu/profiler.ts";
import { PageGrid } from "../../src/engine/pages/page-grid.ts";
import { viewUniforms } from "../../src/engine/pages/paged-reader.ts";
import { BrickDistance } from "../../src/engine/pipeline/brick-distance.ts";
import { VoxelPipeline as Pipeline } from "../../src/engine/pipeline/pipeline.ts";
import { PICTURE_FORMAT, renderPixels } from "../../src/engine/read-pixels.ts";
import { Renderer as EngineRenderer } from "../../src/engine/renderer.ts";
import { palette } from "../../src/options/colormaps.ts";
import type { Volume } from "../../src/volume.ts";
import { explicitVoxels } from "../../src/voxels/explicit-grid.ts";
import { checkVoxels } from "../../src/voxels/voxels.ts";
import { levelledVolume, pagedVolume } from "../support/paged-volume.ts";
import { settingsOf } from "../support/plain-settings.ts";
import { revived } from "../support/volume-data.ts";
import { render } from "./render-cases.ts";
import "../support/all-colormaps.ts";

/** WebGPU's errors, read by `tests/support/gpu.ts`. */
const faults: string[] = [];

async function freshDevice(request = requestDevice): Promise<GPUDevice> {
  const device = await request(navigator.gpu);
  device.addEventListener("uncapturederror", ({ error }) => faults.push(error.message));
  device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed") faults.push(`device lost: ${message}`);
  });
  return device;
}

let shared: Promise<GPUDevice> | undefined;

/**
 * The device of all tests on the page, shared so that pipelines are compiled once. It survives tests that destroy
 * theirs.
 */
function device(): Promise<GPUDevice> {
  shared ??= freshDevice().then((device) => Object.assign(device, { destroy: () => {} }));
  return shared;
}

/** A device without optional features, which stores sums in half floats. */
const plainDevice = () =>
  freshDevice(async (gpu) => {
    const adapter = await gpu?.requestAdapter();
    if (!adapter) throw new Error("no adapter");
    return adapter.requestDevice();
  });

/** The engine's class, accepting volumes that were passed to the page. */
class VoxelPipeline extends Pipeline {
  override update(...[volume, ...rest]: Parameters<Pipeline["update"]>) {
    return super.update(revived(volume), ...rest);
  }
}
class Renderer extends EngineRenderer {
  override update(...[volume, ...rest]: Parameters<EngineRenderer["update"]>) {
    return super.update(revived(volume), ...rest);
  }
}

const engine = {
  revived,
  paged: (volume: Volume, overview: Volume) => pagedVolume(revived(volume), revived(overview)),
  levelled: (volume: Volume, overview: Volume, count?: number) =>
    levelledVolume(revived(volume), revived(overview), count),
  device,
  freshDevice,
  plainDevice,
  faults,
  renderPixels,
  PICTURE_FORMAT,
  BrickDistance,
  PageGrid,
  viewUniforms,
  GpuMemory,
  readBuffer,
  VoxelPipeline,
  Profiler,
  Renderer,
  explicitVoxels,
  checkVoxels,
  palette,
  settingsFrom: settingsOf,
  render,
};

declare global {
  interface Window {
    engine: typeof engine;
  }
}

window.engine = engine;
