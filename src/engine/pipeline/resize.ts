/** Stage 4, resize: trilinear, with a Gaussian before it where anti-aliasing is asked for. */

import common from "../../../shaders/lib/common.wgsl";
import blurShader from "../../../shaders/pipeline/blur.wgsl";
import resizeShader from "../../../shaders/pipeline/resize.wgsl";
import type { Vec3 } from "../../volume.ts";
import { storageBuffer } from "../gpu/buffers.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { Profiler } from "../gpu/profiler.ts";

/** Slices of the source that are at hand, and the slices of the result that they suffice for. */
export interface Slab {
  readonly sourceZ: number;
  readonly sourceEnd: number;
  readonly firstZ: number;
  readonly endZ: number;
}

export class Resize {
  readonly #resize: Kernel;
  readonly #blur: Kernel;

  constructor(private readonly device: GPUDevice) {
    this.#resize = new Kernel(device, { label: "resize", code: [common, resizeShader] });
    this.#blur = new Kernel(device, { label: "blur", code: [common, blurShader] });
  }

  /** Fills `result` (shape `dims`) from `values` (shape `source`, or one slab of it). */
  run(
    values: GPUBuffer,
    source: Vec3,
    result: GPUBuffer,
    dims: Vec3,
    slab: Slab = { sourceZ: 0, sourceEnd: source[2], firstZ: 0, endZ: dims[2] },
    profiler?: Profiler,
  ): void {
    this.#resize.run(
      { source, source_z: slab.sourceZ, dims, first_z: slab.firstZ, end_z: slab.endZ },
      [values, result],
      dims[0] * dims[1] * (slab.endZ - slab.firstZ),
      profiler,
    );
  }

  /**
   * A new buffer with `values` smoothed for a reduction from `source` to `dims`: sigma = (s / n - 1) / 2 on each
   * axis, as scikit-image's `resize(anti_aliasing=True)`. Undefined where no axis shrinks.
   */
  smoothed(values: GPUBuffer, source: Vec3, dims: Vec3, profiler?: Profiler): GPUBuffer | undefined {
    let from = values;
    for (const axis of [0, 1, 2]) {
      const sigma = (source[axis] / dims[axis] - 1) / 2;
      if (sigma <= 0) continue;
      const into = storageBuffer(this.device, "smoothed", values.size);
      this.#blur.run({ dims: source, axis, sigma }, [from, into], values.size / 4, profiler);
      if (from !== values) from.destroy();
      from = into;
    }
    return from === values ? undefined : from;
  }

  /** Slabs of at most `slices` (2 or more) source slices that together give all `n` slices of the result. */
  static *slabs(sourceSlices: number, n: number, slices: number): Generator<Slab> {
    const below = (z: number) => Math.max(0, Math.floor(((z + 0.5) * sourceSlices) / n - 0.5));
    for (let firstZ = 0; firstZ < n; ) {
      const sourceZ = Math.min(below(firstZ), sourceSlices - 1);
      const sourceEnd = Math.min(sourceZ + slices, sourceSlices);
      let endZ = firstZ + 1;
      while (endZ < n && Math.min(below(endZ) + 2, sourceSlices) <= sourceEnd) endZ++;
      yield { sourceZ, sourceEnd, firstZ, endZ };
      firstZ = endZ;
    }
  }

  destroy(): void {
    this.#resize.destroy();
    this.#blur.destroy();
  }
}
