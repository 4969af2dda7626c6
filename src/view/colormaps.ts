/** Colour maps by name, as palettes for the GPU. */

import { VoxelVolumeError } from "../errors.ts";
import { COLORMAP_TABLES } from "./colormap-tables.ts";

/** The names without the `_r` that reverses each. */
export const COLORMAPS: readonly string[] = Object.keys(COLORMAP_TABLES);

/**
 * The 256 colours of a map, red in the lowest byte, opaque (WGSL's `unpack4x8unorm` order).
 * @throws VoxelVolumeError "invalid-option" for an unknown name.
 */
export function palette(name: string): Uint32Array<ArrayBuffer> {
  const base = name.replace(/_r$/, "");
  if (!COLORMAPS.includes(base)) {
    throw new VoxelVolumeError(
      "invalid-option",
      `colormap "${name}" is unknown; there are ${COLORMAPS.join(", ")}, and each with _r for reversed`,
    );
  }
  const table = COLORMAP_TABLES[base];
  const colors = Uint32Array.from({ length: 256 }, (_, i) => {
    const rgb = Number.parseInt(table.slice(6 * i, 6 * i + 6), 16);
    return ((rgb >> 16) | (rgb & 0xff00) | ((rgb & 0xff) << 16) | 0xff000000) >>> 0;
  });
  return name.endsWith("_r") ? colors.reverse() : colors;
}
