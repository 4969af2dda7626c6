/** Watchdog: ends the process, and says in which run, where that never lets anything else run again. */

import { Worker } from "node:worker_threads";

/** What the worker runs: looks whether the number of the run, kept in shared memory, goes on. */
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

  /** Says that a run begins. */
  run(number: number): void {
    Atomics.store(this.#state, 0, number);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
