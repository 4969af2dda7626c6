/**
 * `voxel-volume/engine`: draws frames of a Volume with given options on any GPUDevice, in a page, a worker or Node.js.
 */

export { type ErrorCode, VoxelVolumeError } from "../errors.ts";
export type { Camera, DrawnCamera } from "../options/camera.ts";
export { COLORMAPS } from "../options/colormaps.ts";
export type { LabelInput } from "../options/label-table.ts";
export { OPTION_NAMES, type OptionName, type OptionTexts } from "../options/options.ts";
export type { DrawnSettings } from "../options/settings.ts";
export { type SettingsContext, settingsFor } from "../options/settings-for.ts";
export type { Dtype, ScalarImage, Vec3, Volume } from "../volume.ts";
export { requestDevice } from "./gpu/device.ts";
export { PICTURE_FORMAT, renderPixels } from "./read-pixels.ts";
export { type FrameOptions, Renderer, type RendererOptions, type Scene } from "./renderer.ts";
