/** Tests of the published package, including those that install it into projects of other tools. */

import { defineConfig } from "playwright/test";
import base from "../playwright.config.ts";

export default defineConfig(base, {
  testDir: ".",
  testMatch: ["*.spec.ts", "installed/*.check.ts"],
  outputDir: "../output/failed",
  globalSetup: "../support/setup.ts",
  reporter: [["list"], ["../support/reporter.ts"]],
  // npm packs in the repository's folder: two at once would disturb each other.
  workers: 1,
  timeout: 600_000,
});
