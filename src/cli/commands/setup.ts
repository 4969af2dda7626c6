/** `setup`: installs what `render` and `export` need, if missing: playwright-core and a browser. */

import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { VoxelVolumeError } from "../../errors.ts";
import { findBrowser } from "../browser.ts";
import { ownFolder } from "../cache.ts";
import { PLAYWRIGHT_RANGE, playwrightPath, toolsFolder } from "../playwright.ts";

export async function setup(): Promise<void> {
  const found = playwrightPath();
  if (found) console.log(`playwright-core is there: ${dirname(found)}`);
  else await installPlaywright();
  const browser = foundBrowser();
  if (browser) return console.log(`a browser is there: ${browser}`);
  const cli = join(dirname(playwrightPath() as string), "cli.js");
  await run("the installation of Chromium", process.execPath, [cli, "install", "chromium"]);
  console.log(`installed Chromium: ${findBrowser()}`);
}

async function installPlaywright(): Promise<void> {
  const folder = toolsFolder();
  const wanted = `playwright-core@${PLAYWRIGHT_RANGE}`;
  await ownFolder(folder).catch((cause: Error) => {
    throw new VoxelVolumeError("invalid-option", `${folder} cannot be used: ${cause.message}`, { cause });
  });
  await run("npm", "npm", [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    wanted,
  ]);
  if (!playwrightPath())
    throw new VoxelVolumeError("network", `npm has not installed ${wanted}: do it by hand in your project`);
  console.log(`installed ${wanted} in ${folder}`);
}

/** The browser that the other commands will use. A wrong $VOXEL_VOLUME_BROWSER is an error. */
function foundBrowser(): string | undefined {
  const wanted = process.env.VOXEL_VOLUME_BROWSER;
  if (wanted) return findBrowser(wanted);
  try {
    return findBrowser();
  } catch {
    return undefined;
  }
}

/** Runs a program until it ends; its output is shown only if it fails. */
function run(name: string, command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // On Windows, npm is a script and has to be run by a shell, which splits the arguments.
    const shell = process.platform === "win32";
    const words = shell ? args.map((arg) => `"${arg}"`) : args;
    const child = spawn(shell ? `"${command}"` : command, words, {
      stdio: ["ignore", "ignore", "pipe"],
      shell,
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    const fail = (reason: string, cause?: Error) =>
      reject(new VoxelVolumeError("network", `${name} failed: ${reason}`, { cause }));
    child.on("error", (error) => fail(error.message, error));
    child.on("close", (status) => {
      if (status === 0) resolve();
      else fail(errorLine(said) ?? `status ${status}`);
    });
  });
}

/** First line of npm's output with a reason, rather than an error code or the path of a log. */
function errorLine(text: string): string | undefined {
  const lines = text.split("\n").map((line) => line.replace(/^npm (ERR!|error) ?/, "").trim());
  return lines.find((line) => line !== "" && !/^A complete log|^code /.test(line));
}
