/** The texts that can be translated, as they are documented, and a language of their own for tests. */

import type { Text, Texts } from "../../src/texts.ts";
import { snippets } from "./snippets.ts";

export const DOCUMENT = "docs/translations.md";

/** Every text, as the document lists them. */
export const ALL_TEXTS = snippets(DOCUMENT, "text").flatMap(({ text }) => text.trim().split("\n")) as Text[];

/** Every text between marks, as its translation. */
export const MARKED: Texts = Object.fromEntries(ALL_TEXTS.map((text) => [text, `⟦${text}⟧`]));

/** What of a text is not between marks; marked texts may be filled into others. */
export function withoutMarked(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, "");
  return rest === text ? text : withoutMarked(rest);
}
