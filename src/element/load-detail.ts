/** loadDetail: makes the `detail` of the "load" event. */

import { appearance } from "../options/appearance.ts";
import type { DrawnSettings } from "../options/settings.ts";
import type { Vec3 } from "../volume.ts";
import type { LoadDetail } from "./api-types.ts";
import type { Loaded } from "./load-state.ts";

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
    levels: volume.levels,
    level: volume.kind === "volume" ? (volume.overview?.level ?? 0) : 0,
    reduced: wanted.some((n, axis) => n !== gridDims[axis]),
    ...(profile && appearance(settings, profile)),
  };
}
