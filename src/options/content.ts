/**
 * The content of a volume, which the camera fits: the voxels that its automatic appearance fills, regardless of manual
 * settings.
 */

import { type ContentRows, contentRows, type IsFilled } from "../values/content.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { Vec3, Volume } from "../volume.ts";
import { isLabel, isMasked } from "./kinds.ts";
import { type Appearance, ARTICLE_TRANSFORM, cropRange, type PipelineSettings } from "./settings.ts";
import { drawnValue, wholeScale } from "./value-scale.ts";

/** The automatic settings that decide which values are filled. */
export type AutomaticFill = Pick<Appearance, "kind" | "window" | "threshold">;

/** The settings that remove parts of a volume. */
export type CutSettings = Pick<PipelineSettings, "flip" | "crop" | "clip">;

/** A ball in the unit cube. */
export interface Sphere {
  readonly centre: Vec3;
  readonly radius: number;
}

type RowsByKind = Map<AutomaticFill["kind"], ContentRows>;
const found = new WeakMap<ValueProfile, RowsByKind>();

/**
 * The content's rows for a kind, or for another kind if only that was prepared with `prepareContent`; undefined if
 * there are none.
 */
export function contentOf(profile: ValueProfile, kind: AutomaticFill["kind"]): ContentRows | undefined {
  const kinds = foundRows(profile);
  return kinds.get(kind) ?? kinds.values().next().value;
}

export function isContentReady(profile: ValueProfile, kind: AutomaticFill["kind"]): boolean {
  return profile.isSampled || foundRows(profile).has(kind);
}

/** Computes the content's rows, unless the volume is too large. Lets other tasks run between slices. */
export async function prepareContent(
  volume: Volume,
  profile: ValueProfile,
  fill: AutomaticFill,
): Promise<void> {
  if (isContentReady(profile, fill.kind)) return;
  foundRows(profile).set(
    fill.kind,
    await contentRows(volume.overview ?? volume, profile, filledBy(profile, fill)),
  );
}

function foundRows(profile: ValueProfile): RowsByKind {
  const kinds = found.get(profile) ?? new Map();
  found.set(profile, kinds);
  return kinds;
}

/** All labels are content, even if a table hides them. */
function filledBy(profile: ValueProfile, { kind, window, threshold }: AutomaticFill): IsFilled {
  if (kind === "labels") return isLabel(profile);
  if (kind === "mask") return isMasked(profile);
  const transform = kind === "intensity" ? ARTICLE_TRANSFORM : null;
  const scale = wholeScale(profile.levels, { kind, window, threshold, transform });
  return (value) => drawnValue(scale, value).alpha > 0;
}

/** Caches the last sphere, as settings are resolved with every camera move. */
const spheres = new WeakMap<ContentRows, { readonly key: string; readonly sphere: Sphere | undefined }>();

/**
 * The sphere around the centre of the content that remains after a cut, as displayed.
 * @param extent sides of the box in the unit cube.
 * @returns undefined if nothing remains.
 */
export function contentSphere(rows: ContentRows, extent: Vec3, cut: CutSettings): Sphere | undefined {
  const key = JSON.stringify([extent, cut.flip, cut.crop, cut.clip]);
  const last = spheres.get(rows);
  if (last?.key === key) return last.sphere;
  const sphere = makeSphere(rows, extent, cut);
  spheres.set(rows, { key, sphere });
  return sphere;
}

function makeSphere(rows: ContentRows, extent: Vec3, cut: CutSettings): Sphere | undefined {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  eachSpan(rows, cut, (first, end, y, z) => {
    low[0] = Math.min(low[0], first);
    high[0] = Math.max(high[0], end);
    low[1] = Math.min(low[1], y);
    high[1] = Math.max(high[1], y + 1);
    low[2] = Math.min(low[2], z);
    high[2] = Math.max(high[2], z + 1);
  });
  if (!(low[0] < high[0])) return undefined;
  const voxel = extent.map((side, axis) => side / rows.dims[axis]);
  const middle = low.map((at, axis) => (at + high[axis]) / 2);
  const far = (axis: number, first: number, end: number) =>
    voxel[axis] * Math.max(middle[axis] - first, end - middle[axis]);
  let square = 0;
  eachSpan(rows, cut, (first, end, y, z) => {
    const corner = far(0, first, end) ** 2 + far(1, y, y + 1) ** 2 + far(2, z, z + 1) ** 2;
    if (corner > square) square = corner;
  });
  const centre = middle.map((at, axis) => 0.5 - extent[axis] / 2 + at * voxel[axis]);
  return { centre: centre as unknown as Vec3, radius: Math.sqrt(square) };
}

/**
 * Visits the spans of filled voxels that remain after a cut, in the displayed order of voxels: from `first` to `end`
 * (exclusive).
 */
function eachSpan(
  { dims, first, end }: ContentRows,
  { flip, crop, clip }: CutSettings,
  use: (first: number, end: number, y: number, z: number) => void,
): void {
  const [nx, ny, nz] = dims;
  const [x, y, z] = dims.map((n, axis) => cropRange(crop[axis], n));
  const steps = dims.map((n, axis) => (clip?.[axis] ?? 0) / n);
  const offset = clip?.[3] ?? 1;
  for (let k = z[0]; k < z[1]; k++) {
    for (let j = y[0]; j < y[1]; j++) {
      const row = (flip[2] ? nz - 1 - k : k) * ny + (flip[1] ? ny - 1 - j : j);
      let [from, to] = flip[0] ? [nx - end[row], nx - first[row]] : [first[row], end[row]];
      from = Math.max(from, x[0]);
      to = Math.min(to, x[1]);
      // The plane keeps the voxels i with (i + 0.5) * steps[0] + rest > 0.
      const rest = (j + 0.5) * steps[1] + (k + 0.5) * steps[2] + offset;
      const border = -rest / steps[0] - 0.5;
      if (steps[0] > 0) from = Math.max(from, Math.floor(border) + 1);
      else if (steps[0] < 0) to = Math.min(to, Math.ceil(border));
      else if (rest <= 0) continue;
      if (from < to) use(from, to, j, k);
    }
  }
}
