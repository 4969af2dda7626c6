/** Code blocks in Markdown files. */

import { readFileSync } from "node:fs";

export interface Snippet {
  readonly language: string;
  readonly text: string;
  /** Line number of the block's first line in the Markdown file. */
  readonly line: number;
  /** File name of the block, if the paragraph above begins with one. */
  readonly file: string | undefined;
}

/** Fenced blocks of a Markdown file in these languages. */
export function snippets(markdown: string, ...languages: string[]): Snippet[] {
  const text = readFileSync(markdown, "utf8");
  const blocks = text.matchAll(/(?:^`([^`\n]+)`[^\n]*\n\n)?^```(\w+)\n(.*?)^```$/gms);
  return [...blocks]
    .map(({ 0: all, 1: file, 2: language, 3: code, index }) => {
      const start = index + all.length - code.length - "```".length;
      return { language, text: code, line: text.slice(0, start).split("\n").length, file };
    })
    .filter(({ language }) => languages.includes(language));
}
