/** The element, and a worker with the code of docs/engine.md, built by Vite and by webpack. */

import { copyFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { expectBlob, expectBlobIn } from "../../support/blob-picture.ts";
import { serveFolder } from "../../support/folder-site.ts";
import { watch } from "../../support/gpu.ts";
import { Project } from "../../support/package-project.ts";

const SIDE = 200;
const BUNDLERS = {
  vite: {
    dependencies: { vite: "^7" },
    build: (project: Project) => project.run("vite", "build", "--base", "./"),
  },
  webpack: {
    dependencies: { webpack: "^5" },
    build(project: Project) {
      project.run("node", "build.js");
      copyFileSync(`${project.folder}/index.html`, `${project.folder}/dist/index.html`);
      copyFileSync(`${project.folder}/public/brain.nii`, `${project.folder}/dist/brain.nii`);
    },
  },
};

for (const [name, { dependencies, build }] of Object.entries(BUNDLERS)) {
  test(`a page and a worker built with ${name} draw`, async ({ page }) => {
    const project = new Project(name);
    project.copySources("bundlers");
    project.writeSnippets("docs/engine.md", "js");
    const missing = project.install(dependencies);
    test.skip(missing !== undefined, missing);
    build(project);
    const site = await serveFolder(`${project.folder}/dist`);
    try {
      const complaints = watch(page);
      await page.goto(site.url);
      await expectBlobIn(page, name);
      const pixels = await page.evaluate(() =>
        (globalThis as unknown as { drawInWorker(): Promise<number[]> }).drawInWorker(),
      );
      expectBlob(`${name}-worker`, { width: SIDE, height: SIDE, data: Uint8Array.from(pixels) });
      expect(complaints).toEqual([]);
    } finally {
      site.close();
    }
  });
}
