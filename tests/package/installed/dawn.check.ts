/** The code of docs/engine.md in Node.js, with Dawn from the npm package webgpu. */

import { copyFileSync, existsSync, rmSync } from "node:fs";
import { test } from "playwright/test";
import { expectBlob } from "../../support/blob-picture.ts";
import { Project } from "../../support/package-project.ts";
import { readPng } from "../../support/png.ts";

/** Chromium's software GPU, for machines without a GPU: its Vulkan loader and driver. */
const LOADER = "/usr/lib/chromium";
const DRIVER = `${LOADER}/vk_swiftshader_icd.json`;

test("voxel-volume/engine and voxel-volume/read draw in Node.js", () => {
  const project = new Project("dawn");
  project.writeSnippets("docs/engine.md", "js");
  const missing = project.install({ webgpu: "^0.6.2", pngjs: "^7" });
  test.skip(missing !== undefined, missing);
  copyFileSync(`${project.folder}/public/brain.nii`, `${project.folder}/brain.nii`);
  const picture = `${project.folder}/brain.png`;
  rmSync(picture, { force: true });
  const software = existsSync(DRIVER) ? [`VK_ICD_FILENAMES=${DRIVER}`, `LD_LIBRARY_PATH=${LOADER}`] : [];
  project.run("env", ...software, "node", "draw.js");
  expectBlob("dawn", readPng(picture));
});
