/** Finds playwright-core, which drives the browser. It is an optional peer of the package, for pages do without it. */

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import manifest from "../../package.json" with { type: "json" };
import { VoxelVolumeError } from "../errors.ts";
import { cacheFolder } from "./cache.ts";

export type Playwright = typeof import("playwright-core");

const NAME = "playwright-core";
/** Where the manifest does not say: the versions that were tested. */
const RANGE = "^1.65.1";

/** The versions that do. */
export function playwrightRange(): string {
  const { peerDependencies = {} } = manifest as { peerDependencies?: Record<string, string> };
  return peerDependencies[NAME] ?? RANGE;
}

/** Folder in which `voxel-volume setup` installs it. */
export function toolsFolder(): string {
  return join(cacheFolder(), "tools");
}

/**
 * Its path, as the package or `setup` has it; undefined where neither has. Not as the current folder has it: that may be a
 * downloaded one, and its code would run.
 */
export function playwrightPath(): string | undefined {
  for (const from of [import.meta.url, pathToFileURL(join(toolsFolder(), "package.json"))]) {
    try {
      return createRequire(from).resolve(NAME);
    } catch {
      // The next one may have it.
    }
  }
  return undefined;
}

/** Loaded when a browser is needed: that takes longer than all else that `info` does. */
export function tryPlaywright(): Playwright | undefined {
  const path = playwrightPath();
  return path === undefined ? undefined : createRequire(import.meta.url)(path);
}

/** @throws VoxelVolumeError "webgpu-unavailable" that says how to add it. */
export function playwright(): Playwright {
  const found = tryPlaywright();
  if (found) return found;
  throw new VoxelVolumeError(
    "webgpu-unavailable",
    "What drives the browser is not installed: run `npx voxel-volume setup`, which adds playwright-core",
  );
}
