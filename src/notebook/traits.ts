/** The element's attributes as traits of the widget in Python. */

import { VoxelVolumeElement } from "../element/index.ts";

/** The volume comes from Python instead. */
const LEFT_OUT = ["src"];

/** Properties of the element by trait: the attribute's name with underscores, as in `frame_rate`. */
export const TRAITS: ReadonlyMap<string, keyof VoxelVolumeElement> = new Map(
  Object.entries(VoxelVolumeElement.properties)
    .filter(([property, { attribute }]) => attribute !== false && !LEFT_OUT.includes(property))
    .map(([property, { attribute }]) => {
      const name = typeof attribute === "string" ? attribute : property.toLowerCase();
      return [name.replaceAll("-", "_"), property as keyof VoxelVolumeElement];
    }),
);
