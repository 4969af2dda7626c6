/** Registers <voxel-volume> and exports the public API. */

import { VoxelVolumeElement } from "./element/voxel-volume.ts";
import { fromUrl, type Source, VolumeFile } from "./read/index.ts";
import type { Voxels } from "./voxels/voxels.ts";

export type { VoxelVolumeAttributes, VoxelVolumeEventMap } from "./element/attributes.ts";
export type { BlobOptions } from "./element/canvas/snapshot.ts";
export type { LoadDetail } from "./element/load-detail.ts";
export type { LoadSource } from "./element/load-request.ts";
export type { Picked } from "./element/pick.ts";
export { type ErrorCode, VoxelVolumeError } from "./errors.ts";
export type { Camera, DrawnCamera } from "./options/camera.ts";
export { COLORMAPS } from "./options/colormaps.ts";
export type { LabelInput } from "./options/label-table.ts";
export type { OptionName } from "./options/options.ts";
export type { AxisView, AxisViewName } from "./options/orientation.ts";
export type { DrawnSettings, Range, Settings, Transform } from "./options/settings.ts";
export type { ValueScale } from "./options/value-scale.ts";
export {
  type ByteFile,
  type Components,
  type DecodedVoxels,
  type EntryInfo,
  type Format,
  type FormatContext,
  type FormatVolume,
  fromBytes,
  fromFiles,
  fromUrl,
  fromUrls,
  type NamedBlob,
  type PlainVoxels,
  type Progress,
  type ReadOptions,
  type ReadVolumeOptions,
  readVolume,
  registerFormat,
  type Source,
  VolumeFile,
  type VolumeFileOptions,
} from "./read/index.ts";
export type { Text, Texts } from "./texts.ts";
export type { ValueProfile } from "./values/value-profile.ts";
export type { Box, Dtype, ReadNote, ScalarImage, Vec3, Volume } from "./volume.ts";
export type { Color, Colors } from "./voxels/colors.ts";
export type { Coordinates, Voxels } from "./voxels/voxels.ts";
export { VoxelVolumeElement };

/**
 * Colours of voxels from NumPy, for the property `voxels`: a .npy of shape [x, y, z, 4], or [x, y, z, 3] for opaque
 * ones, unsigned bytes or numbers from 0 to 1. Rejects with "unsupported-format" for another shape, and as `readVolume`.
 */
export async function voxelsFromNpy(source: string | URL | Source): Promise<Voxels> {
  const { npyVoxels } = await import("./element/npy-voxels.ts");
  const file = typeof source === "string" || source instanceof URL ? fromUrl(String(source)) : source;
  return npyVoxels(new VolumeFile(file));
}

if (!customElements.get("voxel-volume")) customElements.define("voxel-volume", VoxelVolumeElement);

declare global {
  interface HTMLElementTagNameMap {
    "voxel-volume": VoxelVolumeElement;
  }
}
