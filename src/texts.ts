/** Translations of the texts that people read on a page. */

import type { ErrorCode, VoxelVolumeError } from "./errors.ts";
import type { Text } from "./text-list.ts";
import { textOf } from "./text-of.ts";
import type { ScalarImage } from "./volume.ts";

export type { Text };

/**
 * Translations by English text. Those of errors are by code and may contain `{message}`, the technical message in
 * English.
 */
export type Texts = { readonly [K in Text | `error.${ErrorCode}`]?: string };

/** Values for the names in braces. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Returns a text in the reader's language, with its values filled in. */
export type Say = (text: Text, values?: TextValues) => string;

/** English. */
export const inEnglish: Say = (text, values) => filledIn(text, values);

/** The notes on how a volume was read, one sentence each. */
export function sayNotes({ notes }: Pick<ScalarImage, "notes">, say: Say = inEnglish): string[] {
  return notes?.map(({ text, values }) => say(text as Text, values)) ?? [];
}

/** Texts in the language of these translations. Missing translations fall back to English. */
export function sayIn(texts: Texts | null | undefined): Say {
  return (text, values) => filledIn(texts?.[text] ?? text, values);
}

/** The text of an error: the translation of its code, or its message if there is none. */
export function sayError(texts: Texts | null | undefined, { code, message }: VoxelVolumeError): string {
  return filledIn(texts?.[`error.${code}`] ?? "{message}", { message });
}

function filledIn(text: string, values: TextValues = {}): string {
  return textOf(text).replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}
