/** Reads buffers back from the GPU. */

import { gpuError, guarded } from "./errors.ts";

/**
 * Reads the first `bytes` of a buffer (by default all of it) after the work submitted so far has finished.
 * @throws VoxelVolumeError "out-of-memory", "device-lost".
 */
export async function readBuffer(
  device: GPUDevice,
  buffer: GPUBuffer,
  bytes = buffer.size,
): Promise<ArrayBuffer> {
  const copy = await guarded(device, () => {
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    const copy = device.createBuffer({ label: "read back", size: bytes, usage: MAP_READ | COPY_DST });
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, copy, 0, bytes);
    device.queue.submit([encoder.finish()]);
    return copy;
  });
  try {
    await copy.mapAsync(GPUMapMode.READ);
    return copy.getMappedRange().slice(0);
  } catch (cause) {
    throw await gpuError(device, cause);
  } finally {
    copy.destroy();
  }
}
