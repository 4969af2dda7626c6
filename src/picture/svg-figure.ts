/** A figure as SVG: texts as text, lines as lines, each view as a PNG in it. */

import type { Figure, FigurePanel } from "./figure.ts";
import { FILE_FONT, fontRules } from "./figure-font.ts";
import { paintFigure } from "./paint-figure.ts";
import { SvgContext } from "./svg-context.ts";

/**
 * An SVG file with the figure's font in it. Its size is in inches if there are `dpi` pixels per inch, else in pixels.
 * Browsers use the included font; other programs the machine's DejaVu Sans or Verdana.
 */
export function svgFile(figure: Figure, dpi?: number): Blob {
  const element = svgFigure(figure, FILE_FONT);
  // A little less, because programs round the number of pixels up.
  const length = (pixels: number) =>
    dpi ? `${Math.ceil((pixels / dpi) * 1e5 - 1) / 1e5}in` : String(pixels);
  element.setAttribute("width", length(figure.width));
  element.setAttribute("height", length(figure.height));
  const style = document.createElementNS(element.namespaceURI, "style");
  style.textContent = fontRules();
  element.prepend(style);
  return new Blob([new XMLSerializer().serializeToString(element)], { type: "image/svg+xml" });
}

/** The figure as an SVG element, in CSS pixels. `font`: CSS font families. */
export function svgFigure(figure: Figure, font: string): SVGSVGElement {
  const { width, height, scale } = figure;
  const context = new SvgContext(width / scale, height / scale);
  const picture = ({ pixels }: FigurePanel, left: number, top: number) =>
    context.image(dataUrl(pixels), left, top, pixels.width / scale, pixels.height / scale);
  paintFigure(context, figure, { scale: 1, font, picture });
  return context.element;
}

/** Pixels as the data URL of a PNG. */
function dataUrl(pixels: ImageData): string {
  const canvas = document.createElement("canvas");
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas.toDataURL("image/png");
}
