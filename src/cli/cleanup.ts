/** Cleans up when the command ends, in any way but SIGKILL. */

import { constants } from "node:os";

const tasks = new Set<() => void>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

process.once("exit", runTasks);

/** Runs `task`, which must be synchronous, when the process exits. Returns a function that cancels this. */
export function atExit(task: () => void): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}

/**
 * Makes signals end the process as a normal exit does, with the status that shells expect: 128 plus the signal's
 * number.
 */
export function exitOnSignals(): void {
  for (const signal of SIGNALS) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

function runTasks(): void {
  for (const task of tasks) {
    try {
      task();
    } catch {
      // Continue with the other tasks.
    }
  }
}
