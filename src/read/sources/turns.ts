/** Turns: limits how many pieces of work go on at a time. */

export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** `atOnce`: most pieces of work at a time. */
  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Does the work when its turn comes, in the order of the calls; not if the signal has been aborted by then. */
  async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
