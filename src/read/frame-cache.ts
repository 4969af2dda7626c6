/** FrameCache: keeps frames of one volume for later reads. */

export class FrameCache {
  /** Frames by index, most recently kept last. */
  readonly #frames = new Map<number, Uint8Array>();

  /** Number of frames that are kept. */
  get size(): number {
    return this.#frames.size;
  }

  /** Bytes of a frame; undefined if it is not kept. */
  get(frame: number): Uint8Array | undefined {
    return this.#frames.get(frame);
  }

  /** Keeps a frame and returns it; beyond `budget` bytes in total, the oldest frames are dropped. */
  keep(frame: number, bytes: Uint8Array, budget: number): Uint8Array {
    const most = Math.floor(budget / bytes.length);
    if (most === 0) return bytes;
    this.#frames.set(frame, bytes);
    for (const first of this.#frames.keys()) {
      if (this.#frames.size <= most) break;
      this.#frames.delete(first);
    }
    return bytes;
  }

  clear(): void {
    this.#frames.clear();
  }
}
