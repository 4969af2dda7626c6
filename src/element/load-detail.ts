/** What the event "load" says. */

import { appearance, type ToldAppearance } from "../options/appearance.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { EntryInfo } from "../read/index.ts";
import type { Vec3 } from "../volume.ts";
import type { Loaded } from "./load-state.ts";

/** `detail` of the event "load": the volume, and how its values are drawn (explicit voxels have none). */
export interface LoadDetail extends Partial<ToldAppearance> {
  /** File name, or path in the archive. */
  readonly name: string;
  /** Every volume in the file. */
  readonly entries: readonly EntryInfo[];
  /** Voxels in the file, and in the grid that is drawn. */
  readonly dims: Vec3;
  readonly gridDims: Vec3;
  /** Whether the grid had to be made smaller than asked for to fit the GPU. */
  readonly reduced: boolean;
}

export function loadDetail(
  { volume, entries, profile }: Loaded,
  settings: DrawnSettings,
  gridDims: Vec3,
): LoadDetail {
  const { resolution } = settings;
  const wanted = resolution === "native" || !profile ? volume.dims : resolution;
  return {
    name: volume.name,
    entries,
    dims: volume.dims,
    gridDims,
    reduced: wanted.some((n, axis) => n !== gridDims[axis]),
    ...(profile && appearance(settings, profile)),
  };
}
