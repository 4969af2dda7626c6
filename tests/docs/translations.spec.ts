/** docs/translations.md lists the translatable texts, the same as the type `Text`. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { ALL_TEXTS, DOCUMENT } from "../support/texts.ts";

test("docs/translations.md lists every text of the type Text once, in the same order", () => {
  const texts = ["src/text-list.ts", "src/panel-texts.ts"].flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/^ {2}\| "(.*)";?$/gm)].map(([, text]) => text),
  );
  expect(texts.length).toBeGreaterThan(150);
  expect(ALL_TEXTS).toEqual(texts);
  expect(new Set(texts).size).toBe(texts.length);
});

test("every note on how a volume was read is among the texts", () => {
  const files = readdirSync("src/read", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const notes = files.flatMap((name) =>
    [...readFileSync(`src/read/${name}`, "utf8").matchAll(/\btext(?:: | = )"([A-Z{][^"]+)"/g)].map(
      ([, text]) => text,
    ),
  );
  expect(notes.length).toBeGreaterThan(15);
  expect(notes.filter((note) => !(ALL_TEXTS as readonly string[]).includes(note))).toEqual([]);
});

test("docs/element.md links to docs/translations.md", () => {
  expect(readFileSync("docs/element.md", "utf8")).toContain(`(${DOCUMENT.replace("docs/", "")})`);
});
