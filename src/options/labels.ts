/** The labels of a volume: which values are labels, their colours and names, and which are shown. */

import type { ValueProfile } from "../values/value-profile.ts";
import { packed, palette, type Rgb } from "./colormaps.ts";
import { isLabel, isMasked } from "./kinds.ts";

import type { DrawnSettings, LabelRanges } from "./settings.ts";

export interface Label {
  readonly value: number;
  readonly name?: string;
  /** 0 to 255. */
  readonly color: Rgb;
  readonly shown: boolean;
  /** True if it is shown if neither `only` nor `hide` mentions it. */
  readonly shownByDefault: boolean;
  /** Number of voxels with the label. */
  readonly count: number;
}

/** matplotlib's tab20, strong colours first, so that a few labels differ in hue. */
const TAB20: readonly number[] = [
  ...[0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf],
  ...[0xaec7e8, 0xffbb78, 0x98df8a, 0xff9896, 0xc5b0d5, 0xc49c94, 0xf7b6d2, 0xc7c7c7, 0xdbdb8d, 0x9edae5],
];
/** Colour of a mask; light, which makes the shading visible. */
const MASK_COLOR: Rgb = [0x35, 0xb7, 0x79];
/** Range of the lightness of further labels (OKLCH), which have all hues. */
const LIGHTNESS = [0.4, 0.9] as const;
/** Range of the chroma of further labels (OKLCH). */
const CHROMA = [0.08, 0.2] as const;
/** Steps of hue, lightness and chroma: the R3 sequence (Roberts, 2018), whose members are well separated. */
const R3 = [1, 2, 3].map((power) => 1.2207440846057596 ** -power);
/** Start of the sequence, chosen so that its first colours also differ from tab20. */
const R3_START = 350;

/**
 * One label for each level of a volume's profile, including background levels. `number`: labels that come before these,
 * for their colours.
 */
export function labelsOf(
  profile: ValueProfile,
  {
    kind,
    labels: table,
    only,
    hide,
    colormap,
  }: Pick<DrawnSettings, "kind" | "labels" | "only" | "hide" | "colormap">,
  number = 0,
): Label[] {
  const { values, counts } = profile.levels;
  const isShape = kind === "mask" ? isMasked(profile) : isLabel(profile);
  const colors = colormap === "labels" ? undefined : palette(colormap);
  const total = kind === "mask" ? 1 : values.filter(isShape).length;
  let at = number;
  return Array.from(values, (value, level) => {
    const entry = table?.get(value);
    const shownByDefault = isShape(value, level) && !entry?.hidden;
    const isWanted = only ? isIn(only, value) : shownByDefault;
    const plain = kind === "mask" ? MASK_COLOR : labelColor(at);
    const own = colors ? mapColor(colors, at, total) : plain;
    // A mask has one colour, regardless of its values.
    if (kind === "labels" && isShape(value, level)) at++;
    return {
      value,
      name: entry?.name,
      color: entry?.color ?? own,
      shown: isWanted && !isIn(hide, value),
      shownByDefault,
      count: counts[level],
    };
  });
}

/** The colours of labels as a palette for the GPU: see `palette`. */
export function labelPalette(labels: readonly Label[]): Uint32Array<ArrayBuffer> {
  return packed(labels.map(({ color }) => color));
}

function isIn(ranges: LabelRanges, value: number): boolean {
  return ranges.some(([first, last]) => value >= first && value <= last);
}

function mapColor(colors: Uint32Array, number: number, total: number): Rgb {
  const color = colors[total > 1 ? Math.round((255 * number) / (total - 1)) : 255];
  return [color & 255, (color >>> 8) & 255, (color >>> 16) & 255];
}

/** The colour of the n-th label. */
export function labelColor(number: number): Rgb {
  if (number < TAB20.length) {
    const rgb = TAB20[number];
    return [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
  }
  const [hue, lightness, chroma] = R3.map((step) => ((number + R3_START) * step) % 1);
  return oklch(between(LIGHTNESS, lightness), between(CHROMA, chroma), 2 * Math.PI * hue);
}

function between([low, high]: readonly [number, number], part: number): number {
  return low + part * (high - low);
}

/** sRGB of an OKLCH colour (Ottosson, A perceptual color space for image processing, 2020), clipped. */
function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((x) => {
    const clipped = Math.min(Math.max(x, 0), 1);
    const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(255 * encoded);
  }) as unknown as Rgb;
}
