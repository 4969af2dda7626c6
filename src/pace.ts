/** Pace: rests in long work on the main thread that keep the page alive. */

/** Interrupts long work every 16 ms: otherwise the page would freeze and no abort arrive. */
export class Pace {
  #rested = performance.now();

  constructor(readonly signal?: AbortSignal) {}

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
