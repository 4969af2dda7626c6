/** Cut: the result of flip, crop and clip plane for a grid, in voxels of the stored array. */

import { cropRange, type PipelineSettings } from "../../options/settings.ts";
import type { Vec3 } from "../../volume.ts";

/** Margin for removing voxel centres that lie on the clip plane despite f32 rounding, in lengths of the normal. */
const ON_PLANE = 1e-6;

export interface Cut {
  /** The crop in the stored array, from `low` to `high` (exclusive). */
  readonly low: Vec3;
  readonly high: Vec3;
  readonly flip: PipelineSettings["flip"];
  /** Low corner and shape of the crop in the flipped array. */
  readonly first: Vec3;
  readonly dims: Vec3;
  /** Voxels with dot(index + 0.5, clip.xyz) + clip.w > margin are kept. */
  readonly clip: readonly [number, number, number, number];
  readonly margin: number;
  /** Whether nothing is removed. */
  readonly isWhole: boolean;
}

export function cutOf(
  dims: Vec3,
  { flip, crop, clip }: Pick<PipelineSettings, "flip" | "crop" | "clip">,
): Cut {
  const ranges = dims.map((n, axis) => cropRange(crop[axis], n));
  const stored = ranges.map(([first, end], axis) =>
    flip[axis] ? [dims[axis] - end, dims[axis] - first] : [first, end],
  );
  const triple = (of: (axis: number) => number) => [of(0), of(1), of(2)] as const;
  // The plane is given in fractions of the box, where a flipped axis runs from 1 to 0.
  const normal = triple((axis) => clip?.[axis] ?? 0);
  const steps = triple((axis) => ((flip[axis] ? -1 : 1) * normal[axis]) / dims[axis]);
  const offset = triple((axis) => (flip[axis] ? normal[axis] : 0)).reduce((a, b) => a + b, clip?.[3] ?? 1);
  return {
    low: triple((axis) => stored[axis][0]),
    high: triple((axis) => stored[axis][1]),
    flip,
    first: triple((axis) => ranges[axis][0]),
    dims: triple((axis) => ranges[axis][1] - ranges[axis][0]),
    clip: [...steps, offset],
    margin: clip ? ON_PLANE * Math.hypot(...normal) : 0,
    isWhole: !clip && ranges.every(([first, end], axis) => first === 0 && end === dims[axis]),
  };
}
