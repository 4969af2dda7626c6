/** Reads the arrays of stages back on request, slab by slab. */

import cutShader from "../../../shaders/lib/cut.wgsl";
import storedWordShader from "../../../shaders/lib/stored-word.wgsl";
import countFilledShader from "../../../shaders/pipeline/count-filled.wgsl";
import histogramShader from "../../../shaders/pipeline/histogram.wgsl";
import readValuesShader from "../../../shaders/pipeline/read-values.wgsl";
import { VoxelVolumeError } from "../../errors.ts";
import { transformed } from "../../options/transfer-curve.ts";
import type { Vec3 } from "../../volume.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import { wgslConstant } from "../gpu/uniforms.ts";
import { alphaOf } from "../voxel-word.ts";
import type { Cut } from "./cut.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";
import type { Tables } from "./tables.ts";
import { type AppliedTransform, normalizedKey } from "./transfer.ts";

const READ_VALUES: FieldPass = {
  label: "read-values",
  code: [storedWordShader, readValuesShader],
  bindings: ["write", "read"],
};
const HISTOGRAM: FieldPass = { label: "histogram", code: [histogramShader], bindings: ["write"] };
const MAX_BINS = wgslConstant(histogramShader, "MAX_BINS");
const COUNT_FILLED: FieldPass = {
  label: "count-filled",
  code: [cutShader, storedWordShader, countFilledShader],
  bindings: ["write", "read", "read"],
};

/** The lowest f32, the value of `MISSING` in the shaders. */
export const MISSING = -3.4028234663852886e38;

/** Bytes that are read back at once. */
const SLAB_BYTES = 64 * 2 ** 20;

/** The field's values. `now` and `after` are the values of its uniform `transform` during this reading and after it. */
export async function readValues(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  tables: Tables,
  transform: { now: number; after: number },
): Promise<{ dims: Vec3; data: Float32Array }> {
  const { dims } = field;
  field.set({ transform: transform.now });
  try {
    const params = { dims, first: [0, 0, 0] as const, flip: [0, 0, 0], words: 0 };
    const words = await read(memory, field, kernels, tables, params);
    const data = new Float32Array(words.buffer);
    for (let i = 0; i < data.length; i++) if (data[i] === MISSING) data[i] = Number.NaN;
    return { dims, data };
  } finally {
    field.set({ transform: transform.after });
  }
}

/** One voxel word for each voxel of the cut. */
export async function readWords(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  tables: Tables,
  { dims, first, flip }: Cut,
): Promise<{ dims: Vec3; data: Uint32Array }> {
  const params = { dims, first, flip: flip.map(Number), words: 1 };
  const data = await read(memory, field, kernels, tables, params);
  return { dims, data };
}

async function read(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  { table }: Tables,
  params: { dims: Vec3; first: Vec3; flip: readonly number[]; words: number },
): Promise<Uint32Array<ArrayBuffer>> {
  await kernels.ready(READ_VALUES);
  const { device } = memory;
  const [nx, ny, nz] = params.dims;
  const all = new Uint32Array(nx * ny * nz);
  const slices = Math.max(1, Math.floor(SLAB_BYTES / (nx * ny * 4)));
  for (let z = 0; z < nz; z += slices) {
    const end = Math.min(z + slices, nz);
    const voxels = nx * ny * (end - z);
    const slab = await guarded(device, () => {
      const slab = memory.buffer("values", 4 * voxels);
      kernels.get(READ_VALUES).run({
        params: { ...params, first_z: z, end_z: end },
        resources: [slab, table],
        groups: [field.bindings],
        threads: voxels,
      });
      return slab;
    });
    try {
      all.set(new Uint32Array(await readBuffer(device, slab)), nx * ny * z);
    } finally {
      memory.free(slab);
    }
  }
  return all;
}

/**
 * Histogram over [0, 1] of values transformed by `shown`, with the last bin closed. `applied` is the field's current
 * transform.
 */
export async function valueHistogram(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  shown: AppliedTransform,
  applied: AppliedTransform,
  bins: number,
): Promise<Uint32Array> {
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= MAX_BINS)) {
    throw new VoxelVolumeError(
      "invalid-option",
      `bins ${bins}: expected a whole number from 1 to ${MAX_BINS}`,
    );
  }
  if (field.histogram) {
    const { keys, counts } = field.histogram;
    const sums = new Uint32Array(bins);
    for (const [i, key] of keys.entries()) {
      const t = transformed(normalizedKey(field, key, field.window), shown.transform, shown.mean);
      sums[Math.min(Math.floor(t * bins), bins - 1)] += counts[i];
    }
    return sums;
  }
  const { device } = memory;
  await kernels.ready(HISTOGRAM);
  const counts = await guarded(device, () => {
    const counts = memory.buffer("histogram", 4 * bins);
    field.set({ transform: Number(shown.transform !== null) });
    kernels.get(HISTOGRAM).run({
      resources: [counts],
      groups: [field.bindings],
      threads: count(field.bricks),
    });
    field.set({ transform: Number(applied.transform !== null) });
    return counts;
  });
  try {
    return new Uint32Array(await readBuffer(device, counts));
  } finally {
    memory.free(counts);
  }
}

/**
 * Number of filled voxels: from the table and the histogram if the field is whole and has one, else counted on the GPU.
 */
export async function countFilled(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  { table, bricks }: Tables,
  isWhole: boolean,
): Promise<number> {
  const { device } = memory;
  if (field.histogram && isWhole) {
    const words = new Uint32Array(await readBuffer(device, table));
    const { codes, counts } = field.histogram;
    return codes.reduce((sum, code, i) => sum + (alphaOf(words[code]) > 0 ? counts[i] : 0), 0);
  }
  await kernels.ready(COUNT_FILLED);
  const filled = await guarded(device, () => {
    const filled = memory.buffer("filled count", 4);
    kernels.get(COUNT_FILLED).run({
      resources: [filled, bricks, table],
      groups: [field.bindings],
      threads: count(field.bricks),
    });
    return filled;
  });
  try {
    return new Uint32Array(await readBuffer(device, filled))[0];
  } finally {
    memory.free(filled);
  }
}
