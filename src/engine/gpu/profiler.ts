/** Measures GPU time per labelled pass with timestamp queries. */

const CAPACITY = 256;

/** Records passes that are begun with `timestampWrites: profiler.pass(label)`, until read() is called. */
export class Profiler {
  readonly #queries: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #readable: GPUBuffer;
  #labels: string[] = [];

  /** @param device must have the feature "timestamp-query". */
  constructor(private readonly device: GPUDevice) {
    const size = 2 * CAPACITY * 8;
    this.#queries = device.createQuerySet({ type: "timestamp", count: 2 * CAPACITY });
    this.#resolved = device.createBuffer({
      size,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
    this.#readable = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  }

  /** Timestamps for the next pass, or undefined once the set is full. */
  pass(label: string): GPURenderPassTimestampWrites | undefined {
    const i = this.#labels.length;
    if (i === CAPACITY) return undefined;
    this.#labels.push(label);
    return { querySet: this.#queries, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 };
  }

  /** Milliseconds per pass since the last read(), in the order in which the passes began. */
  async read(): Promise<{ label: string; ms: number }[]> {
    const labels = this.#labels;
    this.#labels = [];
    if (labels.length === 0) return [];
    const bytes = labels.length * 16;
    const encoder = this.device.createCommandEncoder();
    encoder.resolveQuerySet(this.#queries, 0, 2 * labels.length, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#readable, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    await this.#readable.mapAsync(GPUMapMode.READ, 0, bytes);
    const times = new BigUint64Array(this.#readable.getMappedRange(0, bytes).slice(0));
    this.#readable.unmap();
    return labels.map((label, i) => ({ label, ms: Number(times[2 * i + 1] - times[2 * i]) / 1e6 }));
  }

  destroy(): void {
    this.#queries.destroy();
    this.#resolved.destroy();
    this.#readable.destroy();
  }
}
