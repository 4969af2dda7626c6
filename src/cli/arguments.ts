/** Reads the arguments: one command, its input and its options. Unknown options are errors, and repeated ones except `REPEATABLE`. */

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { VoxelVolumeError } from "../errors.ts";
import { OPTION_NAMES } from "../options/options.ts";
import {
  COMMAND_OPTIONS,
  type CommandName,
  REPEATABLE,
  SEPARATOR,
  SWITCHES,
  type Values,
} from "./options.ts";

export interface Arguments {
  /** Undefined if only `help` or `version` is given. */
  readonly command?: CommandName;
  /** Undefined for commands without an input. */
  readonly input?: string;
  readonly values: Values;
}

/** Commands without an input. */
const WITHOUT_INPUT: readonly CommandName[] = ["setup"];
const COMMANDS = Object.keys(COMMAND_OPTIONS) as CommandName[];
const NAMES = [...new Set([...SWITCHES, ...Object.values(COMMAND_OPTIONS).flat()])];
const OPTIONS = Object.fromEntries(
  NAMES.map((name) => [
    name,
    {
      type: SWITCHES.includes(name) ? ("boolean" as const) : ("string" as const),
      multiple: REPEATABLE.includes(name),
      ...(name === "output" && { short: "o" }),
    },
  ]),
);
/** Most letters by which a misspelt word may differ from the suggestion. */
const MOST_LETTERS = 3;

/** @throws VoxelVolumeError "invalid-option". */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals, given } = parse(prepared(argv));
  if (argv.length === 0 || values.help) return { values: { help: "true" } };
  if (values.version) return { values };
  const [word = "", input, ...rest] = positionals;
  const command = COMMANDS.find((name) => name === word);
  if (!command)
    throw wrong(`there is no command "${word}"${suggestion(word, COMMANDS) || `: ${listed(COMMANDS)}`}`);
  const own: readonly string[] = COMMAND_OPTIONS[command];
  const foreign = given.find((option) => !own.includes(option));
  if (foreign) throw wrong(`${command} has no option --${foreign}`);
  const twice = given.find((option, i) => given.indexOf(option) !== i && !REPEATABLE.includes(option));
  if (twice) throw wrong(`--${twice} is given twice: which one counts?`);
  // Some options of the picture may be empty.
  const empty = given.find((option) => values[option] === "" && !OPTION_NAMES.includes(option as never));
  if (empty) throw wrong(`--${empty} needs a value: "" is none`);
  if (WITHOUT_INPUT.includes(command)) {
    if (input !== undefined) throw wrong(`${command} takes no INPUT; "${input}" is too many`);
    return { command, values };
  }
  if (!input) throw wrong(`${command} needs an INPUT: a path or a URL`);
  if (rest.length > 0) throw wrong(`one INPUT at a time; "${rest[0]}" is too many`);
  return { command, input, values };
}

/** The arguments in the form that `parseArgs` understands. */
function prepared(argv: readonly string[]): string[] {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const args: string[] = [];
  // The value of --axes is optional: the next argument may be the input.
  const isWord = (text = "") => /^[a-z]+$/i.test(text) && !existsSync(text);
  for (const [i, arg] of argv.slice(0, end).entries()) {
    const last = args.at(-1) ?? "";
    const takesText = /^--[a-z-]+$/.test(last) && OPTIONS[last.slice(2)]?.type === "string";
    // `parseArgs` would take "--azimuth -40" for two options.
    if (takesText && /^-[\d.]/.test(arg)) args[args.length - 1] = `${last}=${arg}`;
    else args.push(arg === "--axes" && !isWord(argv[i + 1]) ? "--axes=voxels" : arg);
  }
  return [...args, ...argv.slice(end)];
}

function parse(args: string[]): { values: Values; positionals: string[]; given: string[] } {
  try {
    const { values, positionals, tokens } = parseArgs({
      args,
      options: OPTIONS,
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    const texts = Object.entries(values).map(([name, value]) => [name, [value].flat().join(SEPARATOR)]);
    const given = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    return { values: Object.fromEntries(texts), positionals, given };
  } catch (error) {
    const message = (error as Error).message.split(/\. |\n/)[0];
    const [, name] = /^Unknown option '-+([^'=]+)/.exec(message) ?? [];
    throw wrong(
      name === undefined ? message : `there is no option --${name}${suggestion(name, NAMES, "--")}`,
    );
  }
}

/** The known word that was probably meant, as the end of a message; "" if there is none. */
function suggestion(word: string, known: readonly string[], prefix = ""): string {
  if (word.length < 2) return "";
  const nearest = closest(word, known);
  const isNear = distance(word, nearest) <= Math.min(MOST_LETTERS, word.length / 2);
  return isNear ? `: did you mean ${prefix}${nearest}?` : "";
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function wrong(message: string): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", message);
}
