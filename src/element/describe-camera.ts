/** Describes the camera in words, for screen readers. */

import type { Camera } from "../options/camera.ts";
import { inEnglish, type Say } from "../texts.ts";

/** For example "Seen from azimuth 320°, elevation 30°, zoom 1.5". */
export function describeCamera({ azimuth, elevation, zoom }: Camera, say: Say = inEnglish): string {
  const turn = Math.round(((azimuth % 360) + 360) % 360) % 360;
  const angles = { azimuth: turn, elevation: Math.round(elevation) };
  if (Math.abs(zoom - 1) < 0.005) return say("Seen from azimuth {azimuth}°, elevation {elevation}°", angles);
  return say("Seen from azimuth {azimuth}°, elevation {elevation}°, zoom {zoom}", {
    ...angles,
    zoom: Number(zoom.toPrecision(2)),
  });
}
