/// <reference path="./font.d.ts" />

/**
 * The font of figures: DejaVu Sans, as in matplotlib's pictures. It is included, so that a figure looks the same on
 * every machine. Characters that it lacks come from the machine's own fonts.
 */

import regular from "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2";
import bold from "@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff2";

/** The included font files, base64. Bold has letters and digits only. */
const FACES = [
  { weight: "normal", base64: regular },
  { weight: "bold", base64: bold },
] as const;

/** Name of the included font among the page's fonts, where it does not replace one of the same machine. */
const LOADED_NAME = "voxel-volume DejaVu Sans";

/** Font families for canvases in a page that has called `loadFigureFont`. */
export const FIGURE_FONT = `"${LOADED_NAME}", "DejaVu Sans", Verdana, sans-serif`;

/** Font families for files. Verdana has nearly the same widths, for programs that ignore fonts in a file. */
export const FILE_FONT = `"DejaVu Sans", Verdana, sans-serif`;

/** CSS rules that define the included font as DejaVu Sans, for a file of its own. */
export function fontRules(): string {
  return FACES.map(
    ({ weight, base64 }) =>
      `@font-face{font-family:"DejaVu Sans";font-weight:${weight};src:url(data:font/woff2;base64,${base64})}`,
  ).join("");
}

let loading: Promise<void> | undefined;

/** Adds the included font to the fonts of the page, for canvases. */
export function loadFigureFont(): Promise<void> {
  loading ??= addFaces();
  return loading;
}

async function addFaces(): Promise<void> {
  for (const { weight, base64 } of FACES) {
    // Given as bytes, because a content security policy may forbid fonts from data URLs.
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    document.fonts.add(await new FontFace(LOADED_NAME, bytes, { weight }).load());
  }
}
