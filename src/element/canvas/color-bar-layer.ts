/** The colour bar, or the legend of labels, as a layer beside the picture. */

import { barContent } from "../../axes/bar-content.ts";
import { describeColorBar, type PlacedColorBar, placeColorBar } from "../../axes/color-bar.ts";
import { axesFontSize, LARGEST_FONT } from "../../axes/index.ts";
import { paintColorBar } from "../../axes/paint-color-bar.ts";
import type { DrawnSettings } from "../../options/settings.ts";
import type { ValueScale } from "../../options/value-scale.ts";
import type { Say } from "../../texts.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { ScalarImage } from "../../volume.ts";

/** What a colour bar describes: a volume and how it is drawn. */
export interface BarSubject {
  readonly volume: ScalarImage;
  readonly profile: ValueProfile;
  readonly settings: DrawnSettings;
  readonly scale: ValueScale;
  /** Translates the bar's texts. */
  readonly say: Say;
}

/** The colour bar of an element; the size in CSS pixels is that of the picture and the bar together. */
async function placedBar(
  { volume, profile, settings, scale, say }: BarSubject,
  width: number,
  height: number,
): Promise<PlacedColorBar | undefined> {
  const content = await barContent(scale, settings, profile, volume, say);
  const fontSize = Math.min(LARGEST_FONT, axesFontSize(width, height));
  return content && placeColorBar(content, width, height, fontSize, say);
}

/**
 * Paints a colour bar at the right of the element that contains `canvas`, in its CSS `color`.
 * @returns the width of the strip that the bar takes, in CSS pixels.
 */
export async function paintBarLayer(canvas: HTMLCanvasElement, subject: BarSubject): Promise<number> {
  const { clientWidth = 0, clientHeight = 0 } = canvas.parentElement ?? {};
  const bar = clientWidth > 0 ? await placedBar(subject, clientWidth, clientHeight) : undefined;
  const scale = devicePixelRatio;
  canvas.width = Math.round((bar?.width ?? 0) * scale);
  canvas.height = Math.round(clientHeight * scale);
  canvas.style.width = `${bar?.width ?? 0}px`;
  if (!bar) return 0;
  canvas.ariaHidden = null;
  canvas.ariaLabel = describeColorBar(bar.content, subject.say);
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  paintColorBar(context, bar, 0, { ink: getComputedStyle(canvas).color, scale });
  return bar.width;
}
