/** The range of keys that remains after a cut. Loaded only when a volume is cut. */

import brickRangeShader from "../../../shaders/lib/brick-range.wgsl";
import cutShader from "../../../shaders/lib/cut.wgsl";
import cutRangeShader from "../../../shaders/pipeline/cut-range.wgsl";
import type { KeyRange } from "../../values/stored-values.ts";
import { readBuffer } from "../gpu/buffers.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import type { Field } from "./field.ts";
import type { FieldKernels, FieldPass } from "./field-kernels.ts";
import { count } from "./pool-layout.ts";

const CUT_RANGE: FieldPass = {
  label: "cut-range",
  code: [brickRangeShader, cutShader, cutRangeShader],
  bindings: ["read", "write"],
};
/** The range of keys that remains after a field's cut, and whether its clip plane removes voxels. */
export async function cutKeys(
  memory: GpuMemory,
  field: Field,
  kernels: FieldKernels,
  profiler?: Profiler,
): Promise<{ keys: KeyRange; isClipped: boolean }> {
  const { device } = memory;
  await kernels.ready(CUT_RANGE);
  const left = await guarded(device, () => {
    const left = memory.bufferOf("cut range", new Uint32Array([0xffffffff, 0, 0]));
    kernels.get(CUT_RANGE).run({
      resources: [field.ranges, left],
      groups: [field.bindings],
      threads: count(field.bricks),
      profiler,
    });
    return left;
  });
  try {
    const [first, last, isClipped] = new Uint32Array(await readBuffer(device, left));
    return { keys: { first, last }, isClipped: isClipped > 0 };
  } finally {
    memory.free(left);
  }
}
