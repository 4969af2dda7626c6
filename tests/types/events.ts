/** What addEventListener and removeEventListener of <voxel-volume> accept and reject. */

import type { VoxelVolumeElement, VoxelVolumeError } from "voxel-volume";

declare const viewer: VoxelVolumeElement;

viewer.addEventListener("load", function ({ detail }) {
  this.resetCamera();
  detail.dims.join();
});
viewer.addEventListener("progress", ({ detail }) => detail.loaded + (detail.total ?? 0), { once: true });
viewer.addEventListener("error", ({ error, message }) => (error as VoxelVolumeError).code + message.trim());
viewer.addEventListener("camera-change", ({ detail }) => detail.azimuth + detail.zoom, true);
viewer.addEventListener("device-restored", ({ type }) => type);
viewer.addEventListener("click", ({ clientX, detail }) => clientX + detail);
viewer.addEventListener("pointerdown", ({ pointerId }) => pointerId, { passive: true });
viewer.addEventListener("voxel-hover", ({ type }) => type);
viewer.addEventListener("load", { handleEvent: ({ type }) => type });
viewer.addEventListener("load", null);
viewer.removeEventListener("load", ({ detail }) => detail.dims.join());
viewer.removeEventListener("keydown", ({ key }) => key, true);

export const element: HTMLElement = viewer;
export const created: VoxelVolumeElement = document.createElement("voxel-volume");

// @ts-expect-error
viewer.addEventListener("load", ({ detail }) => detail.loaded);
// @ts-expect-error
viewer.addEventListener("progress", (event: ProgressEvent) => event.loaded);
// @ts-expect-error
viewer.addEventListener("camera-change", ({ detail }) => detail.name);
// @ts-expect-error
viewer.addEventListener("click", ({ key }) => key);
// @ts-expect-error
viewer.removeEventListener("load", ({ detail }) => detail.loaded);
