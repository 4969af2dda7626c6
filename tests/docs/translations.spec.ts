/** docs/translations.md lists the texts that can be translated, as the type `Text` has them. */

import { readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { ALL_TEXTS, DOCUMENT } from "../support/texts.ts";

test("docs/translations.md lists every text of the type Text, in its order, and each once", () => {
  const source = readFileSync("src/texts.ts", "utf8");
  const union = /export type Text =\n(.*?);\n/s.exec(source)?.[1] ?? "";
  const texts = [...union.matchAll(/^ {2}\| "(.*)"$/gm)].map(([, text]) => text);
  expect(texts.length).toBeGreaterThan(150);
  expect(ALL_TEXTS).toEqual(texts);
  expect(new Set(texts).size).toBe(texts.length);
});

test("docs/element.md leads to it", () => {
  expect(readFileSync("docs/element.md", "utf8")).toContain(`(${DOCUMENT.replace("docs/", "")})`);
});
