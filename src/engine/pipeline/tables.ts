/** Steps 5 and 6 without reading every voxel: the table from code to voxel word, and the brick table. */

import brickRangeShader from "../../../shaders/lib/brick-range.wgsl";
import cutShader from "../../../shaders/lib/cut.wgsl";
import filledRangeShader from "../../../shaders/lib/filled-range.wgsl";
import brickTableShader from "../../../shaders/pipeline/brick-table.wgsl";
import filledKeysShader from "../../../shaders/pipeline/filled-keys.wgsl";
import transferTableShader from "../../../shaders/pipeline/transfer-table.wgsl";
import transformKeysShader from "../../../shaders/pipeline/transform-keys.wgsl";
import type { KeyRange } from "../../values/stored-values.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { BrickDistance } from "./brick-distance.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";

const TRANSFER_TABLE: FieldPass = {
  label: "transfer-table",
  code: [transferTableShader],
  bindings: ["write"],
};
const FILLED_KEYS: FieldPass = {
  label: "filled-keys",
  code: [filledKeysShader],
  bindings: ["read", "write"],
};
const TRANSFORM_KEYS: FieldPass = {
  label: "transform-keys",
  code: [transformKeysShader],
  bindings: ["write"],
};
const BRICK_TABLE: FieldPass = {
  label: "brick-table",
  code: [brickRangeShader, filledRangeShader, cutShader, brickTableShader],
  bindings: ["read", "read", "write"],
};

export interface Tables {
  /** One voxel word per code. Codes of 4 bytes have no table. */
  readonly table: GPUBuffer;
  /** See shaders/pipeline/filled-keys.wgsl. */
  readonly filledBelow: GPUBuffer;
  /** See shaders/lib/brick.wgsl. */
  readonly bricks: GPUBuffer;
}

/** Compiles the passes that every volume with such codes needs. */
export function tablesReady(kernels: FieldKernels, { codes }: Pick<Field, "codes">): Promise<void> {
  return codes.bytes < 4
    ? kernels.ready(BRICK_TABLE, TRANSFER_TABLE, FILLED_KEYS)
    : kernels.ready(BRICK_TABLE);
}

/**
 * The transformed values of the ends of a range of keys. Computed on the GPU, as they are compared with values from the
 * GPU.
 */
export async function transformedEnds(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  { first, last }: KeyRange,
  profiler?: Profiler,
): Promise<readonly number[]> {
  const { device } = memory;
  await kernels.ready(TRANSFORM_KEYS);
  const values = await guarded(device, () => {
    const values = memory.buffer("transformed keys", 8);
    kernels.get(TRANSFORM_KEYS).run({
      params: { keys: [first, last] },
      resources: [values],
      groups: [field.bindings],
      threads: 1,
      profiler,
    });
    return values;
  });
  try {
    return [...new Float32Array(await readBuffer(device, values))];
  } finally {
    memory.free(values);
  }
}

/** Creates the buffers for the tables of a field. */
export function newTables(memory: GpuMemory, field: Field): Tables {
  const codes = field.codes.bytes < 4 ? 256 ** field.codes.bytes : 1;
  return {
    table: memory.buffer("transfer table", 4 * codes),
    filledBelow: memory.buffer("filled keys", 4 * (codes + 1)),
    bricks: memory.buffer("brick table", 4 * count(field.bricks)),
  };
}

/**
 * Submits the passes that fill the tables of a field with its current settings. `words`: the voxel word of each code,
 * for listed values.
 */
export function fillTables(
  device: GPUDevice,
  { table, filledBelow, bricks }: Tables,
  field: Field,
  kernels: FieldKernels,
  distance: BrickDistance,
  words?: Uint32Array<ArrayBuffer>,
  profiler?: Profiler,
): void {
  const run = { groups: [field.bindings], profiler };
  if (field.codes.bytes < 4) {
    if (words) device.queue.writeBuffer(table, 0, words);
    else kernels.get(TRANSFER_TABLE).run({ ...run, resources: [table], threads: table.size / 4 });
    kernels.get(FILLED_KEYS).run({ ...run, resources: [table, filledBelow], threads: 1 });
  }
  const threads = count(field.bricks);
  kernels.get(BRICK_TABLE).run({ ...run, resources: [field.ranges, filledBelow, bricks], threads });
  distance.run(field.bricks, bricks, profiler);
}
