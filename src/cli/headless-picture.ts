/** Draws a picture in the headless page: the volume with its axes, colour bar and background. */

import { axesFor } from "../axes/index.ts";
import type { Profiler } from "../engine/gpu/profiler.ts";
import { renderPixels } from "../engine/read-pixels.ts";
import type { Renderer } from "../engine/renderer.ts";
import { VoxelVolumeError } from "../errors.ts";
import { type DrawnSettings, TRANSPARENT } from "../options/settings.ts";
import type { ValueScale } from "../options/value-scale.ts";
import { barContent, barFor, composeStill, pictureSize } from "../picture/still.ts";
import type { VolumeFile } from "../read/index.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { Volume } from "../volume.ts";
import type { Job } from "./job.ts";

/** What a job draws. */
export interface Subject {
  readonly renderer: Renderer;
  readonly file: VolumeFile;
  readonly volume: Volume;
  readonly profile: ValueProfile;
  readonly settings: DrawnSettings;
}

/**
 * Draws a picture; the renderer must be up to date with the settings.
 * @throws VoxelVolumeError "too-large".
 */
export async function drawPicture(
  { renderer, volume, profile, settings }: Subject,
  { size: [width, height], background, samples }: NonNullable<Job["picture"]>,
  profiler?: Profiler,
): Promise<OffscreenCanvas> {
  const { device } = renderer.memory;
  const most = device.limits.maxTextureDimension2D;
  if (Math.max(width, height) > most) {
    throw new VoxelVolumeError(
      "too-large",
      `size ${width}x${height}: this GPU draws at most ${most} pixels a side`,
    );
  }
  const scale = renderer.pipeline.scale as ValueScale;
  const bar = settings.colorbar
    ? barFor(await barContent(scale, settings, profile, volume), width, height)
    : undefined;
  const still = { width, height, scale: 1, background, ink: "black", bar };
  const size = pictureSize(still);
  const axes = axesFor(settings, volume, ...size);
  // Axes lie between the background and the volume.
  const shown = axes ? { ...settings, background: TRANSPARENT } : settings;
  const pixels = await renderPixels(device, renderer, ...size, shown, { samples, profiler });
  return composeStill(still, pixels, axes);
}
