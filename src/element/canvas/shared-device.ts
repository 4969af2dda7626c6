/** The GPU device that all elements of a page share. */

import { requestDevice } from "../../engine/gpu/device.ts";

/**
 * Event that the shared device dispatches when it is lost; `detail` is the reason. Unlike for the `lost` promise,
 * listeners can be removed.
 */
export const LOST = "voxel-volume-lost";

let shared: Promise<GPUDevice> | undefined;

/** Returns the page's device; creates a new one if the last was lost or could not be created. */
export function sharedDevice(): Promise<GPUDevice> {
  if (!shared) {
    const request = requestDevice(navigator.gpu);
    shared = request;
    const forget = () => {
      if (shared === request) shared = undefined;
    };
    const watch = async (device: GPUDevice) => {
      const { message } = await device.lost;
      forget();
      device.dispatchEvent(new CustomEvent(LOST, { detail: message }));
    };
    request.then(watch, forget);
  }
  return shared;
}
