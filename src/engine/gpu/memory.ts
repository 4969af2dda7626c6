/** GpuMemory: creates the buffers and textures of one renderer and counts their bytes. */

/** Bytes per texel, for the formats that the engine uses. */
const TEXEL_BYTES: Partial<Record<GPUTextureFormat, number>> = {
  r8uint: 1,
  r16uint: 2,
  r32uint: 4,
  rgba8unorm: 4,
  bgra8unorm: 4,
  r16float: 2,
  rgba16float: 8,
  r32float: 4,
  rgba32float: 16,
};

/** WebGPU does not report the amount of memory. The only hint is the size of the largest buffer that it allows. */
export const DEFAULT_BUDGET_IN_BUFFERS = 4;

export class GpuMemory {
  readonly #held = new Map<GPUBuffer | GPUTexture, number>();
  /** Bytes held now. */
  bytes = 0;
  /** The maximum of `bytes` so far. */
  peak = 0;

  /** @param budget bytes that a renderer may plan to use. */
  constructor(
    readonly device: GPUDevice,
    readonly budget = DEFAULT_BUDGET_IN_BUFFERS * device.limits.maxBufferSize,
  ) {}

  /** Creates a zeroed storage buffer of `bytes` (rounded up to a multiple of 4) that can be copied from and to. */
  buffer(label: string, bytes: number, usage = 0): GPUBuffer {
    const size = Math.max(4, Math.ceil(bytes / 4) * 4);
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const buffer = this.device.createBuffer({ label, size, usage: STORAGE | COPY_SRC | COPY_DST | usage });
    return this.#count(buffer, size);
  }

  /** Creates a storage buffer with these words. */
  bufferOf(label: string, data: Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.buffer(label, data.byteLength);
    this.device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  texture(descriptor: GPUTextureDescriptor): GPUTexture {
    const texel = TEXEL_BYTES[descriptor.format];
    if (texel === undefined) throw new Error(`no size known for a texel of ${descriptor.format}`);
    const texture = this.device.createTexture(descriptor);
    return this.#count(texture, texture.width * texture.height * texture.depthOrArrayLayers * texel);
  }

  #count<T extends GPUBuffer | GPUTexture>(thing: T, bytes: number): T {
    this.#held.set(thing, bytes);
    this.bytes += bytes;
    this.peak = Math.max(this.peak, this.bytes);
    return thing;
  }

  /** Destroys everything that this object created. */
  destroy(): void {
    this.free(...this.#held.keys());
  }

  /** Destroys these buffers and textures, which must have been created here. */
  free(...things: readonly (GPUBuffer | GPUTexture | undefined)[]): void {
    for (const thing of things) {
      if (!thing) continue;
      this.bytes -= this.#held.get(thing) ?? 0;
      this.#held.delete(thing);
      thing.destroy();
    }
  }
}
