/** Numbers in words: values, lengths and voxels as people read them. */

import type { Vec3, Volume } from "../volume.ts";
import { valueAt } from "./values.ts";

/** A value as text: whole numbers in full, others with five significant digits. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return "missing";
  const short = Number.isInteger(value) && Math.abs(value) < 1e9 ? value : Number(value.toPrecision(5));
  return String(short).replaceAll("-", "−");
}

/** Three numbers with a cross between them, as in "157 × 189 × 68". */
export function formatDims(dims: Vec3): string {
  return dims.map((n) => formatValue(Number(n.toPrecision(4)))).join(" × ");
}

/** Where a voxel is, in voxels and in mm, and its value: "x 78, y 94, z 5 · 1.5, −20, 8 mm · 812". */
export function describeVoxel(volume: Volume, voxel: Vec3): string {
  const [nx, ny] = volume.dims;
  const value = valueAt(volume, (voxel[2] * ny + voxel[1]) * nx + voxel[0]);
  const place = ["x", "y", "z"].map((name, axis) => `${name} ${voxel[axis]}`).join(", ");
  const mm = positionOf(volume, voxel).map((length) => formatValue(Math.round(length * 10) / 10 + 0));
  return `${place} · ${mm.join(", ")} mm · ${formatValue(value)}`;
}

/** A voxel's centre in mm. */
function positionOf({ affine }: Volume, voxel: Vec3): number[] {
  return [0, 4, 8].map(
    (row) =>
      affine[row] * voxel[0] + affine[row + 1] * voxel[1] + affine[row + 2] * voxel[2] + affine[row + 3],
  );
}

/** Round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`, about `count` of them. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
