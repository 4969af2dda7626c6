/**
 * Finds playwright-core, which controls the browser. It is an optional peer dependency, because pages do not need it.
 */

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import manifest from "../../package.json" with { type: "json" };
import { VoxelVolumeError } from "../errors.ts";
import { cacheFolder } from "./cache.ts";

export type Playwright = typeof import("playwright-core");

const NAME = "playwright-core";
/** Tested versions, used if the manifest does not name any. */
const RANGE = "^1.65.1";

/** The supported versions. */
export function playwrightRange(): string {
  const { peerDependencies = {} } = manifest as { peerDependencies?: Record<string, string> };
  return peerDependencies[NAME] ?? RANGE;
}

/** Folder in which `voxel-volume setup` installs it. */
export function toolsFolder(): string {
  return join(cacheFolder(), "tools");
}

/**
 * Path of playwright-core as resolved from the package or from `setup`'s folder; undefined if neither has it. The current
 * folder is not searched: it may be a downloaded one, and its code would run.
 */
export function playwrightPath(): string | undefined {
  for (const from of [import.meta.url, pathToFileURL(join(toolsFolder(), "package.json"))]) {
    try {
      return createRequire(from).resolve(NAME);
    } catch {
      // Try the next one.
    }
  }
  return undefined;
}

/** Loads playwright-core only when a browser is needed: that takes longer than everything else that `info` does. */
export function tryPlaywright(): Playwright | undefined {
  const path = playwrightPath();
  return path === undefined ? undefined : createRequire(import.meta.url)(path);
}

/** @throws VoxelVolumeError "webgpu-unavailable", which says how to install it. */
export function playwright(): Playwright {
  const found = tryPlaywright();
  if (found) return found;
  throw new VoxelVolumeError(
    "webgpu-unavailable",
    "What drives the browser is not installed: run `npx voxel-volume setup`, which adds playwright-core",
  );
}
