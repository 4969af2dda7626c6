/** Layout of the colour bar beside a picture, or of the legend of its labels. */

import type { Label } from "../options/labels.ts";
import { colorEntry, drawnValue, type ValueScale } from "../options/value-scale.ts";
import { inEnglish, type Say } from "../texts.ts";
import { halfSize } from "./labels.ts";
import { roundStep, type Tick, ticks, valueText } from "./scale.ts";

/** A colour map as drawn, from the bottom to the top. */
export interface ColorBar {
  readonly kind: "bar";
  /** Name of the values, if it is known. */
  readonly title: string;
  /** rgba8unorm, with alpha 0 for colours that are not drawn. */
  readonly colors: Uint32Array;
  /** Ticks, with texts in data units. */
  readonly ticks: readonly Tick[];
}

/** Labels with their colours. */
export interface Legend {
  readonly kind: "legend";
  readonly title: string;
  readonly entries: readonly { readonly text: string; readonly color: Label["color"] }[];
}

/** A bar or a legend with its position. Lengths are in CSS pixels. */
export interface PlacedColorBar {
  readonly content: ColorBar | Legend;
  /** Language of the texts. */
  readonly say: Say;
  readonly fontSize: number;
  /** Width of the strip that it occupies beside the picture. */
  readonly width: number;
  readonly height: number;
}

/** Number of colours in a bar. */
const STEPS = 256;
/** Approximate number of ticks. */
const TICKS = 6;
/** Width of the bar, in em. */
export const BAR_EMS = 1.2;
/** Free space at each side of the bar, in em. */
export const MARGIN_EMS = 0.8;
/** Distance from the bar to the texts of its ticks, in em. */
export const TICK_EMS = 0.5;
/** Line height, in em. */
export const LINE_EMS = 1.5;
/** Maximum length of the bar, in em. */
export const LONGEST_EMS = 24;
/** Maximum length of the bar, as a fraction of the height. */
export const BAR_PART = 0.8;
/** Maximum width of the strip, as a fraction of the picture. */
const WIDEST = 0.5;
/** Texts longer than this, in em, are truncated. */
const LONGEST_TEXT_EMS = 14;
/** Maximum height of a legend, as a fraction of the picture. */
const LEGEND_PART = 0.9;

/** The colour bar of a scale, with a palette of 256 colours. */
export function colorBar(scale: ValueScale, palette: Uint32Array, unit = ""): ColorBar {
  const [low, high] = barEnds(scale);
  const at = (value: number) => drawnValue(scale, value).color;
  const isSigned = scale.kind === "signed";
  const colors = Uint32Array.from({ length: STEPS }, (_, i) => {
    // The strongest value of a colour. If it is drawn, some voxels can have this colour.
    const strongest = (i < STEPS / 2 ? i : i + 1) / STEPS;
    const isDrawn = !isSigned || drawnValue(scale, signedValue(scale, strongest)).alpha > 0;
    return isDrawn ? palette[colorEntry((i + 0.5) / STEPS)] : 0;
  });
  const ends = [low, high].map((value) => endTick(value, high - low, at(value)));
  return { kind: "bar", title: unit, colors, ticks: spread([...ends, ...roundTicks(low, high, at)]) };
}

/** The value of a position on the colours of a signed scale. */
function signedValue({ window: [low, high] }: ValueScale, color: number): number {
  return color < 0.5 ? (1 - 2 * color) * low : (2 * color - 1) * high;
}

/** The values at which the colours start and stop changing. */
function barEnds(scale: ValueScale): readonly [number, number] {
  const [low, high] = scale.window;
  if (scale.kind === "signed") return scale.window;
  const edge = (isBefore: (color: number) => boolean) => {
    let [a, b] = [low, high];
    for (let i = 0; i < 60; i++) {
      const middle = a / 2 + b / 2;
      if (isBefore(drawnValue(scale, middle).color)) a = middle;
      else b = middle;
    }
    return b;
  };
  const { color } = drawnValue(scale, high);
  return [edge((c) => c <= 0), edge((c) => c < color)];
}

