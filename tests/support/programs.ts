/** Runs programs of the machine that are not ours, where they are installed. */

import { spawnSync } from "node:child_process";

/** Whether a program is on the PATH. */
export function isInstalled(name: string): boolean {
  return spawnSync(name, ["--version"]).error === undefined;
}

/** Standard output of a program. @throws Error if it fails. */
export function output(name: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(name, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} ${args.join(" ")}: ${stderr}`);
  return stdout;
}
