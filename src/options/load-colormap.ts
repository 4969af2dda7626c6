/** Loads colour maps on demand. */

import { fetched } from "../errors.ts";
import { addColormaps, hasPalette } from "./colormaps.ts";

/** Resolves when `palette` can return this map. Rejects with VoxelVolumeError "network". */
export async function loadColormap(colormap: string): Promise<void> {
  if (!hasPalette(colormap)) addColormaps((await fetched(import("./colormap-tables.ts"))).COLORMAP_TABLES);
}
