/** Finds a browser and starts it headless with WebGPU, on the GPU if there is one, else in software. */

import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { VoxelVolumeError } from "../errors.ts";
import type { HeadlessPage } from "./headless.ts";
import { type Playwright, playwright, tryPlaywright } from "./playwright.ts";

/** Names of Chromium-based browsers on the PATH, and where they are installed outside it. */
const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const COMMON = ["--disable-background-networking", "--enable-unsafe-webgpu"];
const REAL_GPU = [...COMMON, ...(process.platform === "linux" ? ["--enable-features=Vulkan"] : [])];
/**
 * Exactly these flags: with others, Chromium's GPU process fails with "A valid external Instance reference no longer
 * exists".
 */
export const SOFTWARE_GPU = [
  ...COMMON,
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
  "--use-angle=swiftshader",
];

/** Address of the DevTools of a browser that was started with --remote-debugging-port. */
const DEVTOOLS = /^(https?|wss?):\/\//;

/**
 * A browser: `wanted`, which is a path or the address of a running one; else the path of Playwright's own, else an installed Chrome, Chromium or Edge.
 * @throws VoxelVolumeError "webgpu-unavailable", which says how to install one.
 */
export function findBrowser(wanted?: string): string {
  if (wanted) {
    if (DEVTOOLS.test(wanted) || isExecutable(wanted)) return wanted;
    throw new VoxelVolumeError(
      "webgpu-unavailable",
      `The browser "${wanted}" is not there or is not a program`,
    );
  }
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => COMMANDS.map((name) => join(dir, name)));
  const found = [tryPlaywright()?.chromium.executablePath() ?? "", ...onPath, ...PLACES].find(isExecutable);
  if (found) return found;
  throw new VoxelVolumeError(
    "webgpu-unavailable",
    "No browser found: run `npx voxel-volume setup`, or install Chrome or Chromium, or name one with --browser PATH",
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** True if this machine may have a GPU that Chromium can use; avoids a start that is bound to fail. */
function mayHaveGpu(): boolean {
  if (process.platform !== "linux") return true;
  const hasRenderNode =
    existsSync("/dev/dri") && readdirSync("/dev/dri").some((name) => name.startsWith("renderD"));
  return hasRenderNode || existsSync("/dev/nvidiactl") || existsSync("/dev/dxg");
}

/** A page of the command line's server, in a browser with a WebGPU adapter. */
export interface HeadlessBrowser {
  readonly page: Page;
  readonly adapter: string;
  /** True if the adapter renders in software. */
  readonly software: boolean;
  /** Why the browser runs without its sandbox, if it does. */
  readonly withoutSandbox?: string;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Milliseconds that the browser may take to start, and again to answer. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 60_000;

/**
 * Opens `url` (see headless.ts) in a headless browser: `wanted`, a path or the address of one that runs, or one that is found.
 * @throws VoxelVolumeError "webgpu-unavailable".
 */
export async function openHeadless(
  url: string,
  wanted?: string,
  { patienceMs = PATIENCE_MS }: OpenOptions = {},
): Promise<HeadlessBrowser> {
  const driver = playwright();
  const program = findBrowser(wanted);
  const starts = DEVTOOLS.test(program)
    ? [{ start: () => connect(driver, program, patienceMs), software: false }]
    : (mayHaveGpu() ? [REAL_GPU, SOFTWARE_GPU] : [SOFTWARE_GPU]).map((args) => ({
        start: () => launch(driver, { executablePath: program, args, timeout: patienceMs }),
        software: args === SOFTWARE_GPU,
      }));
  const reasons: string[] = [];
  for (const { start, software } of starts) {
    const { browser, withoutSandbox } = await start();
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(patienceMs);
      await page.goto(url);
      const ready = await page.waitForFunction(() =>
        (globalThis as unknown as { voxelVolume?: HeadlessPage }).voxelVolume?.probe(),
      );
      const found = (await ready.jsonValue()) as Awaited<ReturnType<HeadlessPage["probe"]>>;
      if (!("error" in found)) {
        const { adapter, fallback } = found;
        const close = browser.close.bind(browser);
        return { page, adapter, software: fallback || software, withoutSandbox, close };
      }
      reasons.push(found.error);
    } catch (error) {
      reasons.push(firstLine(error));
    }
    await browser.close();
  }
  throw new VoxelVolumeError(
    "webgpu-unavailable",
    `${program} has no WebGPU adapter, neither a real GPU nor a software one: ${reasons.at(-1)}`,
  );
}

async function connect({ chromium }: Playwright, endpoint: string, timeout: number): Promise<Started> {
  try {
    return { browser: await chromium.connectOverCDP(endpoint, { timeout }) };
  } catch (cause) {
    const message = `No browser answers at ${endpoint} (${firstLine(cause)}): start one with --remote-debugging-port`;
    throw new VoxelVolumeError("webgpu-unavailable", message, { cause });
  }
}

interface Started {
  readonly browser: Browser;
  /** Why it runs without its sandbox, if it does. */
  readonly withoutSandbox?: string;
}

type LaunchOptions = { executablePath: string; args: string[]; timeout: number };

/** Starts the browser in its sandbox, or without one if the sandbox is known or found to be impossible. */
async function launch({ chromium }: Playwright, options: LaunchOptions): Promise<Started> {
  let withoutSandbox =
    process.platform === "linux" && process.getuid?.() === 0 ? "it cannot start for root" : undefined;
  for (;;) {
    try {
      const chromiumSandbox = withoutSandbox === undefined;
      return { browser: await chromium.launch({ ...options, chromiumSandbox }), withoutSandbox };
    } catch (cause) {
      if (withoutSandbox === undefined && NO_SANDBOX.test((cause as Error).message)) {
        withoutSandbox = "it cannot start on this system";
        continue;
      }
      throw new VoxelVolumeError("webgpu-unavailable", whyNotStarted(options, cause), { cause });
    }
  }
}

/** Messages of Chromium when its sandbox cannot start. */
const NO_SANDBOX = /No usable sandbox|without --no-sandbox|SUID sandbox helper|namespace sandbox failed/i;

function whyNotStarted({ executablePath, timeout }: LaunchOptions, error: unknown): string {
  const { name } = error as Error;
  if (name === "TimeoutError")
    return `The browser ${executablePath} has not started in ${timeout / 1000} s: name another one with --browser`;
  const advice = "is it Chrome or Chromium? Name one with --browser PATH";
  return `The browser ${executablePath} could not be started (${firstLine(error)}): ${advice}`;
}

/** Message of a Playwright error, without its log and the method's name. */
function firstLine(error: unknown): string {
  return (error as Error).message.split("\n")[0].replace(/^[\w.]+: /, "");
}
