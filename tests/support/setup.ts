/** Before all tests: finds or installs a browser, builds the pages, and serves them. */

import { execSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as esbuild from "esbuild";
import sirv from "sirv";
import { findBrowser } from "../../src/cli/browser.ts";

/** Folder for the built pages of the tests. */
const PAGES = "tests/output/pages";

const INSTALLERS = [
  "npx playwright install chromium",
  "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium",
];

export default async function setup(): Promise<() => void> {
  process.env.TEST_BROWSER = browser();
  await esbuild.build({
    entryPoints: { "engine-page": "tests/engine/page.ts" },
    outdir: PAGES,
    bundle: true,
    format: "esm",
    loader: { ".wgsl": "text" },
    sourcemap: "inline",
    logLevel: "warning",
  });
  const folders = ["dist", PAGES, "tests/pages"].map((folder) => sirv(folder, { dev: true }));
  const server = createServer((request, response) => {
    const [first, second, third] = folders;
    first(request, response, () => second(request, response, () => third(request, response)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  process.env.TEST_SITE = `http://localhost:${(server.address() as AddressInfo).port}`;
  return () => {
    server.close();
    server.closeAllConnections();
  };
}

/** Path of a browser: an installed one, or one that is installed now. */
function browser(): string {
  const wanted = process.env.VOXEL_VOLUME_BROWSER;
  for (const command of INSTALLERS) {
    try {
      return findBrowser(wanted);
    } catch {
      console.log(`No browser here; trying: ${command}`);
    }
    try {
      execSync(command, { stdio: ["ignore", "ignore", "inherit"], timeout: 600_000 });
    } catch (error) {
      console.log(`  ${(error as Error).message.split("\n")[0]}`);
    }
  }
  return findBrowser(wanted);
}
