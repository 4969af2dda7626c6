/** `import type {} from "voxel-volume/vue"`: <voxel-volume> in the templates and the JSX of Vue 3. */

import type { HTMLAttributes, PublicProps } from "vue";
import type { VoxelVolumeAttributes, VoxelVolumeElement, VoxelVolumeEventMap } from "../index.ts";

/** `@load` and `@camera-change` as Vue compiles them, and as they are written in JSX. */
type Listeners = {
  [K in keyof VoxelVolumeEventMap as `on${Capitalize<K> | Camel<K>}`]?: (
    event: VoxelVolumeEventMap[K],
  ) => void;
};

type Camel<S extends string> = S extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${Camel<Rest>}`
  : Capitalize<S>;

type Props = Omit<HTMLAttributes, keyof (VoxelVolumeAttributes & Listeners)> &
  VoxelVolumeAttributes &
  Listeners;

declare module "vue" {
  interface GlobalComponents {
    "voxel-volume": new () => VoxelVolumeElement & { $props: Props & PublicProps };
  }
  interface IntrinsicElementAttributes {
    "voxel-volume": Props;
  }
}