function endTick(value: number, range: number, at: number): Tick {
  const step = range > 0 ? 10 ** Math.floor(Math.log10(range / 100)) : Math.abs(value) || 1;
  return { at, text: valueText(Math.round(value / step) * step, step) };
}

function roundTicks(low: number, high: number, at: (value: number) => number): Tick[] {
  if (!(high > low)) return [];
  const step = roundStep((high - low) / TICKS, false);
  return ticks({ title: "", ends: [low, high], whole: false }, step).map((tick) => ({
    ...tick,
    at: at(low + tick.at * (high - low)),
  }));
}

/** The marks that do not collide with an earlier one. */
function spread(marks: readonly Tick[]): Tick[] {
  const kept: Tick[] = [];
  for (const mark of marks) {
    if (kept.every(({ at }) => Math.abs(at - mark.at) > 1 / (2 * TICKS))) kept.push(mark);
  }
  return kept;
}

/** The legend of the labels that are shown. A mask with several values has one entry for all of them. */
export function legend(labels: readonly Label[], isMask = false, unit = "", say: Say = inEnglish): Legend {
  const shown = labels.filter(({ shown, count }) => shown && count > 0);
  const entries = shown.map(({ value, name, color }) => ({ text: name ?? String(value), color }));
  const one = { text: say("{count} values", { count: entries.length }), color: entries[0]?.color };
  return { kind: "legend", title: unit, entries: isMask && entries.length > 1 ? [one] : entries };
}

/** Places a bar or a legend beside a picture. The strip's width is subtracted from the picture's. */
export function placeColorBar(
  content: ColorBar | Legend,
  width: number,
  height: number,
  fontSize: number,
  say: Say = inEnglish,
): PlacedColorBar {
  const { title } = content;
  const texts =
    content.kind === "bar"
      ? content.ticks.map(({ text }) => text)
      : legendTexts(content, height, fontSize, say);
  const longest = Math.max(0, ...[...texts, title].map((text) => 2 * halfSize(text, fontSize)[0]));
  const text = Math.min(longest, LONGEST_TEXT_EMS * fontSize);
  const wanted = text + (BAR_EMS + TICK_EMS + 2 * MARGIN_EMS) * fontSize;
  return { content, say, fontSize, width: Math.ceil(Math.min(wanted, WIDEST * width)), height };
}

/** The number of legend entries that fit. If not all fit, one line is reserved for the text about the others. */
export function fittingEntries({ entries, title }: Legend, height: number, fontSize: number): number {
  const lines = Math.max(2, Math.floor((LEGEND_PART * height) / (LINE_EMS * fontSize)) - (title ? 1 : 0));
  return entries.length > lines ? lines - 1 : entries.length;
}

/** Text about the entries that do not fit. */
export function restText(count: number, say: Say): string {
  return say("… {count} more", { count });
}

function legendTexts(content: Legend, height: number, fontSize: number, say: Say): string[] {
  const { entries } = content;
  const fitting = fittingEntries(content, height, fontSize);
  const texts = entries.slice(0, fitting).map(({ text }) => text);
  return fitting < entries.length ? [...texts, restText(entries.length - fitting, say)] : texts;
}

/** Maximum number of labels that the description of a legend lists. */
const LISTED = 20;

/** Describes a bar or a legend in words, for screen readers. */
export function describeColorBar(content: ColorBar | Legend, say: Say = inEnglish): string {
  const { title } = content;
  if (content.kind === "legend") {
    const { entries } = content;
    const listed = entries.slice(0, LISTED).map(({ text }) => text);
    const rest = entries.length - listed.length;
    const all = listed.join(", ");
    const labels = rest > 0 ? say("{labels}, and {count} more", { labels: all, count: rest }) : all;
    return title
      ? say("Legend, {unit}: {labels}", { unit: title, labels })
      : say("Legend: {labels}", { labels });
  }
  const [low, high] = content.ticks;
  const ends = { low: low?.text ?? "", high: high?.text ?? low?.text ?? "" };
  return title
    ? say("Colour bar, {unit}: {low} to {high}", { unit: title, ...ends })
    : say("Colour bar: {low} to {high}", ends);
}
