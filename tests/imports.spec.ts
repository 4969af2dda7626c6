/** The structure of src/: which folder may import which, and no circular imports, including types. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "playwright/test";

/**
 * What a folder may import besides itself and the files next to the folders. Folders that are not listed may import
 * all.
 */
const ALLOWED: Record<string, readonly string[]> = {
  read: [],
  values: [],
  options: ["values"],
  axes: ["options", "values"],
  engine: ["options", "values"],
  voxels: ["options", "engine"],
  picture: ["values", "options", "axes", "engine"],
  film: ["values", "options"],
  state: ["options"],
  page: ["read", "values", "options", "axes", "engine", "picture"],
  element: ["read", "values", "options", "axes", "engine", "voxels", "picture", "film", "page", "state"],
  cli: ["read", "values", "options", "axes", "engine", "voxels", "picture", "film", "page"],
  notebook: ["read", "options", "element"],
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => join("src", path));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** The modules of src/ that a module imports, including dynamic imports. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import|import\() ?"(\.[^"]+\.ts)"/g)].map(([, path]) =>
    join(dirname(file), path),
  );
}

/** The folder in src/ of a module; empty for files next to the folders. */
const folderOf = (file: string) => (file.split("/").length > 2 ? file.split("/")[1] : "");

test("folders import only what they are allowed to", () => {
  expect(files.length).toBeGreaterThan(80);
  const wrong = [...imports].flatMap(([file, targets]) => {
    const allowed = ALLOWED[folderOf(file)];
    return targets
      .filter((target) => allowed && ![folderOf(file), "", ...allowed].includes(folderOf(target)))
      .map((target) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test("there are no circular imports", () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" > "));
    if (done.has(file) || path.includes(file)) return;
    for (const target of imports.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});
