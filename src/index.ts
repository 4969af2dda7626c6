/** `voxel-volume`: registers <voxel-volume> and exports the public API. */

import { VoxelVolumeElement } from "./element/index.ts";

export * from "./element/index.ts";

if (!customElements.get("voxel-volume")) customElements.define("voxel-volume", VoxelVolumeElement);

declare global {
  interface HTMLElementTagNameMap {
    "voxel-volume": VoxelVolumeElement;
  }
}
