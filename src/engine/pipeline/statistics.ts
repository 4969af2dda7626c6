/** Minimum, maximum and mean of a field by tree reduction, and histograms. */

import common from "../../../shaders/lib/common.wgsl";
import transfer from "../../../shaders/lib/transfer.wgsl";
import histogramShader from "../../../shaders/pipeline/histogram.wgsl";
import statisticsShader from "../../../shaders/pipeline/statistics.wgsl";
import { readBuffer, storageBuffer } from "../gpu/buffers.ts";
import { Kernel } from "../gpu/kernel.ts";
import type { Profiler } from "../gpu/profiler.ts";

/** Bytes of the WGSL struct Statistics. */
const BYTES = 16;

/** Of the values that are not missing. */
export interface FieldStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Values that are not missing. */
  readonly count: number;
}

/** The power step of the transform, applied before measuring. */
interface Power {
  readonly floor: number;
  readonly gamma: number;
}

export class Statistics {
  readonly #measure: Kernel;
  readonly #measurePowered: Kernel;
  readonly #combine: Kernel;
  readonly #histogram: Kernel;

  constructor(private readonly device: GPUDevice) {
    const code = [common, transfer, statisticsShader];
    const options = { label: "statistics", code };
    this.#measure = new Kernel(device, { ...options, entryPoint: "measure" });
    this.#measurePowered = new Kernel(device, {
      ...options,
      entryPoint: "measure",
      constants: { POWERED: 1 },
    });
    this.#combine = new Kernel(device, { ...options, entryPoint: "combine" });
    this.#histogram = new Kernel(device, {
      label: "histogram",
      code: [common, histogramShader],
    });
  }

  /** A new buffer that holds one struct Statistics of the first `count` f32 in `values`. */
  run(values: GPUBuffer, count: number, power?: Power, profiler?: Profiler): GPUBuffer {
    const { floor, gamma } = power ?? { floor: 0, gamma: 1 };
    let items = count;
    let parts = this.#part(items);
    const kernel = power ? this.#measurePowered : this.#measure;
    kernel.run({ count, floor, gamma }, [values, parts], items, profiler);
    for (
      items = Math.ceil(items / this.#measure.perGroup);
      items > 1;
      items = Math.ceil(items / this.#measure.perGroup)
    ) {
      const next = this.#part(items);
      this.#combine.run({ count: items, floor, gamma }, [parts, next], items, profiler);
      parts.destroy();
      parts = next;
    }
    return parts;
  }

  #part(items: number): GPUBuffer {
    return storageBuffer(this.device, "statistics", Math.ceil(items / this.#measure.perGroup) * BYTES);
  }

  /** Reads what `run` made. A field without any value has mean 0 and an empty range. */
  async read(statistics: GPUBuffer): Promise<FieldStatistics> {
    const view = new DataView(await readBuffer(this.device, statistics, BYTES));
    const count = view.getUint32(12, true);
    if (count === 0) return { min: 0, max: 0, mean: 0, count };
    const [min, max, sum] = [0, 4, 8].map((offset) => view.getFloat32(offset, true));
    return { min, max, mean: sum / count, count };
  }

  /** How many of the first `count` values in [0, 1] fall into each of `bins` (at most 1024) equal bins. */
  async histogram(values: GPUBuffer, count: number, bins: number): Promise<Uint32Array> {
    const counts = storageBuffer(this.device, "histogram", bins * 4);
    try {
      this.#histogram.run({ count, bins }, [values, counts], count);
      return new Uint32Array(await readBuffer(this.device, counts));
    } finally {
      counts.destroy();
    }
  }

  destroy(): void {
    for (const kernel of [this.#measure, this.#measurePowered, this.#combine, this.#histogram])
      kernel.destroy();
  }
}
