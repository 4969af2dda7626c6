/** Dispatches the "error" event of an element. */

import type { VoxelVolumeError } from "../errors.ts";

export function dispatchError(target: EventTarget, error: VoxelVolumeError): void {
  target.dispatchEvent(new ErrorEvent("error", { error, message: error.message }));
}
