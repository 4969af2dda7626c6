/** `voxel-volume/read`: reads bytes to a Volume, in browsers, workers, Node.js and Deno. */

export { type ErrorCode, VoxelVolumeError } from "../errors.ts";
export type { Box, Dtype, Level, Overview, ReadNote, ScalarImage, Traffic, Vec3, Volume } from "../volume.ts";
export type {
  Components,
  DecodedVoxels,
  EntryInfo,
  Format,
  FormatContext,
  FormatVolume,
  PlainVoxels,
} from "./formats/format.ts";
export { registerFormat } from "./formats/registry.ts";
export { readVolume } from "./read-volume.ts";
export { fromFiles, type NamedBlob } from "./sources/files.ts";
export {
  type FileRange,
  type Folder,
  fromBytes,
  type Parts,
  type Progress,
  type ReadOptions,
  type Source,
} from "./sources/source.ts";
export { fromUrl } from "./sources/url.ts";
export { fromUrls } from "./sources/urls.ts";
export type { ByteFile } from "./util/byte-file.ts";
export { type ReadVolumeOptions, VolumeFile, type VolumeFileOptions } from "./volume-file.ts";
