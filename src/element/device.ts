/** One GPU device for all the elements of a page. */

import { requestDevice } from "../engine/device.ts";

let shared: Promise<GPUDevice> | undefined;

/** The page's device; a new one after the last was lost or could not be had. */
export function sharedDevice(): Promise<GPUDevice> {
  if (!shared) {
    const request = requestDevice(navigator.gpu);
    shared = request;
    const forget = () => {
      if (shared === request) shared = undefined;
    };
    request.then((device) => device.lost.then(forget), forget);
  }
  return shared;
}
