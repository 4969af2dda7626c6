/** The options of `npm run bench:commits`. */

import { parseArgs } from "node:util";

export const USAGE = `npm run bench:commits -- COMMIT [INPUT] [options]

Compares the working tree with another commit, which is built in a temporary git worktree. COMMIT is a commit, branch or
tag, or the folder of a checkout that has been built; INPUT is a volume file, the built-in sample where none is given.

  --runs 5               of the command line, and of every changed setting
  --frames 12            of an orbit, at most
  --budget 60            seconds for the frames of one row
  --size 800             canvas, in pixels a side
  --only WORDS           rows to measure, by words of their names; several, with commas between them:
                         "render", "frames weighted full,change gamma"
  --browser PATH         Chrome or Chromium to use (also $VOXEL_VOLUME_BROWSER)
  --output FILE.json     (bench/output/commits.json)
`;

export interface CommitsOptions {
  readonly commit: string;
  readonly input: string | undefined;
  readonly runs: number;
  readonly frames: number;
  readonly budgetMs: number;
  readonly size: number;
  /** Wanted rows are measured; the argument is a row's name. */
  readonly wants: (name: string) => boolean;
  readonly browser: string | undefined;
  readonly output: string;
}

/**
 * Parses the arguments of the command; undefined if help is requested.
 * @throws Error that says what was expected.
 */
export function parseCommitsOptions(args: readonly string[]): CommitsOptions | undefined {
  const text = (fallback?: string) => ({ type: "string" as const, default: fallback });
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      runs: text("5"),
      frames: text("12"),
      budget: text("60"),
      size: text("800"),
      only: text(""),
      browser: text(process.env.VOXEL_VOLUME_BROWSER),
      output: text("bench/output/commits.json"),
      help: { type: "boolean" },
    },
    allowPositionals: true,
  });
  if (values.help) return undefined;
  const [commit, input, ...rest] = positionals;
  if (!commit) throw new Error("name a commit to compare with; --help lists the options");
  if (rest.length > 0) throw new Error(`one INPUT at a time; "${rest[0]}" is too many`);
  const output = values.output as string;
  if (!output.endsWith(".json")) throw new Error(`output "${output}": expected the name of a .json file`);
  const whole = (name: "runs" | "frames" | "budget" | "size"): number => {
    if (!/^[1-9]\d{0,4}$/.test(values[name] ?? ""))
      throw new Error(`${name} "${values[name]}": expected a whole number above 0`);
    return Number(values[name]);
  };
  return {
    commit,
    input,
    runs: whole("runs"),
    frames: whole("frames"),
    budgetMs: 1000 * whole("budget"),
    size: whole("size"),
    wants: rowFilter(values.only as string),
    browser: values.browser,
    output,
  };
}

/** Accepts rows whose names have all words of one of the parts of `only`; every row if it is empty. */
function rowFilter(only: string): (name: string) => boolean {
  const parts = only.split(",").map((part) => part.trim().split(/\s+/).filter(Boolean));
  const wanted = parts.filter((words) => words.length > 0);
  return (name) => {
    const words = name.split(" ");
    return wanted.length === 0 || wanted.some((part) => part.every((word) => words.includes(word)));
  };
}
