/** Step 4, resize: trilinear, after a Gaussian blur if anti-aliasing is requested. */

import blurShader from "../../../shaders/pipeline/blur.wgsl";
import resizeShader from "../../../shaders/pipeline/resize.wgsl";
import { VoxelVolumeError } from "../../errors.ts";
import type { Codes } from "../../values/codes.ts";
import type { KeyRange } from "../../values/stored-values.ts";
import type { Vec3 } from "../../volume.ts";
import { guarded } from "../gpu/errors.ts";
import type { GpuMemory } from "../gpu/memory.ts";
import type { Profiler } from "../gpu/profiler.ts";
import { Field } from "./field.ts";
import type { FieldKernels, FieldPass, KernelSets } from "./field-kernels.ts";
import { measureField } from "./measure-pool.ts";
import { count } from "./pool-layout.ts";
import { axisSamples } from "./sampling.ts";

const RESIZE: FieldPass = { label: "resize", code: [resizeShader], bindings: ["read", "store"] };
const BLUR: FieldPass = { label: "blur", code: [blurShader], bindings: ["store"] };

/** Codes of fields that hold transformed values. */
const TRANSFORMED_CODES: Codes = { kind: "float", bytes: 4, bigEndian: false, falling: false };
/** All finite f32 except the lowest, which stands for a missing value (MISSING in the shaders). */
const PRESENT: KeyRange = { first: 0x00800001, last: 0xff7fffff };

/** Creates a field with the transformed values of `source`, resized to `dims`, and measures it. */
export async function resizedField(
  memory: GpuMemory,
  source: Field,
  sets: KernelSets,
  dims: Vec3,
  antialias: boolean,
  profiler?: Profiler,
): Promise<Field> {
  const [kernels, resizedKernels] = [source.codes, TRANSFORMED_CODES].map((codes) => sets.of(codes));
  const resized = await resizeField(memory, source, kernels, resizedKernels, dims, antialias, profiler);
  try {
    await measureField(memory, resized, resizedKernels, profiler);
    return resized;
  } catch (error) {
    resized.destroy();
    throw error;
  }
}

async function resizeField(
  memory: GpuMemory,
  source: Field,
  kernels: FieldKernels,
  blurKernels: FieldKernels,
  dims: Vec3,
  antialias: boolean,
  profiler?: Profiler,
): Promise<Field> {
  const sigmas = dims.map((n, axis) => (antialias ? (source.dims[axis] / n - 1) / 2 : 0));
  const isBlurred = sigmas.some((sigma) => sigma > 0);
  await (isBlurred
    ? Promise.all([kernels.ready(BLUR), blurKernels.ready(RESIZE, BLUR)])
    : kernels.ready(RESIZE));
  const blurred = isBlurred
    ? await blurredField(memory, source, kernels, blurKernels, sigmas, profiler)
    : undefined;
  const made: Field[] = [];
  try {
    return await guarded(memory.device, () => {
      const result = transformedField(memory, dims);
      made.push(result);
      const samples = memory.bufferOf("samples", sampleTable(source.dims, dims));
      (blurred ? blurKernels : kernels).get(RESIZE).run({
        params: { dims, ...placement(result) },
        resources: [samples, result.pool.createView()],
        groups: [(blurred ?? source).bindings],
        threads: count(dims),
        profiler,
      });
      memory.free(samples);
      return result;
    });
  } catch (error) {
    for (const field of made) field.destroy();
    throw error;
  } finally {
    blurred?.destroy();
  }
}

function transformedField(memory: GpuMemory, dims: Vec3): Field {
  return new Field(memory, dims, TRANSFORMED_CODES, PRESENT, GPUTextureUsage.STORAGE_BINDING);
}

/** Sigma = (s / n - 1) / 2 on each axis, as in scikit-image's `resize(anti_aliasing=True)`. */
async function blurredField(
  memory: GpuMemory,
  source: Field,
  kernels: FieldKernels,
  blurKernels: FieldKernels,
  sigmas: readonly number[],
  profiler?: Profiler,
): Promise<Field> {
  // Two fields of floats exist at the same time.
  const bytes = 2 * 4 * count(source.dims);
  if (memory.bytes + bytes > memory.budget) {
    throw new VoxelVolumeError(
      "too-large",
      `antialias: ${source.dims.join(" x ")} voxels are too many to smooth on this GPU: leave antialias off, or reduce the file first`,
    );
  }
  const made: Field[] = [];
  try {
    return await guarded(memory.device, () => {
      let from = source;
      for (const [axis, sigma] of sigmas.entries()) {
        if (sigma <= 0) continue;
        const into = transformedField(memory, source.dims);
        made.push(into);
        (from === source ? kernels : blurKernels).get(BLUR).run({
          params: { axis, sigma },
          resources: [into.pool.createView()],
          groups: [from.bindings],
          threads: count(source.dims),
          profiler,
        });
        if (from !== source) from.destroy();
        from = into;
      }
      return from;
    });
  } catch (error) {
    for (const field of made) field.destroy();
    throw error;
  }
}

function placement({ layout: { piece, pieces, stack, thickness } }: Field) {
  return { piece, pieces, stack, thickness };
}

/** An array of struct Sample of shaders/pipeline/resize.wgsl, axis by axis. */
function sampleTable(source: Vec3, dims: Vec3): Uint32Array<ArrayBuffer> {
  const table = new DataView(new ArrayBuffer(8 * (dims[0] + dims[1] + dims[2])));
  let at = 0;
  for (const [axis, n] of dims.entries()) {
    const { base, part } = axisSamples(source[axis], n);
    for (let i = 0; i < n; i++, at += 8) {
      table.setInt32(at, base[i], true);
      table.setFloat32(at + 4, part[i], true);
    }
  }
  return new Uint32Array(table.buffer);
}
