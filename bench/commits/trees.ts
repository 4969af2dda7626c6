/** The two checkouts to compare: this one, and another commit in a temporary folder. */

import { execFile, execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const worktreeOf = (temporary: string) => join(temporary, "worktree");
const isBuilt = (folder: string) => existsSync(join(folder, "dist/cli.js"));

/**
 * The folder of `commit`, checked out and built inside `temporary`; or the folder `commit` itself, if it names a built
 * checkout.
 * @throws Error with a one-line message.
 */
export async function openOtherTree(root: string, commit: string, temporary: string): Promise<string> {
  if (isBuilt(resolve(commit))) return resolve(commit);
  const folder = worktreeOf(temporary);
  await oneLine(`git could not check out ${commit}`, () =>
    run("git", ["-C", root, "worktree", "add", "--detach", folder, commit]),
  );
  await oneLine(`the packages of ${commit} could not be installed`, () =>
    run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, shell: process.platform === "win32" }),
  );
  await oneLine(`${commit} could not be built`, () => run(process.execPath, ["build.mjs"], { cwd: folder }));
  return folder;
}

/** Reverts `openOtherTree` and removes `temporary`. Call when the process exits. */
export function removeOtherTree(root: string, temporary: string): void {
  const folder = worktreeOf(temporary);
  if (existsSync(folder))
    execFileSync("git", ["-C", root, "worktree", "remove", "--force", folder], { stdio: "ignore" });
  rmSync(temporary, { recursive: true, force: true });
}

/** The commit of a checkout, followed by + if files have been changed since. */
export async function commitOf(folder: string): Promise<string> {
  const git = async (...args: string[]) => (await run("git", ["-C", folder, ...args])).stdout.trim();
  try {
    const changed = await git("status", "--porcelain", "-uno");
    return (await git("rev-parse", "--short", "HEAD")) + (changed ? "+" : "");
  } catch {
    return folder;
  }
}

async function oneLine(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    const lines = (stderr || message).split("\n").filter((line) => line.trim());
    throw new Error(`${what}: ${lines.find((line) => /error|fatal/i.test(line)) ?? lines[0]}`);
  }
}
