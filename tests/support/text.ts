/** The bytes of a text in UTF-8. */
export const text = (words: string) => new TextEncoder().encode(words);
