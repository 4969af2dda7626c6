/** Colour maps as CSS gradients. */

import { cssOf, palette } from "./colormaps.ts";

/**
 * A map as CSS `linear-gradient()` with `stops` colours, from left to right, for swatches.
 * @throws as `palette`.
 */
export function gradient(colormap: string, stops = 16): string {
  const colors = palette(colormap);
  const css = Array.from({ length: stops }, (_, i) => {
    return cssOf(colors[Math.round((255 * i) / (stops - 1))]);
  });
  return `linear-gradient(to right, ${css.join(", ")})`;
}
