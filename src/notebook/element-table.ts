/** Makes the table of the element's attributes for the Python package; for build.mjs. */

import { VoxelVolumeProperties } from "../element/properties.ts";
import { palette } from "../options/colormaps.ts";
import { OPTION_DOCS } from "../options/option-docs.ts";
import { OPTION_NAMES, type OptionName, settingsFrom } from "../options/options.ts";
import { TRAITS } from "./traits.ts";

/** The element without its controllers, which need a page. */
class Defaults extends VoxelVolumeProperties {}

const VIEWS = ["full", "cut", "diagonal"];

/** The attributes with their defaults, the views, and the colours of viridis (red, green, blue), as JSON. */
export function elementTable(): string {
  const fresh = new Defaults();
  const traits = [...TRAITS].map(([name, property]) => ({
    name,
    default: fresh[property] ?? null,
    ...(isOption(name) && { doc: OPTION_DOCS[name] }),
  }));
  const views = VIEWS.map((view) => {
    const { flip, crop, clip, camera } = settingsFrom({ view });
    return [view, { flip, crop, clip, azimuth: camera.azimuth }];
  });
  const viridis = [...palette("viridis")].map((rgba) => [
    rgba & 255,
    (rgba >>> 8) & 255,
    (rgba >>> 16) & 255,
  ]);
  return JSON.stringify({ traits, views: Object.fromEntries(views), viridis });
}

function isOption(name: string): name is OptionName {
  return (OPTION_NAMES as readonly string[]).includes(name);
}
