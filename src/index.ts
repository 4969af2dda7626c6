/** Registers <voxel-volume> and exports the public API. */

import { VoxelVolumeElement } from "./element/voxel-volume.ts";

export type { LoadDetail, LoadSource } from "./element/voxel-volume.ts";
export { type ErrorCode, VoxelVolumeError } from "./errors.ts";
export {
  type EntryInfo,
  fromBytes,
  fromFiles,
  fromUrl,
  type Progress,
  readVolume,
  type Source,
} from "./read/index.ts";
export { COLORMAPS } from "./view/colormaps.ts";
export type { Dtype, Vec3, Volume } from "./volume.ts";
export { VoxelVolumeElement };

if (!customElements.get("voxel-volume")) customElements.define("voxel-volume", VoxelVolumeElement);

declare global {
  interface HTMLElementTagNameMap {
    "voxel-volume": VoxelVolumeElement;
  }
}
