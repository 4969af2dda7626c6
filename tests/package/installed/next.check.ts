/** The React component of docs/frameworks.md in a Next.js project, built and served as in production. */

import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { expect, type Page, test } from "playwright/test";
import type {} from "../../../src/index.ts";
import { DIMS } from "../../support/blob.ts";
import { expectBlobIn } from "../../support/blob-picture.ts";
import { watch } from "../../support/gpu.ts";
import { Project } from "../../support/package-project.ts";

const LOADED = `${DIMS.join(" × ")} voxels`;

const DEPENDENCIES = {
  next: "^16",
  react: "^19",
  "react-dom": "^19",
  "@types/node": "^20",
  "@types/react": "^19",
  typescript: "^5",
};

let project: Project;
let missing: string | undefined;

test.beforeAll(() => {
  project = new Project("next");
  project.writeSnippets("docs/frameworks.md", "tsx");
  missing = project.install(DEPENDENCIES);
});
test.beforeEach(() => {
  test.skip(missing !== undefined, missing);
});

test("react-dom/server renders the component to HTML with its attributes and content", async () => {
  const outfile = `${project.folder}/node_modules/.rendered/page.mjs`;
  await esbuild.build({
    stdin: {
      contents: `
        import { createElement } from "react";
        import { renderToString } from "react-dom/server";
        import Page from "./page";
        export const html = renderToString(createElement(Page));
      `,
      resolveDir: `${project.folder}/app`,
    },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    jsx: "automatic",
  });
  const { html } = await import(pathToFileURL(outfile).href);
  expect(html).toContain(
    '<voxel-volume src="/brain.nii" explode="0" style="display:block;aspect-ratio:1">' +
      "<p>The volume cannot be shown here.</p></voxel-volume>",
  );
});

test.describe("built by next build, served by next start", () => {
  let address: string;
  let server: ChildProcess | undefined;

  test.beforeAll(async () => {
    if (missing) return;
    project.run("env", "NEXT_TELEMETRY_DISABLED=1", "NODE_ENV=production", "next", "build");
    ({ address, server } = await start());
  });
  test.afterAll(() => {
    server?.kill();
  });

  const element = (page: Page) =>
    page.evaluate(() => {
      const viewer = document.querySelector("voxel-volume");
      return { explode: viewer?.explode, drawn: viewer?.settings?.explode, labels: viewer?.labels };
    });

  test("onLoad is called with the dimensions of the volume, and new state reaches the element", async ({
    page,
  }) => {
    const complaints = watch(page);
    await page.goto(address);
    await expect(page.getByRole("status")).toHaveText(LOADED);
    expect(await element(page)).toEqual({ explode: 0, drawn: 0, labels: { 1: "Brain" } });
    await page.getByRole("button", { name: "Explode" }).click();
    await expect.poll(() => element(page)).toEqual({ explode: 0.4, drawn: 0.4, labels: { 1: "Brain" } });
    await expect(page.getByRole("status")).toHaveText(LOADED);
    expect(complaints).toEqual([]);
  });

  test("the element draws", async ({ page }) => {
    await page.goto(address);
    await page.locator("voxel-volume").evaluate((viewer) => viewer.setAttribute("blend", "exact"));
    await expect(page.getByRole("status")).toHaveText(LOADED);
    await expectBlobIn(page, "next");
  });

  test("onLoad is called if the volume is shown before React starts", async ({ page }) => {
    const complaints = watch(page);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/_next/**/*.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.route(/\/own\/.*\.js$/, (route) => {
      const path = new URL(route.request().url()).pathname.replace("/own/", "dist/");
      return route.fulfill({ body: readFileSync(path), contentType: "text/javascript" });
    });
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForSelector("head", { state: "attached" });
    await page.addScriptTag({ url: "/own/voxel-volume.min.js", type: "module" });
    await page.waitForFunction(() => document.querySelector("voxel-volume")?.loaded);
    await expect(page.getByRole("status")).toHaveText("Loading…");
    release();
    await expect(page.getByRole("status")).toHaveText(LOADED);
    expect(complaints).toEqual([]);
  });
});

/** Starts the server of the built project and returns its address. */
function start(): Promise<{ address: string; server: ChildProcess }> {
  const program = "node_modules/next/dist/bin/next";
  const args = [program, "start", "--hostname", "127.0.0.1", "--port", "0"];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const server = spawn("node", args, { cwd: project.folder, env, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (chunk) => {
      said += chunk;
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (address) resolve({ address, server });
    });
    server.on("exit", () => reject(new Error(`next start ended: ${said}`)));
  });
}
