/** publint and "Are the types wrong?" accept the package; and the size of its installation. */

import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { Project, pack } from "../../support/package-project.ts";

const MOST_BYTES = 12_000_000;

test("publint and attw find nothing wrong", () => {
  const run = (...command: string[]) => execFileSync("npx", command, { encoding: "utf8", stdio: "pipe" });
  run("publint", "--strict");
  run("attw", pack(), "--profile", "esm-only", "--no-emoji");
});

test("a page author installs less than 12 MB", () => {
  const project = new Project("size");
  const missing = project.install();
  test.skip(missing !== undefined, missing);
  const folder = join(project.folder, "node_modules");
  const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => statSync(join(folder, path)))
    .filter((file) => file.isFile())
    .map(({ size }) => size);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${sizes.length} files, ${bytes} bytes`);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
