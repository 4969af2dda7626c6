/** Step 1: stores a volume's values as a field on the GPU, downsampled if they do not fit. */

import { fetched, VoxelVolumeError } from "../../errors.ts";
import { keysOfCodes, type ValueSource } from "../../values/stored-values.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { Vec3 } from "../../volume.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { Field } from "./field.ts";
import type { FieldKernels } from "./field-kernels.ts";
import { fillField } from "./measure.ts";
import { count, fitted } from "./pool-layout.ts";

/** Bytes needed per byte of voxels: half as much again for bricks, tables and the picture. */
const BYTES_OVER_VOXELS = 1.5;
/** A grid with fewer voxels would not show the volume. */
const LEAST_VOXELS = 64;
/** If a smaller allocation is refused, size is not the cause and a smaller grid would not help. */
const RETRY_BYTES = 16 * 2 ** 20;

export interface Stored {
  readonly source: ValueSource;
  readonly field: Field;
}

/** The volume whose values are on the GPU, with what is known about them. */
export interface Loaded extends Stored {
  readonly profile: ValueProfile;
  /** True if it is the overview of a volume with more values. */
  readonly isOverview: boolean;
}

export interface StoreOptions {
  /** True if values are listed, which means that they cannot be interpolated. */
  readonly isListed: boolean;
  /** Starts to compile the passes that the field will need, and returns them. */
  kernelsFor(source: ValueSource): FieldKernels;
  readonly profiler?: Profiler;
}

/**
 * Stores the values of `source` in a field of `dims`, or of fewer voxels.
 * @throws VoxelVolumeError "out-of-memory", "too-large", "device-lost".
 */
export async function storeValues(
  memory: GpuMemory,
  source: ValueSource,
  profile: ValueProfile,
  dims: Vec3,
  options: StoreOptions,
): Promise<Stored> {
  const { bytes } = source.codes;
  const fit = fittingDims(memory, dims, bytes);
  try {
    return await upload(memory, source, profile, fit, options);
  } catch (error) {
    const isRefused = error instanceof VoxelVolumeError && error.code === "out-of-memory";
    if (!isRefused || bytes * count(dims) < RETRY_BYTES) throw error;
    return upload(memory, source, profile, fitted(dims, Math.floor(count(fit) / 2)), options);
  }
}

/** The largest dimensions of about these proportions that fit the memory. */
export function fittingDims(memory: GpuMemory, dims: Vec3, bytes: number): Vec3 {
  const left = memory.budget - memory.bytes;
  // WebGPU reports no limit for the bytes of a texture. Hardly any GPU has room for a texture larger than its largest
  // buffer.
  const most = Math.min(left / BYTES_OVER_VOXELS, memory.device.limits.maxBufferSize);
  const voxels = Math.floor(most / bytes);
  if (voxels < Math.min(count(dims), LEAST_VOXELS)) {
    throw new VoxelVolumeError("too-large", "The GPU has no memory left: close other pages that use it");
  }
  return fitted(dims, voxels);
}

/** Minimum and maximum value on the GPU; 0 if all are missing. */
export function storedExtremes({ source, field }: Stored): { min: number; max: number } {
  const { first, last } = field.keys;
  if (first > last) return { min: 0, max: 0 };
  return { min: source.valueOfKey(first), max: source.valueOfKey(last) };
}

async function upload(
  memory: GpuMemory,
  whole: ValueSource,
  profile: ValueProfile,
  dims: Vec3,
  { isListed, kernelsFor, profiler }: StoreOptions,
): Promise<Stored> {
  const isWhole = dims.every((n, axis) => n === whole.dims[axis]);
  const source = isWhole ? whole : await resized(whole, dims, isListed);
  const kernels = kernelsFor(source);
  const made: Field[] = [];
  try {
    const field = await guarded(memory.device, () => {
      const field = new Field(memory, dims, source.codes, source.present);
      made.push(field);
      return field;
    });
    await fillField(memory, field, kernels, source, profiler);
    if (isWhole && !profile.isSampled && profile.levelCodes && source.codes.bytes < 4)
      field.histogram = histogramOf(source, profile, profile.levelCodes);
    field.set({ origin: field.keys.first > field.keys.last ? 0 : field.keys.first, normalize: 1 });
    field.setWindow(field.wholeWindow);
    return { source, field };
  } catch (error) {
    for (const field of made) field.destroy();
    throw error;
  }
}

/** Few volumes need this code, so it is loaded on demand. */
async function resized(source: ValueSource, dims: Vec3, isListed: boolean): Promise<ValueSource> {
  if (isListed) return (await fetched(import("./listed-values.ts"))).nearestValues(source, dims);
  return (await fetched(import("./reduced-values.ts"))).reducedValues(source, dims);
}

function histogramOf({ codes }: ValueSource, { levels }: ValueProfile, levelCodes: Uint32Array) {
  const keys = keysOfCodes(codes);
  return {
    keys: Array.from(levelCodes, (code) => keys[code]),
    codes: Array.from(levelCodes),
    counts: Array.from(levels.counts),
  };
}
