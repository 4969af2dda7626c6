/** How much GPU memory a device's buffers and textures hold. */

const BYTES: Partial<Record<GPUTextureFormat, number>> = {
  rgba8unorm: 4,
  bgra8unorm: 4,
  r16float: 2,
  rgba16float: 8,
  r32float: 4,
  rgba32float: 16,
};

/** Counts what is created and destroyed on a device from now on, in bytes. */
export class MemoryCount {
  held = 0;
  /** The most that was held at once since `restart`. */
  peak = 0;

  constructor(device: GPUDevice) {
    const createBuffer = device.createBuffer.bind(device);
    const createTexture = device.createTexture.bind(device);
    device.createBuffer = (descriptor) => this.#count(createBuffer(descriptor), descriptor.size);
    device.createTexture = (descriptor) => {
      const texture = createTexture(descriptor);
      const bytes = BYTES[texture.format];
      if (bytes === undefined) throw new Error(`no size known for a texel of ${texture.format}`);
      return this.#count(texture, texture.width * texture.height * texture.depthOrArrayLayers * bytes);
    };
  }

  restart(): void {
    this.peak = this.held;
  }

  #count<T extends { destroy(): undefined }>(thing: T, bytes: number): T {
    this.held += bytes;
    this.peak = Math.max(this.peak, this.held);
    const destroy = thing.destroy.bind(thing);
    let gone = false;
    thing.destroy = () => {
      if (!gone) this.held -= bytes;
      gone = true;
      return destroy();
    };
    return thing;
  }
}
