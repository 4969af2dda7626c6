/** makeExplicitGrid: creates the grid of explicit voxels on the GPU. */

import { guarded } from "./gpu/errors.ts";
import type { ExplicitGrid, ExplicitVoxels, GridContext } from "./grid.ts";

/**
 * Creates the grid of `voxels`. The caller destroys it; if the GPU refuses it, it is destroyed here.
 * @throws VoxelVolumeError "out-of-memory", "device-lost".
 */
export async function makeExplicitGrid(
  device: GPUDevice,
  voxels: ExplicitVoxels,
  context: GridContext,
): Promise<ExplicitGrid> {
  let grid: ExplicitGrid | undefined;
  try {
    return await guarded(device, () => {
      grid = voxels.makeGrid(context);
      return grid;
    });
  } catch (error) {
    grid?.destroy();
    throw error;
  }
}
