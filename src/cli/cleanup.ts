/** What has to be put away when the command ends, by whatever way but SIGKILL. */

import { constants } from "node:os";

const tasks = new Set<() => void>();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Has `task`, which must not wait for anything, run when the process exits. Gives what takes it back. */
export function atExit(task: () => void): () => void {
  if (tasks.size === 0 && !process.listeners("exit").includes(runTasks)) process.once("exit", runTasks);
  tasks.add(task);
  return () => tasks.delete(task);
}

/** Makes signals end the process as an exit does, with the status that shells expect: 128 and the signal's number. */
export function exitOnSignals(): void {
  for (const signal of SIGNALS) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

function runTasks(): void {
  for (const task of tasks) {
    try {
      task();
    } catch {
      // The others are still put away.
    }
  }
}
