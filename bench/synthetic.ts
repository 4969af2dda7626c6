/** Synthetic volumes of any size: a ball of layers with a hollow in it, as dense as a head. */

import { memoryVolume } from "../src/memory-volume.ts";
import type { Volume } from "../src/volume.ts";

/**
 * A volume of int16 with `side` voxels on each axis. About half of the voxels are filled; it has hard edges and smooth
 * tissue.
 */
export function syntheticVolume(side: number): Volume {
  const values = new Int16Array(side ** 3);
  const place = Float32Array.from({ length: side }, (_, i) => (2 * i + 1) / side - 1);
  const wave = place.map((p) => Math.sin(9 * p));
  for (let z = 0, i = 0; z < side; z++) {
    for (let y = 0; y < side; y++) {
      const yz = place[y] ** 2 + place[z] ** 2;
      for (let x = 0; x < side; x++, i++) {
        const radius = place[x] ** 2 + yz;
        if (radius > 0.9 || (radius < 0.2 && place[x] > 0)) continue;
        values[i] = 600 + 300 * wave[x] * wave[y] * wave[z] - 200 * radius;
      }
    }
  }
  return memoryVolume({
    name: `synthetic ${side}`,
    dims: [side, side, side],
    dtype: "int16",
    data: new Uint8Array(values.buffer),
  });
}
