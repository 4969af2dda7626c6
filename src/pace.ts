/** Pace: interrupts long work on the main thread, which keeps the page responsive. */

/** Interrupts long work every 16 ms. Otherwise the page would freeze and could not abort. */
export class Pace {
  #rested = performance.now();

  constructor(readonly signal?: AbortSignal) {}

  /** Call often, with await. Rejects with the signal's reason when aborted. */
  async rest(): Promise<void> {
    if (performance.now() - this.#rested <= 16) return;
    await nextTask();
    this.signal?.throwIfAborted();
    this.#rested = performance.now();
  }
}

/** Lets timers, events and painting run. Unlike a timeout, it is not throttled in a background tab. */
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
