/** Texts that people read on a page, in English, and how those of another language take their place. */

/** Every text of the element and its panel; what is in braces is filled in. */
export type Text =
  | "Volume"
  | "volume, turned by arrow keys"
  | "Preparing…"
  | "Loading {loaded} MB"
  | "Loading {loaded} of {total} MB"
  | "Inflating {loaded} MB"
  | "Inflating {loaded} of {total} MB"
  | "Measuring the values…"
  | "Drawing…"
  | "Starting the graphics device again…"
  | "Loading"
  | "Cancel"
  | "Loading was cancelled."
  | "Close the message"
  | "Drop the file to see it"
  | "Drop a volume here, or"
  | "choose a file"
  | "Colour bar"
  | "Hold {key} to zoom with the wheel, or click the picture first";

/** Translations by English text. */
export type Texts = { readonly [K in Text]?: string };

/** Gives a text in the reader's language, filled in. */
export type Say = (text: Text, values?: Readonly<Record<string, string | number>>) => string;

/** English. */
export const inEnglish: Say = (text, values) => filledIn(text, values);

/** The language of these translations; texts that they leave out stay English. */
export function sayIn(texts: Texts | null | undefined): Say {
  return (text, values) => filledIn(texts?.[text] ?? text, values);
}

function filledIn(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}
