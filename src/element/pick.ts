/** Finds what is visible at a point of the window. */

import type { PickedVoxel } from "../engine/grid.ts";
import { positionOf } from "../options/describe.ts";
import type { Label } from "../options/labels.ts";
import { valueAt } from "../values/value-at.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";
import type { Picked } from "./api-types.ts";
import type { Ready } from "./canvas/canvas-renderer.ts";

export { describeVoxel } from "../options/describe.ts";

/** The voxel that is visible at a point of the window; undefined if there is none. */
export async function pickAt(
  { renderer, loaded: { volume }, settings }: Ready,
  canvas: HTMLCanvasElement,
  [clientX, clientY]: readonly [number, number],
  labels: () => Promise<readonly Label[]>,
): Promise<Picked | undefined> {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const point = [(clientX - left) / width, (clientY - top) / height] as const;
  if (!point.every((part) => part >= 0 && part < 1)) return undefined;
  const picked = await renderer.pick(volume, settings, point);
  return picked ? pickedAt(volume, picked, await labels()) : undefined;
}

export async function pickedAt(
  volume: ScalarImage,
  { index, cell = index, level }: PickedVoxel,
  labels: readonly Label[] = [],
): Promise<Picked> {
  const value = await valueAt(volume, cell, level);
  const label = labels.find((label) => label.value === value);
  return { index, mm: positionOf(volume, index) as unknown as Vec3, value, ...(label && { label }) };
}
