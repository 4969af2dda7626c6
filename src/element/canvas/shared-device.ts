/** The GPU device that all elements of a page share. */

import { requestDevice } from "../../engine/gpu/device.ts";

/** Event of the shared device when it is lost; `detail` is the reason. Unlike its promise, it can be unlistened to. */
export const LOST = "voxel-volume-lost";

let shared: Promise<GPUDevice> | undefined;

/** The page's device; a new one after the last one was lost or could not be created. */
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
