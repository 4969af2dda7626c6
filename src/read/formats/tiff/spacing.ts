/** Computes voxel sizes from XResolution, YResolution and descriptions. */

import type { ReadNote, Vec3 } from "../../../volume.ts";
import { mmOf } from "../../util/length-units.ts";
import type { Length, Lengths } from "./description.ts";
import { type Directory, TAG } from "./directory.ts";

/** Values of ResolutionUnit in mm (TIFF 6.0, section 8); 1 means no unit. */
const RESOLUTION_UNITS: Readonly<Record<number, number>> = { 2: 25.4, 3: 10 };

/** Voxel sizes in mm, undefined if the file has none; `notes` describes assumptions. */
export async function voxelSpacing(
  first: Directory,
  lengths: Lengths | undefined,
  isStack: boolean,
): Promise<{ spacing?: Vec3; notes: readonly ReadNote[] }> {
  const [xResolution, yResolution] = [
    await first.number(TAG.xResolution, 0),
    await first.number(TAG.yResolution, 0),
  ];
  const given = lengths?.unit === undefined ? undefined : mmOf(lengths.unit);
  const unit = given ?? RESOLUTION_UNITS[await first.number(TAG.resolutionUnit, 2)];
  /** Voxel size along an axis, in mm or only as a proportion. */
  const sizeOf = (length: Length | undefined, resolution: number) => {
    const mm = length && mmOf(length.unit);
    if (length) return { value: length.value * (mm ?? 1), isMm: mm !== undefined };
    const isKnown = resolution > 0 && Number.isFinite(resolution);
    // As in ImageJ: with a unit but no resolution, a pixel measures one unit.
    if (!isKnown) return { value: given ?? 1, isMm: given !== undefined && lengths?.z !== undefined };
    return { value: (unit ?? 1) / resolution, isMm: unit !== undefined };
  };
  const x = sizeOf(lengths?.x, xResolution);
  const y = sizeOf(lengths?.y, yResolution || xResolution);
  const z = lengths?.z && sizeOf(lengths.z, 0);
  if (x.isMm && y.isMm && (!z || z.isMm)) {
    const text = "The distance of the slices is not known: it is taken for the width of a pixel";
    const notes = z || !isStack ? [] : [{ text }];
    return { spacing: [x.value, y.value, z ? z.value : x.value], notes };
  }
  if (x.isMm || y.isMm || z?.isMm) return { notes: [] };
  const spacing: Vec3 = [x.value, y.value, z ? z.value : x.value];
  if (spacing.every((value) => value === spacing[0])) return { notes: [] };
  const text = "The sizes of voxels have no unit: they are taken for mm";
  return { spacing, notes: [{ text }] };
}
