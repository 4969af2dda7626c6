/** All tests: units in Node, GPU and element in headless Chromium with a software GPU, and the built command line. */

import { defineConfig } from "playwright/test";
import { SOFTWARE_GPU } from "../src/cli/browser.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "output/failed",
  globalSetup: "./support/setup.ts",
  reporter: [["list"], ["./support/reporter.ts"]],
  // While one worker waits for its page, the others can use all cores for the software GPU.
  workers: 3,
  timeout: 120_000,
  use: {
    baseURL: process.env.TEST_SITE,
    viewport: { width: 640, height: 640 },
    launchOptions: { executablePath: process.env.TEST_BROWSER, args: SOFTWARE_GPU },
  },
});
