/** Memory of processes and their children, on systems that report it in /proc (Linux). */

import { existsSync, readdirSync, readFileSync } from "node:fs";

const INTERVAL_MS = 100;

/** Ids of the running processes by the id of their parent. */
function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The name of the program, in parentheses, may contain spaces.
    const parent = Number(contents(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

/** Ids of the children of a process; empty if there is no /proc. */
export function childrenOf(process: number): number[] {
  return existsSync("/proc/self/stat") ? (childrenByParent().get(process) ?? []) : [];
}

/** Total resident bytes of `roots` and all their descendants. Memory that two of them share is counted twice. */
function residentBytes(roots: readonly number[]): number {
  const children = childrenByParent();
  const tree = [...roots];
  for (const process of tree) tree.push(...(children.get(process) ?? []));
  return tree.reduce((sum, process) => {
    const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(contents(`/proc/${process}/status`)) ?? [];
    return sum + 1024 * Number(kilobytes);
  }, 0);
}

/** Content of a text file; empty if the process has ended in the meantime. */
function contents(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/**
 * Samples the memory of process trees. The returned function stops it and returns the peak in bytes, or undefined if
 * there is no /proc.
 */
export function watchMemory(roots: readonly number[]): () => number | undefined {
  if (!existsSync("/proc/self/stat")) return () => undefined;
  let most = residentBytes(roots);
  const timer = setInterval(() => {
    most = Math.max(most, residentBytes(roots));
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    return Math.max(most, residentBytes(roots));
  };
}
