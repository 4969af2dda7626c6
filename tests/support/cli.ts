/** Runs the built command line in a temporary folder that is removed after the test. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, expect } from "playwright/test";

export { expect };

/** Result of a run. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class CommandLine {
  /** Environment variables in addition to those of the tests. */
  env: Record<string, string> = {};

  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, bytes: Uint8Array | string): string {
    writeFileSync(this.path(name), bytes);
    return name;
  }

  files(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** Starts `voxel-volume` in the folder. */
  start(...args: string[]): ChildProcess {
    const { TEST_BROWSER = "", ...rest } = process.env;
    const env = {
      ...rest,
      VOXEL_VOLUME_BROWSER: TEST_BROWSER,
      DISPLAY: "",
      WAYLAND_DISPLAY: "",
      ...this.env,
    };
    return spawn(process.execPath, [resolve("dist/cli.js"), ...args], { cwd: this.folder, env });
  }

  async run(...args: string[]): Promise<Run> {
    const child = this.start(...args);
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
    });
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { status, stdout, stderr };
  }

  /** Expects a run to succeed, with nothing on standard error except the line about the GPU. */
  async succeed(...args: string[]): Promise<Run> {
    const run = await this.run(...args);
    expect(run.stderr.replace(USING, ""), args.join(" ")).toBe("");
    expect(run.status, args.join(" ")).toBe(0);
    return run;
  }
}

/** The lines that name the GPU and, if the browser has no sandbox (as for root), say so. */
export const USING = /^(voxel-volume: the browser runs without its sandbox: .+\n)?voxel-volume: using .+\n/;

export const test = base.extend<{ cli: CommandLine }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright requires the pattern.
  cli: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "voxel-volume-"));
    await use(new CommandLine(folder));
    rmSync(folder, { recursive: true, force: true });
  },
});
