/** Tests of the package as it is published, those that install it into projects of other tools, too. */

import { defineConfig } from "playwright/test";
import base from "../playwright.config.ts";

export default defineConfig(base, {
  testDir: ".",
  testMatch: ["*.spec.ts", "installed/*.check.ts"],
  outputDir: "../output/failed",
  globalSetup: "../support/setup.ts",
  reporter: [["list"], ["../support/reporter.ts"]],
  // Packages are installed and projects built.
  timeout: 600_000,
});
