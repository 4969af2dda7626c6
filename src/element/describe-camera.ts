/** The camera in words, for those who cannot see the picture. */

import type { Camera } from "../options/camera.ts";

/** As in "Seen from azimuth 320°, elevation 30°, zoom 1.5". */
export function describeCamera({ azimuth, elevation, zoom }: Camera): string {
  const turn = Math.round(((azimuth % 360) + 360) % 360) % 360;
  const magnified = Math.abs(zoom - 1) < 0.005 ? "" : `, zoom ${Number(zoom.toPrecision(2))}`;
  return `Seen from azimuth ${turn}°, elevation ${Math.round(elevation)}°${magnified}`;
}
