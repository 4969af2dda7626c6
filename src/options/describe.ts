/** Descriptions of voxels: position, value and label as text. */

import { inEnglish, type Say } from "../texts.ts";
import type { ScalarImage, Vec3 } from "../volume.ts";
import { formatValue } from "./format-value.ts";

/** Three numbers separated by crosses, as in "157 × 189 × 68". */
export function formatDims(dims: Vec3): string {
  return dims.map((n) => formatValue(Number(n.toPrecision(4)))).join(" × ");
}

/**
 * The position of a voxel (in voxels and, if the volume has lengths, in mm), its value (NaN if missing) and its label:
 * "x 78, y 94, z 5 · 1.5, −20, 8 mm · 17 Hippocampus".
 */
export function describeVoxel(
  volume: Pick<ScalarImage, "affine" | "unitless">,
  voxel: Vec3,
  value: number,
  labels: readonly { readonly value: number; readonly name?: string }[] = [],
  say: Say = inEnglish,
): string {
  const place = ["x", "y", "z"].map((name, axis) => `${name} ${voxel[axis]}`).join(", ");
  const mm = positionOf(volume, voxel).map((length) => formatValue(Math.round(length * 10) / 10 + 0));
  const name = labels.find((label) => label.value === value)?.name;
  const world = volume.unitless ? "" : `${mm.join(", ")} mm · `;
  const told = Number.isNaN(value) ? say("missing") : formatValue(value);
  return `${place} · ${world}${told}${name ? ` ${name}` : ""}`;
}

/** A voxel's centre in mm. */
export function positionOf({ affine }: Pick<ScalarImage, "affine">, voxel: Vec3): number[] {
  return [0, 4, 8].map(
    (row) =>
      affine[row] * voxel[0] + affine[row + 1] * voxel[1] + affine[row + 2] * voxel[2] + affine[row + 3],
  );
}
