/** The documentation lists exactly the element's API, according to the analyzer and the table of options. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { OPTION_DOCS } from "../../src/options/option-docs.ts";
import { OPTIONS, type OptionName } from "../../src/options/options.ts";

const OUT = "tests/output/manifest";

interface Item {
  readonly name: string;
  readonly kind?: "field" | "method";
  readonly type?: { readonly text: string };
  readonly default?: string;
  readonly description?: string;
  readonly attribute?: string;
  readonly fieldName?: string;
}
type Kind = "attributes" | "members" | "events" | "slots" | "cssParts" | "cssProperties";

let element: Readonly<Record<Kind, readonly Item[]>> & { readonly tagName: string };
let modules: readonly { readonly path: string }[];

test.beforeAll(() => {
  execFileSync("npx", ["cem", "analyze", "--quiet", "--outdir", OUT]);
  const manifest = JSON.parse(readFileSync(`${OUT}/custom-elements.json`, "utf8"));
  modules = manifest.modules;
  element = manifest.modules[0].declarations[0];
});

/** Rows of the tables whose first column has this title, without code marks. */
function tables(file: string, title: string): string[][] {
  const lines = readFileSync(file, "utf8").split("\n");
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
  return lines.flatMap((line, i) => {
    if (!line.startsWith(`| ${title} `)) return [];
    const end = lines.findIndex((other, k) => k > i && !other.startsWith("|"));
    return lines.slice(i + 2, end).map(cells);
  });
}

const DOCS = "docs/element.md";
const code = (text: string) => text.replace(/^`(.*)`$/, "$1");
const named = (items: readonly Item[]) => items.map(({ name }) => name).sort();
const documented = (title: string) => tables(DOCS, title).map(([name]) => code(name));
/** A default in the form of an attribute; an attribute that is off by default has none. */
const written = (text = "") => (/^"?false"?$/.test(text) ? "" : text.replace(/^"(.*)"$/, "$1"));

test("the manifest in the package describes the public element", () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(modules.map(({ path }) => `./${path}`)).toEqual([exports["."].default]);
  expect(element.tagName).toBe("voxel-volume");
  for (const items of [element.attributes, element.members]) {
    expect(named(items).filter((name) => /^[_#]/.test(name))).toEqual([]);
  }
  const options = element.attributes.filter(({ name }) => name in OPTIONS);
  expect(options.map(({ name }) => name)).toEqual(Object.keys(OPTIONS));
  for (const { name, type, description } of element.attributes) {
    expect([type?.text, description], name).toEqual([expect.any(String), expect.any(String)]);
  }
  for (const { name, type } of element.events) expect(type?.text, name).toMatch(/Event/);
});

test("docs/element.md has every attribute with its default", () => {
  const rows = tables(DOCS, "attribute").map((row) => [code(row[0]), code(row.at(-2) ?? "")]);
  const expected = element.attributes.map((attribute) => [attribute.name, written(attribute.default)]);
  expect(rows.sort()).toEqual(expected.sort());
  const fields = tables(DOCS, "attribute").filter((row) => row.length === 4);
  for (const [name, field] of fields) {
    expect(code(field), name).toBe(element.attributes.find((a) => a.name === code(name))?.fieldName);
  }
});

test("docs/element.md has every property, method, event, slot, part and custom property", () => {
  const fields = element.members.filter(({ kind, attribute }) => kind === "field" && !attribute);
  expect(documented("property").sort()).toEqual(named(fields));
  const methods = documented("method").map((signature) => signature.replace(/\(.*/, ""));
  expect(methods.sort()).toEqual(named(element.members.filter(({ kind }) => kind === "method")));
  expect(documented("event").sort()).toEqual(named(element.events));
  expect(documented("slot").map((name) => (name === "(no name)" ? "" : name))).toEqual(named(element.slots));
  expect(documented("part").sort()).toEqual(named(element.cssParts));
  expect(documented("custom property").sort()).toEqual(named(element.cssProperties));
});

for (const file of ["README.md", DOCS]) {
  test(`the options in ${file} are those in the code`, () => {
    const rows = tables(file, "attribute").filter((row) => row.length === 3);
    const expected = Object.entries(OPTIONS).map(([name, option]) => [
      `\`${name}\``,
      written(option.default) && `\`${option.default}\``,
      OPTION_DOCS[name as OptionName],
    ]);
    expect(rows).toEqual(expected);
  });
}
