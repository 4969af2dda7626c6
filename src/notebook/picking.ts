/** Tells Python which voxel the user clicks. */

import type { VoxelVolumeElement } from "../element/index.ts";
import type { Model } from "./model.ts";

/** Distance in CSS pixels up to which the pointer may move during a click; beyond, it is a drag. */
const SLOP = 4;

/** Sets the trait `picked` at each click on the picture, until the signal is aborted; null: no voxel is there. */
export function pickOnClick(viewer: VoxelVolumeElement, model: Model, signal: AbortSignal): void {
  let pressed: PointerEvent | undefined;
  viewer.addEventListener(
    "pointerdown",
    (event) => {
      pressed = event;
    },
    { signal },
  );
  viewer.addEventListener(
    "click",
    async (event) => {
      const { clientX, clientY } = event;
      const isDrag = pressed && Math.hypot(clientX - pressed.clientX, clientY - pressed.clientY) > SLOP;
      if (isDrag || !isOnPicture(event)) return;
      const picked = await viewer.pick(clientX, clientY).catch(() => undefined);
      if (signal.aborted) return;
      model.set("picked", picked ?? null);
      model.save_changes();
    },
    { signal },
  );
}

/** Test for an event on the picture, not on the panel or a message over it. */
function isOnPicture(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLCanvasElement && target.part.contains("canvas");
}
