/** Finds a browser and starts it headless with WebGPU: on the real GPU where there is one, else in software. */

import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { Browser, Page } from "playwright";
import { VoxelVolumeError } from "../errors.ts";
import type { HeadlessPage } from "./headless.ts";

/** Loaded when a browser is needed: loading takes longer than all else that `info` does. */
const playwright = () => createRequire(import.meta.url)("playwright") as typeof import("playwright");

/** Names of Chromium's kin on the PATH, and where they are installed outside it. */
const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const COMMON = ["--no-sandbox", "--disable-background-networking", "--enable-unsafe-webgpu"];
const REAL_GPU = [...COMMON, ...(process.platform === "linux" ? ["--enable-features=Vulkan"] : [])];
/** Exactly these: with others, Chromium's GPU process ends with "A valid external Instance reference no longer exists". */
export const SOFTWARE_GPU = [
  ...COMMON,
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
  "--use-angle=swiftshader",
];

/**
 * Path of a browser: `wanted`, else Playwright's own, else an installed Chrome, Chromium or Edge.
 * @throws VoxelVolumeError "webgpu-unavailable" that says how to get one.
 */
export function findBrowser(wanted?: string): string {
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new VoxelVolumeError("webgpu-unavailable", `The browser "${wanted}" is not there or cannot be run`);
  }
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((dir) => COMMANDS.map((name) => join(dir, name)));
  const found = [playwright().chromium.executablePath(), ...onPath, ...PLACES].find(isExecutable);
  if (found) return found;
  throw new VoxelVolumeError(
    "webgpu-unavailable",
    "No browser found: run `npx playwright install chromium`, or install Chrome or Chromium, or name one with --browser PATH",
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether this machine may have a GPU that Chromium can use; saves a start that is bound to fail. */
function mayHaveGpu(): boolean {
  if (process.platform !== "linux") return true;
  const hasRenderNode =
    existsSync("/dev/dri") && readdirSync("/dev/dri").some((name) => name.startsWith("renderD"));
  return hasRenderNode || existsSync("/dev/nvidiactl") || existsSync("/dev/dxg");
}

/** A page of the command line's server, in a browser that has a WebGPU adapter. */
export interface HeadlessBrowser {
  readonly page: Page;
  readonly adapter: string;
  /** Whether the adapter is software. */
  readonly software: boolean;
  close(): Promise<void>;
}

/**
 * Opens `url` (see headless.ts) in a headless browser.
 * @throws VoxelVolumeError "webgpu-unavailable".
 */
export async function openHeadless(url: string, wanted?: string): Promise<HeadlessBrowser> {
  const executablePath = findBrowser(wanted);
  const attempts = mayHaveGpu() ? [REAL_GPU, SOFTWARE_GPU] : [SOFTWARE_GPU];
  const reasons: string[] = [];
  for (const args of attempts) {
    let browser: Browser | undefined;
    try {
      browser = await playwright().chromium.launch({ executablePath, args, timeout: 60_000 });
      const page = await browser.newPage();
      await page.goto(url);
      const found = await page.evaluate(() =>
        (globalThis as unknown as { voxelVolume: HeadlessPage }).voxelVolume.probe(),
      );
      if (!("error" in found)) {
        const { adapter, fallback } = found;
        const close = browser.close.bind(browser);
        return { page, adapter, software: fallback || args === SOFTWARE_GPU, close };
      }
      reasons.push(found.error);
    } catch (error) {
      reasons.push((error as Error).message.split("\n")[0]);
    }
    await browser?.close();
  }
  throw new VoxelVolumeError(
    "webgpu-unavailable",
    `${executablePath} has no WebGPU adapter, neither a real GPU nor a software one: ${reasons.at(-1)}`,
  );
}
