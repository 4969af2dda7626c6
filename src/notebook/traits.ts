/** The element's attributes as traits of the widget in Python. */

import { VoxelVolumeProperties } from "../element/properties.ts";

/** A property of the element that has an attribute. */
export type TraitProperty = keyof VoxelVolumeProperties;

/** The volume comes from Python instead. */
const LEFT_OUT = ["src"];

/** Properties of the element by trait: the attribute's name with underscores, as in `frame_rate`. */
export const TRAITS: ReadonlyMap<string, TraitProperty> = new Map(
  Object.entries(VoxelVolumeProperties.properties)
    .filter(([property, { attribute }]) => attribute !== false && !LEFT_OUT.includes(property))
    .map(([property, { attribute }]) => {
      const name = typeof attribute === "string" ? attribute : property.toLowerCase();
      return [name.replaceAll("-", "_"), property as TraitProperty];
    }),
);
