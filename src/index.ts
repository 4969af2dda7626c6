/** Registers <voxel-volume> and exports the public API. */

import { VoxelVolumeElement } from "./element/voxel-volume.ts";

export type { VoxelVolumeAttributes, VoxelVolumeEventMap } from "./element/attributes.ts";
export type { Picked } from "./element/picked.ts";
export type { BlobOptions } from "./element/snapshot.ts";
export type { LoadDetail, LoadSource } from "./element/voxel-volume.ts";
export { type ErrorCode, VoxelVolumeError } from "./errors.ts";
export {
  type EntryInfo,
  fromBytes,
  fromFiles,
  fromUrl,
  type NamedBlob,
  type Progress,
  type ReadOptions,
  type ReadVolumeOptions,
  readVolume,
  type Source,
} from "./read/index.ts";
export type { Camera } from "./view/camera.ts";
export { COLORMAPS } from "./view/colormaps.ts";
export type { OptionName } from "./view/options.ts";
export type { Range, Settings, Transform } from "./view/settings.ts";
export type { Dtype, Vec3, Volume } from "./volume.ts";
export { VoxelVolumeElement };

if (!customElements.get("voxel-volume")) customElements.define("voxel-volume", VoxelVolumeElement);

declare global {
  interface HTMLElementTagNameMap {
    "voxel-volume": VoxelVolumeElement;
  }
}
