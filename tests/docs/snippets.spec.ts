/** The code in the documentation has no type errors, and its attributes exist. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { expect, test } from "playwright/test";
import { compile } from "svelte/compiler";
import { compileScript, parse } from "vue/compiler-sfc";
import { OPTION_NAMES } from "../../src/options/options.ts";
import { snippets } from "../support/snippets.ts";

const OUT = "tests/output/snippets";
const DOCUMENTS = ["README.md", ...readdirSync("docs").map((name) => `docs/${name}`)].filter(
  (path) => extname(path) === ".md",
);
const all = (...languages: string[]) =>
  DOCUMENTS.flatMap((document) =>
    snippets(document, ...languages).map((snippet) => ({ document, ...snippet })),
  );

/** Declarations that snippets rely on. */
const PRELUDE = `
import type { VoxelVolumeElement } from "voxel-volume";
declare global {
  const viewer: VoxelVolumeElement;
  const others: VoxelVolumeElement[];
  /** Of type "file", so it always has files. */
  const input: HTMLInputElement & { readonly files: FileList };
  const link: HTMLAnchorElement;
  const caption: HTMLElement;
  function showStill(): void;
}
`;
/** Modules that snippets import and that are not installed here. */
const MISSING = `
declare module "webgpu" {
  export function create(flags: readonly string[]): GPU;
  export const globals: object;
}
declare module "@vitejs/plugin-vue" {
  type CompilerOptions = NonNullable<Parameters<typeof import("vue").compile>[1]>;
  export default function vue(options: { template: { compilerOptions: CompilerOptions } }): unknown;
}
`;
const CONFIG = {
  extends: "../../types/tsconfig.json",
  compilerOptions: {
    jsx: "react-jsx",
    allowJs: true,
    checkJs: true,
    moduleDetection: "force",
    noUnusedLocals: false,
  },
  include: [".", "../../../shaders"],
};

/** Attributes that all elements have. */
const GLOBAL = ["class", "id", "slot", "style", "hidden", "lang", "title"];
const OWN =
  "src entry frame labels alt poster loading reveal controls permalink auto-rotate auto-rotate-delay".split(
    " ",
  );

test("JavaScript and TypeScript in the documentation have no type errors", () => {
  rmSync(OUT, { recursive: true, force: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(OUT, path)), { recursive: true });
    writeFileSync(join(OUT, path), text);
  };
  write("tsconfig.json", JSON.stringify(CONFIG));
  write("prelude.d.ts", PRELUDE);
  write("missing.d.ts", MISSING);
  const found = all("js", "jsx", "ts", "tsx");
  expect(found.length).toBeGreaterThan(10);
  for (const { document, line, language, file, text } of found) {
    // Preceded by as many lines as in the document, so that errors have the document's line numbers.
    const name = file && extname(file) === `.${language}` ? basename(file) : `line-${line}.${language}`;
    write(`${basename(document, ".md")}/${name}`, "\n".repeat(line - 1) + text);
  }
  let errors = "";
  try {
    execFileSync("npx", ["tsc", "-p", OUT], { encoding: "utf8" });
  } catch (error) {
    errors = (error as { stdout: string }).stdout;
  }
  expect(errors).toBe("");
});

test("components in the documentation compile with Vue and Svelte", () => {
  const vue = all("vue");
  const svelte = all("svelte");
  expect(vue.length && svelte.length).toBeGreaterThan(0);
  for (const { document, line, text } of vue) {
    const isCustomElement = (tag: string) => tag === "voxel-volume";
    const { descriptor, errors } = parse(text);
    expect(errors, `${document}:${line}`).toEqual([]);
    const templateOptions = { compilerOptions: { isCustomElement } };
    const { content } = compileScript(descriptor, { id: "snippet", inlineTemplate: true, templateOptions });
    expect(content, `${document}:${line}`).toContain('"voxel-volume"');
  }
  for (const { document, line, text } of svelte) {
    expect(compile(text, {}).warnings, `${document}:${line}`).toEqual([]);
  }
});

test("every attribute of <voxel-volume> in the documentation exists", () => {
  const tags = all("html").flatMap(({ document, line, text }) =>
    [...text.matchAll(/<voxel-volume((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/g)].map(([tag, attributes]) => ({
      at: `${document}:${line} ${tag}`,
      names: [...attributes.matchAll(/([\w-]+)(?:="[^"]*")?/g)].map(([, name]) => name),
    })),
  );
  expect(tags.length).toBe(
    all("html").reduce((sum, { text }) => sum + text.split("<voxel-volume").length - 1, 0),
  );
  for (const { at, names } of tags) {
    const unknown = names.filter((name) => ![...OPTION_NAMES, ...OWN, ...GLOBAL].includes(name));
    expect(unknown, at).toEqual([]);
  }
});
