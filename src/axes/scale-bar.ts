/** Layout of the scale bar: a line of a round length, as long as that length is in the plane through the camera's target. */

import { cameraWindow } from "../options/camera.ts";
import { boxExtent, type DrawnSettings } from "../options/settings.ts";
import { inEnglish, type Say } from "../texts.ts";
import { type Grid, valueText } from "./scale.ts";

/** A scale bar. */
export interface ScaleBar {
  /** Length of the line, in CSS pixels. */
  readonly pixels: number;
  /** Length that it stands for, as in "50 mm". */
  readonly text: string;
}

/** Approximate length of the bar, as a fraction of the picture's width. */
const PART = 1 / 5;
/** Lengths are these numbers times a power of ten. */
const ROUND = [1, 2, 5, 10];
/** Maximum difference between the axes' lengths of a box unit, as a fraction, with which one bar is right for all. */
const ALIKE = 1e-3;
/** Units of length in mm, and the lengths in mm from which they are used. */
const UNITS = [
  { unit: "km", mm: 1e6, from: 1e6 },
  { unit: "m", mm: 1e3, from: 1e3 },
  { unit: "cm", mm: 10, from: 100 },
  { unit: "mm", mm: 1, from: 1 },
  { unit: "µm", mm: 1e-3, from: 1e-3 },
  { unit: "nm", mm: 1e-6, from: 0 },
];

/**
 * The scale bar of a picture. In perspective it is right in the plane through the camera's target: what is nearer looks
 * larger.
 * @param width Width and height are in CSS pixels.
 * @returns undefined if a length looks different along each axis, as it does in a cube that was made of another box.
 */
export function scaleBarFor(
  { aspect, camera }: Pick<DrawnSettings, "aspect" | "camera">,
  volume: Grid,
  width: number,
  height: number,
  say: Say = inEnglish,
): ScaleBar | undefined {
  const perBoxUnit = lengthOfBoxUnit(aspect, volume);
  if (!perBoxUnit || width === 0 || height === 0) return undefined;
  const perPixel = (perBoxUnit * 2 * cameraWindow(camera, width, height).half[0]) / width;
  const length = roundLength(PART * width * perPixel);
  return { pixels: length / perPixel, text: lengthText(length, volume, say) };
}

/** Length of a side of the unit cube in the volume's unit; undefined if the axes differ. */
function lengthOfBoxUnit(aspect: DrawnSettings["aspect"], { dims, spacing }: Grid): number | undefined {
  const extent = boxExtent(aspect, dims, spacing);
  const lengths = dims.map((n, axis) => (n * spacing[axis]) / extent[axis]);
  const longest = Math.max(...lengths);
  return longest - Math.min(...lengths) <= ALIKE * longest ? longest : undefined;
}

/** The round length whose ratio to `length` is closest to 1. */
function roundLength(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length));
  const misfit = (factor: number) => Math.abs(Math.log((factor * power) / length));
  return power * ROUND.reduce((best, factor) => (misfit(factor) < misfit(best) ? factor : best));
}

/** A length with its unit. Coordinates of explicit voxels have no unit, unless they count voxels. */
function lengthText(length: number, { unitless, bounds, dims }: Grid, say: Say): string {
  const countsVoxels = bounds
    ? bounds[0].every((low) => low === 0) && `${bounds[1]}` === `${dims}`
    : unitless;
  if (countsVoxels) return length === 1 ? say("1 voxel") : say("{count} voxels", { count: plain(length) });
  if (bounds) return plain(length);
  // A power of ten as a product may be slightly too small.
  const { unit, mm } = UNITS.find(({ from }) => length > 0.999 * from) ?? UNITS[UNITS.length - 1];
  return `${plain(length / mm)} ${unit}`;
}

/** A round number without superfluous decimals. */
const plain = (length: number) => valueText(length, length);
