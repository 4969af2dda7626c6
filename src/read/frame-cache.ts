/** FrameCache: frames of one volume, kept for later reads. */

export class FrameCache {
  /** The frame last kept is last. */
  readonly #frames = new Map<number, Uint8Array>();

  /** How many frames are kept. */
  get size(): number {
    return this.#frames.size;
  }

  /** The bytes of a frame; undefined where they are not kept. */
  get(frame: number): Uint8Array | undefined {
    return this.#frames.get(frame);
  }

  /** Keeps the bytes of a frame, and returns them; the frames kept first are dropped beyond `budget` bytes in all. */
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
