/** channelsOf: names, colours and windows of an image's channels, from OMERO's metadata. */
import type { ScalarImage } from "../../volume.ts";
import { type Json, listOf, numbersOf, objectOf, textOf } from "./json.ts";

/** Settings of a channel. */
export type Channel = Pick<ScalarImage, "displayRange" | "color" | "unit">;

/** The channels that `omero` describes, which may be fewer or more than there are. */
export function channelsOf(omero: unknown): Channel[] {
  return listOf(objectOf(omero).channels).map((channel) => {
    const { label, color, window } = objectOf(channel);
    const { start, end }: Json = objectOf(window);
    const range = numbersOf([start, end], 2);
    const isRange = range && range[0] < range[1];
    const isColor = /^#?[\da-f]{6}$/i.test(`${color}`);
    return {
      ...(isRange && { displayRange: [range[0], range[1]] as const }),
      ...(isColor && { color: `#${`${color}`.replace("#", "").toLowerCase()}` }),
      ...(textOf(label) && { unit: textOf(label) }),
    };
  });
}
