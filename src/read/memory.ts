/** Large work on the main thread: memory that may not be there, and rests that keep the page alive. */
import { VoxelVolumeError } from "../errors.ts";

/** Zeros; rejects with `too-large` what does not fit into memory. */
export function allocate(path: string, length: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length);
  } catch (cause) {
    const message = `${path}: ${length.toLocaleString("en")} bytes are more than fit into memory. Use a smaller volume.`;
    throw new VoxelVolumeError("too-large", message, { cause });
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Interrupts long work every 16 ms: otherwise the page would freeze and no abort arrive. */
export class Pace {
  #rested = performance.now();

  constructor(private readonly signal?: AbortSignal) {}

  /** To be awaited often; rejects with the signal's reason when aborted. */
  async rest(): Promise<void> {
    if (performance.now() - this.#rested <= 16) return;
    await nextTask();
    this.signal?.throwIfAborted();
    this.#rested = performance.now();
  }
}

/** Lets timers, events and painting in; unlike a timeout it is not slowed down in a background tab. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
