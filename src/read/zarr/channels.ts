/** channelsOf: names, colour maps and windows of an image's channels, from OMERO's metadata. */
import type { ScalarImage } from "../../volume.ts";
import { type Json, listOf, numbersOf, objectOf, textOf } from "./json.ts";

/** Settings of a channel. */
export type Channel = Pick<ScalarImage, "displayRange" | "colormap" | "unit">;

/** The channels that `omero` describes, which may be fewer or more than there are. */
export function channelsOf(omero: unknown): Channel[] {
  return listOf(objectOf(omero).channels).map((channel) => {
    const { label, color, window } = objectOf(channel);
    const { start, end }: Json = objectOf(window);
    const range = numbersOf([start, end], 2);
    const isRange = range && range[0] < range[1];
    const [, hex = ""] = /^#?([\da-f]{6})$/i.exec(`${color}`) ?? [];
    // Grey is what programs write for images without a colour.
    const isColor = hex !== "" && !/^(..)\1\1$/.test(hex.toLowerCase());
    return {
      ...(isRange && { displayRange: [range[0], range[1]] as const }),
      ...(isColor && { colormap: `#000000 #${hex.toLowerCase()}` }),
      ...(textOf(label) && { unit: textOf(label) }),
    };
  });
}
