/**
 * Contents of the package: the files that npm would publish, their imports, and package.json's statements about them.
 */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "playwright/test";
import { packedFiles } from "../support/package-project.ts";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const files = packedFiles().map(({ path }) => path);
const scripts = files.filter((path) => path.endsWith(".js"));

/** Modules that a built module imports: all, or only static imports. */
function importsOf(path: string, isStatic = false): string[] {
  const found = readFileSync(path, "utf8").matchAll(
    /(?:^|[;}\s])(?:import|export)(?:[\w$*{}\s,]*?from)?\s*(\(?)"([^"\s]+)"/g,
  );
  return [...found].filter(([, dynamic]) => !isStatic || !dynamic).map(([, , name]) => name);
}

const isPackage = (name: string) => !name.startsWith(".") && !name.startsWith("node:");
const packageOf = (name: string) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0];

/** Packages that are loaded together with a module. */
function packagesOf(entry: string): string[] {
  const done = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string) => {
    if (done.has(path)) return;
    done.add(path);
    for (const name of importsOf(path, true)) {
      if (isPackage(name)) packages.add(packageOf(name) as string);
      else if (name.startsWith(".")) visit(join(dirname(path), name));
    }
  };
  visit(entry);
  return [...packages].sort();
}

test("the package has only built files, the documentation and the licence", () => {
  expect(scripts.length).toBeGreaterThan(50);
  const other = files.filter((path) => !/^(dist|docs)\/|^(package\.json|LICENSE|[A-Z]+\.md)$/.test(path));
  expect(other).toEqual([]);
  expect(files.filter((path) => /\.map$|^dist\/(bench|demo|sample)|metafiles/.test(path))).toEqual([]);
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "dist/LEGAL.txt"]));
});

test("the targets of links in its documents are in the package", () => {
  const documents = files.filter((path) => path.endsWith(".md"));
  const missing = documents.flatMap((document) => {
    const links = readFileSync(document, "utf8").matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g);
    return [...links]
      .map(([, link]) => link)
      .filter((link) => !/^\w+:/.test(link) && !files.includes(join(dirname(document), link)))
      .map((link) => `${document}: ${link}`);
  });
  expect(documents.length).toBeGreaterThan(8);
  expect(missing).toEqual([]);
});

test("the files that package.json names are in the package, and the sources of the declarations exist", () => {
  const sources: string[] = JSON.parse(readFileSync("tsconfig.types.json", "utf8")).files;
  const entries = Object.values(manifest.exports as Record<string, string | Record<string, string>>);
  const paths = [
    ...entries.flatMap((entry) => (typeof entry === "string" ? entry : Object.values(entry))),
    ...[manifest.types, manifest.unpkg, manifest.jsdelivr, ...Object.values(manifest.bin)],
  ].map((path) => path.replace("./", ""));
  const missing = paths.filter((path) => {
    const source = path.replace(/^dist\/types\/(.*)\.d\.ts$/, "src/$1.ts");
    // The custom elements manifest is built together with the declarations.
    return source === path
      ? !files.includes(path) && path !== manifest.customElements
      : !sources.includes(source);
  });
  expect(missing).toEqual([]);
});

test("the package depends on exactly the packages that it imports", () => {
  const imported = scripts.flatMap((path) => importsOf(path)).filter(isPackage);
  const wanted = [...new Set(imported.map(packageOf))]
    // An optional peer dependency; an error message asks for it if it is missing.
    .filter((name) => name !== "playwright-core")
    .sort();
  expect(wanted).toEqual(Object.keys(manifest.dependencies).sort());
});

test("reading, the engine and the command line load no part of the element", () => {
  expect(packagesOf("dist/index.js")).toContain("lit");
  expect(packagesOf("dist/read.js")).toEqual([]);
  expect(packagesOf("dist/engine.js")).toEqual([]);
  expect(packagesOf("dist/cli.js")).not.toContain("lit");
  expect(packagesOf("dist/voxel-volume.bundle.js")).toEqual([]);
  expect(importsOf("dist/voxel-volume.bundle.js")).toEqual([]);
});

test("sideEffects lists the modules that register elements", () => {
  const listed = (manifest.sideEffects as string[]).map(
    (glob) => new RegExp(`^${glob.replace("./", "").replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`),
  );
  const registering = scripts.filter((path) => readFileSync(path, "utf8").includes("customElements.define("));
  expect(registering.length).toBeGreaterThan(4);
  expect(scripts.filter((path) => listed.some((pattern) => pattern.test(path)))).toEqual(registering);
});

test("LEGAL.txt has every bundled library with version, licence and text", () => {
  const legal = readFileSync("dist/LEGAL.txt", "utf8");
  type Output = { inputs: Record<string, { bytesInOutput: number }> };
  const metafiles: { outputs: Record<string, Output> }[] = JSON.parse(
    readFileSync("dist/metafiles.json", "utf8"),
  );
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)),
  );
  const folders = new Set(
    inputs.flatMap(
      ([path, { bytesInOutput }]) =>
        (bytesInOutput > 0 && /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)) || [],
    ),
  );
  expect(folders.size).toBeGreaterThan(8);
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    expect(legal.split("\n"), name).toContain(`${name} ${version}, ${license}`);
  }
  const parts = legal.split(/^-{80}$/m).slice(1);
  for (const part of parts) expect(part).toMatch(/copyright[\s\S]{300,}/i);
  expect(parts.at(-1)).toContain("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION");
});
