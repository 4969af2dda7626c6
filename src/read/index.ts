/** bytes -> Volume: runs in browsers, workers and Node alike. */
export type { EntryInfo } from "./format.ts";
export { readVolume } from "./read-volume.ts";
export {
  fromBytes,
  fromFiles,
  type NamedBlob,
  type Progress,
  type ReadOptions,
  type Source,
} from "./source.ts";
export { fromUrl } from "./url.ts";
export { type ReadVolumeOptions, VolumeFile, type VolumeFileOptions } from "./volume-file.ts";
