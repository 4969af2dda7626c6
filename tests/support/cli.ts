/** Runs the built command line in a temporary folder that is removed after the test. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test as base, chromium, expect } from "playwright/test";
import { SOFTWARE_GPU } from "../../src/cli/browser.ts";

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

  /** Path of the command line. */
  program = resolve("dist/cli.js");

  /** Path of the current folder of each run. */
  cwd: string;

  /** `browser`: value of $VOXEL_VOLUME_BROWSER for each run. */
  constructor(
    readonly folder: string,
    private readonly browser: string,
  ) {
    this.cwd = folder;
  }

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

  /** Starts `voxel-volume` in `cwd`. */
  start(...args: string[]): ChildProcess {
    const env = {
      ...process.env,
      VOXEL_VOLUME_BROWSER: this.browser,
      DISPLAY: "",
      WAYLAND_DISPLAY: "",
      ...this.env,
    };
    return spawn(process.execPath, [this.program, ...args], { cwd: this.cwd, env });
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

/** A TCP port of this machine that is not in use. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/**
 * `startsBrowser`: whether each run starts a browser, as it does for users. Otherwise runs use one browser that the tests
 * of a worker share.
 */
export const test = base.extend<{ cli: CommandLine; startsBrowser: boolean }, { devTools: string }>({
  startsBrowser: [false, { option: true }],
  devTools: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for the pattern.
    async ({}, use) => {
      const port = await freePort();
      const args = [...SOFTWARE_GPU, `--remote-debugging-port=${port}`];
      const browser = await chromium.launch({ executablePath: process.env.TEST_BROWSER, args });
      await use(`http://127.0.0.1:${port}`);
      await browser.close();
    },
    { scope: "worker" },
  ],
  cli: async ({ startsBrowser, devTools }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "voxel-volume-"));
    await use(new CommandLine(folder, startsBrowser ? (process.env.TEST_BROWSER ?? "") : devTools));
    rmSync(folder, { recursive: true, force: true });
  },
});
