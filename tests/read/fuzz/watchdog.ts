/** Watchdog: ends the process, and reports the run, if the main thread is blocked for too long. */

import { Worker } from "node:worker_threads";

/** Code of the worker: checks that the number of the run, in shared memory, changes. */
const WATCH = `
const { workerData: { shared, seconds, seed } } = require("node:worker_threads");
const state = new Int32Array(shared);
let [last, since] = [-1, Date.now()];
setInterval(() => {
  if (state[0] !== last) [last, since] = [state[0], Date.now()];
  else if (Date.now() - since > 1000 * seconds) {
    require("node:fs").writeSync(2, "Fuzzer: run " + last + " of seed " + seed + " hangs\\n");
    process.kill(process.pid, "SIGKILL");
  }
}, 500);
`;

export class Watchdog {
  readonly #state = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;

  constructor(seed: string, seconds: number) {
    const workerData = { shared: this.#state.buffer, seconds, seed };
    this.#worker = new Worker(WATCH, { eval: true, workerData });
  }

  /** Notes the start of a run. */
  run(number: number): void {
    Atomics.store(this.#state, 0, number);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
