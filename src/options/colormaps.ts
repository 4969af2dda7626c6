/** Colour maps, given by name or as colours, as palettes for the GPU. */

import { VoxelVolumeError } from "../errors.ts";

/** matplotlib's names, by family. The suffix `_r` reverses a map. */
export const COLORMAPS: readonly string[] =
  "viridis plasma inferno magma cividis gray bone copper pink hot afmhot Greys Purples Blues Greens Oranges Reds YlOrRd YlGnBu coolwarm bwr seismic RdBu RdYlBu PiYG Spectral twilight twilight_shifted hsv turbo jet rainbow nipy_spectral cubehelix cool terrain ocean".split(
    " ",
  );

/** The default map. The others are in colormap-tables.ts, which is loaded when one of them is needed. */
const VIRIDIS =
  "440154hihihhhihhhhihhhhhhhhhhhhhhhhghhhhghhhghhghhghghhghghghghhghghghghghghghghghghghghghhghghghhghghhghghhghhghghhghhghhghghhghhghhhghhghhhhhhghhihhhhhihihihiiihiiiiijiiijijijijijjijjjjjjjjjjjjjjjjkjjjkjjkjjkjkjkjkjkjkjkkjkjkkjkkjkkjkkjkkjkkjkkjkjkkjkjkjkjjkjijijijijijijijiijiiijiijiiijiijiiiijiiijiiiijiiiiijiiiiiijiiiiiiiiiijiiiiiiiiiiiiiiiiiiiiiiiiihiiiiiiiiiiiiiiiiihiiiiiiiiiiiiiiiihiiiiiiiiiiiiiiihiiiiiiiiiiiihiiiiiiiiihiiiiiihiiiiihiiiihiiihiiihiihiiihihiihiihihihihihihihihihihhihhihihhihhihhihhihhhihhihjijijiijijiijiiijiiiiijiiiiiiihiiiihiiihiihihihihihihhihhihhhihhhihhhhhihhhhhhhhihhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhghhhhhhghhhhghhhghhghhghhghghghhgghghghgghggghggghggggggggggggggggggfgggfggfggfggfgfgfgffgfgffgffgffgfffgfffgfgffggfgggghghhihiiiiijijj";

const tables: Record<string, string> = { viridis: VIRIDIS };

/** Adds maps in the format of colormap-tables.ts. */
export function addColormaps(more: Readonly<Record<string, string>>): void {
  Object.assign(tables, more);
}

/** Whether `palette` can return this map without loading. */
export function hasPalette(colormap: string): boolean {
  return colormap.startsWith("#") || baseName(colormap) in tables;
}

/** @throws VoxelVolumeError "invalid-option" for an unknown name or an invalid colour. */
export function checkColormap(colormap: string): void {
  if (colormap.startsWith("#")) parseColors(colormap);
  else if (!COLORMAPS.includes(baseName(colormap))) {
    throw new VoxelVolumeError(
      "invalid-option",
      `colormap "${colormap}" is unknown; there are ${COLORMAPS.join(", ")}, and each with _r for reversed; or give colours, as in "#000 #f00 #fff"`,
    );
  }
}

function baseName(colormap: string): string {
  return colormap.replace(/_r$/, "");
}

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The 256 colours of a map, opaque, with red in the lowest byte (WGSL's `unpack4x8unorm` order).
 * @param colormap a name of `COLORMAPS`, optionally with `_r`; or two or more colours, `#rgb` or `#rrggbb`, separated
 * by spaces or commas, which are spaced evenly over the palette and interpolated linearly.
 * @throws VoxelVolumeError as `checkColormap`; Error for a map that `loadColormap` has not loaded.
 */
export function palette(colormap: string): Uint32Array<ArrayBuffer> {
  checkColormap(colormap);
  if (colormap.startsWith("#")) return packed(interpolated(parseColors(colormap)));
  const name = baseName(colormap);
  const table = tables[name];
  if (!table) throw new Error(`the colour map ${name} has not been fetched`);
  const colors = packed(table.includes(" ") ? interpolated(table.split(" ").map(rgb)) : summed(table));
  return name === colormap ? colors : colors.reverse();
}

/** A palette colour as CSS. */
export function cssOf(color: number): string {
  return `rgb(${color & 255} ${(color >>> 8) & 255} ${(color >>> 16) & 255})`;
}

function parseColors(text: string): Rgb[] {
  const colors = text.split(/\s*,\s*|\s+/);
  if (colors.length < 2 || !colors.every((color) => /^#([\da-f]{3}|[\da-f]{6})$/i.test(color))) {
    throw new VoxelVolumeError(
      "invalid-option",
      `colormap "${text}": expected two or more colours, #rgb or #rrggbb, as in "#000 #f00 #fff"`,
    );
  }
  return colors.map((color) => rgb(color.length === 4 ? color.replace(/[\da-f]/gi, "$&$&") : color));
}

/** The levels of RRGGBB, with or without #. */
function rgb(hex: string): Rgb {
  const n = Number.parseInt(hex.replace("#", ""), 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}

/** As matplotlib's `LinearSegmentedColormap.from_list`. */
function interpolated(colors: readonly Rgb[]): Rgb[] {
  return Array.from({ length: 256 }, (_, i) => {
    const at = (i * (colors.length - 1)) / 255;
    const low = Math.min(Math.floor(at), colors.length - 2);
    const mix = (c: number) =>
      Math.round(colors[low][c] + (at - low) * (colors[low + 1][c] - colors[low][c]));
    return [mix(0), mix(1), mix(2)];
  });
}

/** Colours from a table of steps between them: see colormap-tables.ts. */
function summed(table: string): Rgb[] {
  const colors = [rgb(table.slice(0, 6))];
  const step = (i: number) => Number.parseInt(table[6 + i], 36) - 17;
  for (let i = 0; i < 255; i++) {
    const [red, green, blue] = colors[i];
    colors.push([red + step(i), green + step(255 + i), blue + step(510 + i)]);
  }
  return colors;
}

/** Packs colours for the GPU: see `palette`. */
export function packed(colors: readonly Rgb[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(
    colors,
    ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0,
  );
}
