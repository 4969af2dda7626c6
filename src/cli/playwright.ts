/**
 * Finds playwright-core, which controls the browser. It is an optional peer dependency, because pages do not need it.
 */

import { createRequire } from "node:module";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { VoxelVolumeError } from "../errors.ts";
import { cacheFolder, isPrivate } from "./cache.ts";

export type Playwright = typeof import("playwright-core");

const NAME = "playwright-core";
/** The supported versions. */
export const PLAYWRIGHT_RANGE = manifest.peerDependencies[NAME];

/** Folder in which `voxel-volume setup` installs it. */
export function toolsFolder(): string {
  return join(cacheFolder(), "tools");
}

/**
 * Path of playwright-core as resolved from the package or in `setup`'s folder; undefined if neither has it. The current
 * folder is not searched: it may be a downloaded one, and its code would run. `setup`'s folder must be the user's alone.
 */
export function playwrightPath(): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  const places = isPrivate(toolsFolder()) ? [NAME, join(toolsFolder(), "node_modules", NAME)] : [NAME];
  for (const place of places) {
    try {
      return resolve(place);
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
