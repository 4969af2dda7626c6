/** Sizes and positions of the levels of an image, from OME-Zarr's transformations. */
import type { Level, Vec3 } from "../../volume.ts";
import { damaged } from "../util/damaged.ts";
import type { ArrayInfo } from "./array-metadata.ts";
import type { Axes } from "./axes.ts";
import { listOf, numbersOf, objectOf } from "./json.ts";

/** Maps the index of a voxel to a position: `index * scale + translation`, for each axis of the array. */
export interface Transform {
  readonly scale: readonly number[];
  readonly translation: readonly number[];
  /** True if the metadata of the level itself give a scale. */
  readonly hasScale: boolean;
}

/** The transformations of a list, one after the other. Throws `corrupt-file` for others than OME-Zarr's. */
export function transformOf(name: string, list: unknown, length: number): Transform {
  let scale: readonly number[] = Array(length).fill(1);
  let translation: readonly number[] = Array(length).fill(0);
  let hasScale = false;
  for (const one of listOf(list).map(objectOf)) {
    if (one.type === "identity") continue;
    const numbers = numbersOf(one[`${one.type}`], length);
    if (one.type === "scale" && numbers?.every((n) => n > 0)) {
      scale = scale.map((s, i) => s * numbers[i]);
      translation = translation.map((t, i) => t * numbers[i]);
      hasScale = true;
    } else if (one.type === "translation" && numbers) {
      translation = translation.map((t, i) => t + numbers[i]);
    } else throw damaged(name, `claims the transformation ${JSON.stringify(one).slice(0, 80)}`);
  }
  return { scale, translation, hasScale };
}

/** The transformation `after`, applied to the result of `first`. */
export function combined(first: Transform, after: Transform): Transform {
  return {
    scale: first.scale.map((s, i) => s * after.scale[i]),
    translation: first.translation.map((t, i) => t * after.scale[i] + after.translation[i]),
    hasScale: first.hasScale,
  };
}

/** The values of a list for x, y and z; `other` where the array has no such axis. */
export function spatial<T>(list: readonly T[], { x, y, z }: Axes, other: T): readonly [T, T, T] {
  const at = (axis: number | undefined) => (axis === undefined ? other : list[axis]);
  return [at(x), at(y), at(z)];
}

/** Lengths of an array along x, y, z. */
export const dimsOf = (info: ArrayInfo, axes: Axes): Vec3 => spatial(info.shape, axes, 1);

/**
 * The levels of an image, relative to the first. Centres of voxels are where the transformations put them; without a
 * scale, a level covers the same box as the first.
 */
export function levelsOf(
  arrays: readonly ArrayInfo[],
  axes: Axes,
  transforms: readonly Transform[],
): Level[] {
  const dims = dimsOf(arrays[0], axes);
  const scale0 = spatial(transforms[0].scale, axes, 1);
  const translation0 = spatial(transforms[0].translation, axes, 0);
  return arrays.map((info, level) => {
    const own = dimsOf(info, axes);
    if (level === 0) return { dims: own };
    const { hasScale, ...transform } = transforms[level];
    if (!hasScale) return { dims: own, scale: mapVec3((i) => dims[i] / own[i]) };
    const [scales, translation] = [
      spatial(transform.scale, axes, 1),
      spatial(transform.translation, axes, 0),
    ];
    const scale = mapVec3((i) => scales[i] / scale0[i]);
    const origin = mapVec3((i) => (translation[i] - translation0[i]) / scale0[i] - scale[i] / 2 + 1 / 2);
    return { dims: own, scale, origin };
  });
}

/** Size of the voxels of the first level and centre of its first voxel, in mm or, without units, in those of the file. */
export function placeOf(
  axes: Axes,
  { scale, translation }: Transform,
): { spacing: Vec3; corner: Vec3; unitless: boolean } {
  const units = spatial(axes.mm, axes, undefined);
  const unit = units.find(Boolean);
  const mm = units.map((own) => own ?? unit ?? 1);
  // A single slice is as thick as its pixels are wide.
  const width = scale[axes.x as number];
  const scales = spatial(scale, axes, width);
  const corner = spatial(translation, axes, 0);
  return {
    spacing: mapVec3((i) => scales[i] * mm[i]),
    corner: mapVec3((i) => corner[i] * mm[i]),
    unitless: unit === undefined,
  };
}

export function mapVec3(value: (axis: 0 | 1 | 2) => number): Vec3 {
  return [value(0), value(1), value(2)];
}
