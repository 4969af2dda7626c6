/** All tests: units in Node, GPU and element in headless Chromium on a software GPU, the command line as built. */

import { defineConfig } from "playwright/test";
import { SOFTWARE_GPU } from "../src/cli/browser.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "output/failed",
  globalSetup: "./support/setup.ts",
  reporter: [["list"], ["./support/tally.ts"]],
  // While some wait for their pages, others have the cores: the software GPU takes all that there are.
  workers: 3,
  timeout: 120_000,
  use: {
    baseURL: process.env.TEST_SITE,
    viewport: { width: 640, height: 640 },
    launchOptions: { executablePath: process.env.TEST_BROWSER, args: SOFTWARE_GPU },
  },
});
