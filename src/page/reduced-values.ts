/** Values of a resized grid in data units, such that the same curve gives the same picture. */

import type { Renderer } from "../engine/renderer.ts";
import type { DrawnSettings } from "../options/settings.ts";
import { drawnValue, type ValueScale } from "../options/value-scale.ts";
import type { ValueProfile } from "../values/value-profile.ts";
import type { Dtype, Vec3, Volume } from "../volume.ts";
import { transformedValue, valueAtLevel } from "./inverse-scale.ts";

/** Two transformed values are the same up to this difference: the GPU computes with 24 bits. */
const SAME = 1e-6;
/** Largest error of a transformed value that is stored in 16 bits: a tenth of a step of the colour map. */
const MOST_ERROR = 1 / 2560;
/** Relative distance from the threshold on either side, beyond the GPU's rounding. */
const BESIDE = 2 ** -21;

/** Scalars of a volume, and what they mean. */
export interface StoredValues {
  readonly dims: Vec3;
  readonly dtype: Dtype;
  readonly data: Uint8Array<ArrayBuffer>;
  readonly slope: number;
  readonly intercept: number;
  /** The value of a voxel, NaN if missing. */
  readonly valueAt: (index: number) => number;
}

/**
 * The values of a volume, resized as `settings` tell. The engine resizes transformed values, so these are brought back to
 * data units. `scale` is the scale with which they were transformed.
 */
export async function reducedValues(
  renderer: Renderer,
  volume: Volume,
  { min, max }: ValueProfile,
  settings: DrawnSettings,
): Promise<{ values: StoredValues; scale: ValueScale }> {
  // Values without a curve, for voxels where the curve is flat.
  const plain = { ...settings, kind: "intensity", transform: null, window: [min, max] } as const;
  await renderer.update(volume, plain);
  const { data: positions } = await renderer.pipeline.read("resized");
  await renderer.update(volume, settings);
  const { data: shown, dims } = await renderer.pipeline.read("resized");
  const scale = renderer.pipeline.scale as ValueScale;
  const values = Float64Array.from(shown, (t, i) =>
    Number.isNaN(t) ? t : besideThreshold(scale, dataValue(scale, t, min + positions[i] * (max - min)), t),
  );
  return { values: inWords(scale, values, shown, dims) ?? inFloats(values, dims), scale };
}

/** A value with this transformed value; `plain` if that has it, else a point of the curve. */
function dataValue(scale: ValueScale, t: number, plain: number): number {
  return Math.abs(transformedValue(scale, plain) - t) <= SAME ? plain : valueAtLevel(scale, t);
}

/** Keeps a value on its side of the threshold of signed values. */
function besideThreshold({ kind, window, threshold }: ValueScale, value: number, t: number): number {
  if (kind !== "signed" || threshold === 0) return value;
  const end = t < 0 ? -window[0] : window[1];
  const least = Math.min(threshold, end);
  if (Math.abs(t) * end >= least * (1 - SAME))
    return Math.sign(t) * Math.max(Math.abs(value), least * (1 + BESIDE));
  return Math.sign(t) * Math.min(Math.abs(value), least * (1 - BESIDE));
}

/** Values as 16-bit numbers; undefined if that would be visible, or values are missing. */
function inWords(
  scale: ValueScale,
  values: Float64Array,
  shown: ArrayLike<number>,
  dims: Vec3,
): StoredValues | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) return undefined;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const slope = (high - low) / 65_535;
  if (!(slope > 0 && Number.isFinite(slope))) return undefined;
  const words = Uint16Array.from(values, (value) => Math.round((value - low) / slope));
  const valueAt = (i: number) => words[i] * slope + low;
  for (let i = 0; i < words.length; i++) {
    const value = valueAt(i);
    if (Math.abs(transformedValue(scale, value) - shown[i]) > MOST_ERROR) return undefined;
    if (scale.kind === "signed" && isShown(scale, value) !== isShown(scale, values[i])) return undefined;
  }
  return { dims, dtype: "uint16", data: new Uint8Array(words.buffer), slope, intercept: low, valueAt };
}

const isShown = (scale: ValueScale, value: number) => drawnValue(scale, value).alpha > 0;

function inFloats(values: Float64Array, dims: Vec3): StoredValues {
  const floats = Float32Array.from(values);
  const data = new Uint8Array(floats.buffer);
  return { dims, dtype: "float32", data, slope: 1, intercept: 0, valueAt: (i) => floats[i] };
}
