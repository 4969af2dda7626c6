/** `voxel-volume/element`: the class of <voxel-volume> and its types, without registering the element. */

import { fetched } from "../errors.ts";
import type { FilmFormat } from "../film/formats.ts";
import { fromUrl, type Source, VolumeFile } from "../read/index.ts";
import type { Voxels } from "../voxels/voxels.ts";

export type { FilmMotion, MovingOptions } from "../film/film-options.ts";
export type { FilmFormat } from "../film/formats.ts";
export type { MakeFilmOptions } from "../film/make-film.ts";
export type { Camera, DrawnCamera } from "../options/camera.ts";
export { COLORMAPS } from "../options/colormaps.ts";
export type { LabelInput } from "../options/label-table.ts";
export type { OptionName } from "../options/options.ts";
export type { AxisView, AxisViewName } from "../options/orientation.ts";
export type { DrawnSettings, Range, Settings, Transform } from "../options/settings.ts";
export type { ValueScale } from "../options/value-scale.ts";
export * from "../read/index.ts";
export type { ViewerState } from "../state/state.ts";
export type { Text, Texts } from "../texts.ts";
export type { ValueProfile } from "../values/value-profile.ts";
export type { Color, Colors } from "../voxels/colors.ts";
export type { Coordinates, Voxels } from "../voxels/voxels.ts";
export type { BlobOptions, FilmOptions, LoadDetail, PageOptions, Picked } from "./api-types.ts";
export type { VoxelVolumeAttributes, VoxelVolumeEventMap } from "./attributes.ts";
export type { LoadSource } from "./load-request.ts";
export { VoxelVolumeElement } from "./voxel-volume.ts";

/**
 * The formats in which this browser can write films of this size, in pixels: `mp4` and `webm` depend on its codecs, `gif`
 * and `zip` are always there. Rejects with "network" if the code for this cannot be fetched.
 */
export async function filmFormats(size?: { width?: number; height?: number }): Promise<FilmFormat[]> {
  const { writableFormats } = await fetched(import("../film/encoders/open-encoder.ts"));
  return writableFormats(size);
}

/**
 * Reads voxel colours from NumPy for the property `voxels`: a .npy file of shape [x, y, z, 4], or [x, y, z, 3] for
 * opaque ones, with unsigned bytes or numbers from 0 to 1. Rejects with "unsupported-format" for other shapes, and like
 * `readVolume`.
 */
export async function voxelsFromNpy(source: string | URL | Source): Promise<Voxels> {
  const { npyVoxels } = await import("./npy-voxels.ts");
  const file = typeof source === "string" || source instanceof URL ? fromUrl(String(source)) : source;
  return npyVoxels(new VolumeFile(file));
}
