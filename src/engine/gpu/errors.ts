/** What the GPU refuses, as errors of this package. */

import { VoxelVolumeError } from "../../errors.ts";

/** In every host of JavaScript, but not in its standard library. */
declare function setTimeout(callback: (value?: unknown) => void, ms: number): unknown;

const FILTERS: readonly GPUErrorFilter[] = ["out-of-memory", "validation", "internal"];
/** A lost device fails its calls before it says that it is lost. */
const LOSS_WAIT_MS = 100;

/**
 * Does `work`, which submits all it does to the GPU before it returns, so that other users of the device have no part in it.
 * @throws VoxelVolumeError "out-of-memory" for what the GPU refused, "device-lost".
 */
export async function guarded<T>(device: GPUDevice, work: () => T): Promise<T> {
  for (const filter of FILTERS) device.pushErrorScope(filter);
  let outcome: { value: T } | { error: unknown };
  try {
    outcome = { value: work() };
  } catch (error) {
    outcome = { error };
  }
  const faults = await Promise.allSettled(FILTERS.map(() => device.popErrorScope()));
  for (const fault of faults) {
    if (fault.status === "rejected") throw await gpuError(device, fault.reason);
    if (fault.value) throw await gpuError(device, fault.value);
  }
  if ("error" in outcome) throw outcome.error;
  // A lost device reports no errors.
  if (await lossOf(device, 0)) throw await gpuError(device, undefined);
  return outcome.value;
}

/** What a failed call to the GPU means. Errors of this package stay as they are. */
export async function gpuError(device: GPUDevice, cause: unknown): Promise<VoxelVolumeError> {
  if (cause instanceof VoxelVolumeError) return cause;
  const loss = await lossOf(device, LOSS_WAIT_MS);
  if (loss) return new VoxelVolumeError("device-lost", lossMessage(loss), { cause });
  const message = (cause as { message?: string } | undefined)?.message?.split("\n")[0] ?? "no reason given";
  return new VoxelVolumeError(
    "out-of-memory",
    `The GPU could not do it: ${message}. Try a lower resolution, or close other pages that use the GPU.`,
    { cause },
  );
}

function lossMessage({ message }: Pick<GPUDeviceLostInfo, "message">): string {
  return `The graphics device was lost${message ? ` (${message.split("\n")[0]})` : ""}: reload the page if it does not come back`;
}

/** Why devices were lost; undefined while they are there. */
const losses = new WeakMap<GPUDevice, GPUDeviceLostInfo | undefined>();

/** The loss of a device, if it is lost, `ms` from now. One reaction a device: its promise is pending as long as the page. */
async function lossOf(device: GPUDevice, ms: number): Promise<GPUDeviceLostInfo | undefined> {
  if (!losses.has(device)) {
    losses.set(device, undefined);
    device.lost.then((loss) => losses.set(device, loss));
  }
  if (ms > 0 && !losses.get(device)) await new Promise((resolve) => setTimeout(resolve, ms));
  return losses.get(device);
}
