/** bytes -> Volume: runs in browsers, workers and Node alike. */
export type { EntryInfo } from "./formats/format.ts";
export { readVolume } from "./read-volume.ts";
export {
  fromBytes,
  fromFiles,
  type NamedBlob,
  type Progress,
  type ReadOptions,
  type Source,
} from "./sources/source.ts";
export { fromUrl } from "./sources/url.ts";
export { type ReadVolumeOptions, VolumeFile, type VolumeFileOptions } from "./volume-file.ts";
