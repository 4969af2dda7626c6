/** Paints a figure on a 2-D context. */

import { paintAnnotations } from "../axes/annotations.ts";
import type { Context } from "../axes/context.ts";
import { type AxesStyle, paintAxes } from "../axes/index.ts";
import { FOOT } from "../axes/paint.ts";
import { paintColorBar } from "../axes/paint-color-bar.ts";
import type { Figure, FigurePanel } from "./figure.ts";
import { TITLE_EMS, TITLE_LINE_EMS } from "./title.ts";

/** Font size of letters, in em, and distance of their centres from the panel's corner. */
const LETTER_EMS = 1.4;
const LETTER_INSET_EMS = 1.1;

/** Style of a painted figure. */
export interface FigurePainting {
  /** Units of the context per CSS pixel. */
  readonly scale: number;
  /** CSS font families. */
  readonly font: string;
  /** Paints the pixels of a panel with their upper left corner at a point. */
  picture(panel: FigurePanel, left: number, top: number): void;
}

/** Paints over the context from its upper left corner. */
export function paintFigure(
  context: Context,
  figure: Figure,
  { scale, font, picture }: FigurePainting,
): void {
  const { background, ink, halo, title, panels, fontSize: em } = figure;
  const style: AxesStyle = { ink, scale, font, pixel: 1 / figure.scale };
  /** A length in pixels of the figure, in units of the context. */
  const units = (pixels: number) => (pixels / figure.scale) * scale;
  const [red, green, blue, alpha] = background.map((part, i) => (i < 3 ? Math.round(255 * part) : part));
  if (alpha > 0) {
    context.save();
    context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
    context.globalAlpha = alpha;
    context.fillRect(0, 0, units(figure.width), units(figure.height));
    context.restore();
  }
  for (const panel of panels) {
    const { axes, annotations, bar, letter, pixels } = panel;
    const [left, top] = [units(panel.left), units(panel.top)];
    context.save();
    context.translate(left, top);
    if (axes) paintAxes(context, axes, style);
    context.restore();
    picture(panel, left, top);
    context.save();
    context.translate(left, top);
    const frame = {
      left: 0,
      top: 0,
      width: pixels.width / figure.scale,
      height: pixels.height / figure.scale,
    };
    paintAnnotations(context, annotations, frame, { ...style, halo });
    if (bar) paintColorBar(context, bar, pixels.width / figure.scale, style);
    if (letter) {
      const at = LETTER_INSET_EMS * em * scale;
      paintText(
        context,
        letter,
        [at, at],
        LETTER_EMS * em * scale,
        `bold ${LETTER_EMS * em * scale}px ${font}`,
        ink,
      );
    }
    context.restore();
  }
  for (const [i, line] of title.entries()) {
    const at = [units(figure.width) / 2, (i + 0.5) * TITLE_LINE_EMS * em * scale] as const;
    const size = TITLE_EMS * em * scale;
    paintText(context, line, at, size, `${size}px ${font}`, ink);
  }
}

/** Paints a text with its centre at a point. */
function paintText(
  context: Context,
  text: string,
  [x, y]: readonly [number, number],
  size: number,
  font: string,
  ink: string,
): void {
  context.font = font;
  context.fillStyle = ink;
  context.textAlign = "center";
  context.fillText(text, x, y + FOOT * size);
}
