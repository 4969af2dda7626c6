/** `import type {} from "voxel-volume/react"`: <voxel-volume> in the JSX of React 19. */

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { VoxelVolumeAttributes, VoxelVolumeElement, VoxelVolumeEventMap } from "../index.ts";

/** React listens for the event named exactly as in the attribute: `onload`, `oncamera-change`. */
type Listeners = { [K in keyof VoxelVolumeEventMap as `on${K}`]?: (event: VoxelVolumeEventMap[K]) => void };

type Props = DetailedHTMLProps<HTMLAttributes<VoxelVolumeElement>, VoxelVolumeElement> &
  VoxelVolumeAttributes &
  Listeners;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "voxel-volume": Props;
    }
  }
}
