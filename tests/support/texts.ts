/** The translatable texts as documented, and an artificial translation for tests. */

import type { Text, Texts } from "../../src/texts.ts";
import { snippets } from "./snippets.ts";

export const DOCUMENT = "docs/translations.md";

/** All texts, as listed in the document. */
export const ALL_TEXTS = snippets(DOCUMENT, "text").flatMap(({ text }) => text.trim().split("\n")) as Text[];

/** A translation that puts each text between marks. */
export const MARKED: Texts = Object.fromEntries(ALL_TEXTS.map((text) => [text, `⟦${text}⟧`]));

/** The part of a text that is not between marks; a marked text may contain other marked texts. */
export function withoutMarked(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, "");
  return rest === text ? text : withoutMarked(rest);
}
