/** All tests: units in Node, GPU and element in headless Chromium on a software GPU, the command line as built. */

import { defineConfig } from "playwright/test";
import { SOFTWARE_GPU } from "../src/cli/browser.ts";

export default defineConfig({
  testDir: ".",
  outputDir: "output/failed",
  globalSetup: "./support/setup.ts",
  reporter: [["list"], ["./support/reporter.ts"]],
  // While one waits for its page, the other has the cores: the software GPU takes all that there are.
  workers: 2,
  timeout: 120_000,
  use: {
    baseURL: process.env.TEST_SITE,
    viewport: { width: 640, height: 640 },
    launchOptions: { executablePath: process.env.TEST_BROWSER, args: SOFTWARE_GPU },
  },
});
