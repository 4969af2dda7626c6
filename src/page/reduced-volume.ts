/** reducedVolume: a volume with fewer voxels, and the options with which it looks as the whole one does when resized. */

import type { Renderer } from "../engine/renderer.ts";
import { memoryVolume } from "../memory-volume.ts";
import { drawnFor } from "../options/drawn-for.ts";
import { isListed } from "../options/kinds.ts";
import type { LabelTable } from "../options/label-table.ts";
import { labelsOf } from "../options/labels.ts";
import { type OptionTexts, settingsFrom } from "../options/options.ts";
import { type DrawnSettings, TRANSPARENT } from "../options/settings.ts";
import { powered } from "../options/transfer-curve.ts";
import { normalized } from "../options/value-scale.ts";
import { wholeProfileOf } from "../values/profile.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import { DTYPES, slicesBox, type Vec3, type Volume } from "../volume.ts";
import { reducedValues } from "./reduced-values.ts";

/** A volume as it is drawn. */
export interface Shown {
  readonly volume: Volume;
  readonly profile: ValueProfile;
  readonly settings: DrawnSettings;
  /** Options as set. */
  readonly options: OptionTexts;
}

export interface Reduced {
  readonly volume: Volume;
  readonly options: OptionTexts;
  readonly labels: LabelTable | null;
}

/**
 * A volume with the voxels of the grid that is drawn. Values keep their units.
 * @returns undefined if there would be no fewer voxels, or if no options would give the same picture.
 */
export async function reducedVolume(renderer: Renderer, shown: Shown): Promise<Reduced | undefined> {
  const { volume, settings } = shown;
  const { resolution } = settings;
  const voxels = ([x, y, z]: Vec3) => x * y * z;
  if (resolution === "native" || voxels(resolution) >= voxels(volume.dims)) return undefined;
  await renderer.update(volume, settings);
  const dims = renderer.grid.dims;
  const made = isListed(settings.kind) ? await listed(shown, dims) : await scaled(renderer, shown);
  return made && withCamera(made, settings);
}

/** Labels and masks: the nearest voxels, and a table with the colours of the whole volume. */
async function listed(
  { volume, profile, settings, options }: Shown,
  dims: Vec3,
): Promise<Reduced | undefined> {
  const { dtype, littleEndian, slope, intercept } = volume;
  const data = await nearest(volume, dims);
  const reduced = memoryVolume({ ...placed(volume, dims), dtype, littleEndian, slope, intercept, data });
  const { levels } = await wholeProfileOf(reduced);
  let { labels } = settings;
  if (levels.values.length < profile.levels.values.length) {
    // Colours depend on the labels before: those that are gone must count.
    const all = labelsOf(profile, settings);
    if (!all.every(({ value }) => Number.isSafeInteger(value))) return undefined;
    labels = new Map(
      all.map(({ value, name, color, shownByDefault }) => [value, { name, color, hidden: !shownByDefault }]),
    );
  }
  return { volume: reduced, options: fixed(options, settings), labels };
}

/** Intensities and signed values: those that the engine has resized, with the same curve. */
async function scaled(
  renderer: Renderer,
  { volume, profile, settings, options }: Shown,
): Promise<Reduced | undefined> {
  const { values, scale } = await reducedValues(renderer, volume, profile, settings);
  const [low, high] = scale.window;
  if (!(low < high)) return undefined;
  const { valueAt, ...stored } = values;
  const reduced = memoryVolume({ ...placed(volume, stored.dims), ...stored });
  const { transform, threshold } = settings;
  const texts: OptionTexts = { ...fixed(options, settings), window: `${low} ${high}` };
  if (settings.kind === "signed") texts.threshold = String(threshold);
  if (settings.kind === "intensity" && transform) {
    // The curve depends on the mean, which the new voxels change: the bias takes that back.
    const mean = meanOf(
      stored.dims,
      (i) => powered(normalized(valueAt(i), scale.window), transform),
      valueAt,
    );
    const bias = transform.bias + (mean - scale.mean) * (1 - transform.contrast);
    if (Math.abs(bias) > 1) return undefined;
    texts.bias = String(bias);
  }
  return { volume: reduced, options: texts, labels: settings.labels };
}

function meanOf([nx, ny, nz]: Vec3, partAt: (i: number) => number, valueAt: (i: number) => number): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < nx * ny * nz; i++) {
    if (Number.isNaN(valueAt(i))) continue;
    sum += partAt(i);
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** Options without a resolution, and with the values that would depend on the voxels. */
function fixed(options: OptionTexts, { kind, opacity, shade }: DrawnSettings): OptionTexts {
  const { resolution: _, antialias: __, ...rest } = options;
  return { ...rest, kind, opacity: String(opacity), shade };
}

/** Keeps the camera's window, which fits what is filled. */
async function withCamera(made: Reduced, { camera, axes }: DrawnSettings): Promise<Reduced> {
  if (camera.fit !== "content" || axes) return made;
  const options: OptionTexts = { ...made.options, target: camera.target.join(" ") };
  const { settings } = await drawnFor(made.volume, settingsFrom(options, TRANSPARENT, made.labels));
  const zoom = Math.min(Math.max((camera.zoom * settings.camera.half) / camera.half, 0.01), 1000);
  return { ...made, options: { ...options, zoom: String(zoom) } };
}

/** The header of a volume for other dimensions of the same box. */
function placed(volume: Volume, dims: Vec3): Omit<Volume, "levels" | "read" | "dtype"> {
  const { levels: _, read: __, ...header } = volume;
  const steps = dims.map((n, axis) => volume.dims[axis] / n);
  const affine = [...volume.affine];
  for (let row = 0; row < 3; row++) {
    for (let axis = 0; axis < 3; axis++) {
      const step = volume.affine[4 * row + axis];
      affine[4 * row + axis] = step * steps[axis];
      // The first centre is half a voxel from the box's corner.
      affine[4 * row + 3] += step * (steps[axis] / 2 - 0.5);
    }
  }
  const spacing = volume.spacing.map((length, axis) => length * steps[axis]) as unknown as Vec3;
  return { ...header, dims, spacing, affine, frames: 1, frame: 0 };
}

/** The scalars of the nearest voxels, as the engine samples labels. */
async function nearest({ dims: from, dtype, read }: Volume, dims: Vec3): Promise<Uint8Array> {
  const size = DTYPES[dtype];
  const at = dims.map((n, axis) =>
    Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * from[axis]) / n)),
  );
  const out = new Uint8Array(size * dims[0] * dims[1] * dims[2]);
  let to = 0;
  for (const z of at[2]) {
    const slice = await read(0, slicesBox(from, z, z + 1));
    for (const y of at[1]) {
      for (const x of at[0]) {
        const start = size * (y * from[0] + x);
        for (let i = start; i < start + size; i++) out[to++] = slice[i];
      }
    }
  }
  return out;
}
