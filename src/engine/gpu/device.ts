/** Requests the GPU device, with the limits that volumes need. */

import { VoxelVolumeError } from "../../errors.ts";

const FEATURES: GPUFeatureName[] = ["float32-blendable", "timestamp-query"];
const LIMITS = ["maxStorageBufferBindingSize", "maxBufferSize", "maxTextureDimension2D"] as const;

/**
 * Requests a device with the adapter's limits for large volumes and the optional features that the engine can use.
 * @param gpu `navigator.gpu`, or undefined if the environment has no WebGPU.
 * @throws VoxelVolumeError "webgpu-unavailable".
 */
export async function requestDevice(gpu: GPU | undefined): Promise<GPUDevice> {
  if (!gpu) {
    throw new VoxelVolumeError(
      "webgpu-unavailable",
      "This browser has no WebGPU (or the page is not served over https or from localhost): a recent Chrome, Edge, Safari or Firefox has it",
    );
  }
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter) throw new Error("no adapter");
    return await adapter.requestDevice({
      label: "voxel-volume",
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
    });
  } catch (cause) {
    throw new VoxelVolumeError(
      "webgpu-unavailable",
      "WebGPU has no usable graphics adapter here: check that the browser's hardware acceleration is on and its driver is not blocked",
      { cause },
    );
  }
}
