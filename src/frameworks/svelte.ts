/** `import type {} from "voxel-volume/svelte"`: <voxel-volume> in the markup of Svelte 4 and 5. */

import type { HTMLAttributes } from "svelte/elements";
import type { VoxelVolumeAttributes, VoxelVolumeElement, VoxelVolumeEventMap } from "../index.ts";

/** `onload` since Svelte 5, `on:load` before. */
type Listeners = {
  [K in keyof VoxelVolumeEventMap as `on${K}` | `on:${K}`]?: (event: VoxelVolumeEventMap[K]) => void;
};

type Props = Omit<HTMLAttributes<VoxelVolumeElement>, keyof (VoxelVolumeAttributes & Listeners)> &
  VoxelVolumeAttributes &
  Listeners;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "voxel-volume": Props;
  }
}
