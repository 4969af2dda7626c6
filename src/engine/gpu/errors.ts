/** Converts GPU errors to errors of this package. */

import { VoxelVolumeError } from "../../errors.ts";

/** Every JavaScript host has it, but it is not part of the standard library. */
declare function setTimeout(callback: (value?: unknown) => void, ms: number): unknown;

const FILTERS: readonly GPUErrorFilter[] = ["out-of-memory", "validation", "internal"];
/** Calls on a lost device may fail before `device.lost` resolves: how long to wait for it. */
const LOSS_WAIT_MS = 100;

/**
 * Runs `work` in error scopes. `work` must submit all its GPU work before it returns, which keeps errors of other users
 * of the device out of these scopes.
 * @throws VoxelVolumeError "out-of-memory" for anything that the GPU refused, "device-lost".
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
  // A lost device reports no errors to the scopes.
  if (await lossOf(device, 0)) throw await gpuError(device, undefined);
  return outcome.value;
}

/** The error for a failed GPU call. Errors of this package are returned unchanged. */
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

/** Why each device was lost; undefined while it works. */
const losses = new WeakMap<GPUDevice, GPUDeviceLostInfo | undefined>();

/**
 * The loss of a device, if it is lost within `ms`. Registers one reaction per device, as `device.lost` may stay pending
 * as long as the page lives.
 */
async function lossOf(device: GPUDevice, ms: number): Promise<GPUDeviceLostInfo | undefined> {
  if (!losses.has(device)) {
    losses.set(device, undefined);
    device.lost.then((loss) => losses.set(device, loss));
  }
  if (ms > 0 && !losses.get(device)) await new Promise((resolve) => setTimeout(resolve, ms));
  return losses.get(device);
}
