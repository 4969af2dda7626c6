/** The options of each command, and how their texts are parsed. */

import { VoxelVolumeError } from "../errors.ts";
import { OPTION_NAMES, OPTIONS, type OptionTexts, settingsFrom } from "../options/options.ts";
import { parseBytes } from "../parse-bytes.ts";
import { MAX_BYTES, TIMEOUT_SECONDS } from "./download.ts";
import type { InputOptions } from "./input.ts";
import type { Job } from "./job.ts";

/** Texts of the given options, by name; "true" for switches. Those of `REPEATABLE` are joined by `SEPARATOR`. */
export type Values = Partial<Record<string, string>>;

/** Options without a value. */
export const SWITCHES = [
  ...["help", "version", "json", "refresh", "controls"],
  ...OPTION_NAMES.filter((name) => OPTIONS[name].default === "false"),
];

const INPUT = ["entry", "frame", "channel", "refresh", "max-download", "timeout", ...OPTION_NAMES];

/** Options of a figure. */
const FIGURE = ["size", "dpi", "views", "letters", "title", "samples", "background"];

/** Options of a film: see film-job.ts. */
const FILM = ["turntable", "from", "to", "frames", "fps", "seconds"];

/** Options that may be given several times. */
export const REPEATABLE = ["from", "to"];

/** Between the texts of an option that is given several times: no option's value has a line break. */
export const SEPARATOR = "\n";

/** Options of each command, in addition to `help` and `version`. */
export const COMMAND_OPTIONS = {
  render: ["output", ...FIGURE, ...FILM, "stats", "labels", "browser", "gpu-memory", ...INPUT],
  export: ["output", "stage", "stats", "labels", "browser", "gpu-memory", ...INPUT],
  page: [
    "output",
    "title",
    "alt",
    "controls",
    "background",
    "max-inline",
    "stats",
    "labels",
    "browser",
    "gpu-memory",
    ...INPUT,
  ],
  info: ["json", ...INPUT],
  view: ["labels", "port", "gpu-memory", ...INPUT],
  setup: [],
} satisfies Record<string, readonly string[]>;

export type CommandName = keyof typeof COMMAND_OPTIONS;

const MAX_SAMPLES = 64;
const MAX_PORT = 65535;

/** The picture's options among `values`, validated before anything is started. */
export function pictureOptions(values: Values): OptionTexts {
  const texts = Object.fromEntries(
    OPTION_NAMES.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
  settingsFrom(texts);
  return texts;
}

/** Options for getting the input. */
export function inputOptions({
  entry,
  refresh,
  "max-download": most,
  timeout,
}: Values): InputOptions & Required<Pick<InputOptions, "timeout">> {
  return {
    entry,
    refresh: refresh !== undefined,
    maxBytes: parseSize("max-download", most) ?? MAX_BYTES,
    timeout: timeout === undefined ? TIMEOUT_SECONDS : parseSeconds(timeout),
  };
}

/** Which volume of the input is read. */
export function volumeOptions({ entry, frame, channel }: Values): Pick<Job, "entry" | "frame" | "channel"> {
  return { entry, frame: parseIndex("frame", frame), channel: parseIndex("channel", channel) };
}

function parseIndex(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw wrong(option, text, "a whole number, from 0");
  return Number(text);
}

/** Samples per pixel. */
export function parseSamples(text: string): number {
  const samples = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(samples > 0 && samples <= MAX_SAMPLES && Number.isInteger(Math.sqrt(samples))))
    throw wrong("samples", text, `a square number up to ${MAX_SAMPLES}, as 4 or 16`);
  return samples;
}

export function parsePort(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > MAX_PORT)
    throw wrong("port", text, `a whole number up to ${MAX_PORT}`);
  return Number(text);
}

/** A size in bytes, with or without a unit; undefined if it is not given. */
export function parseSize(option: string, text: string | undefined): number | undefined {
  const bytes = text === undefined ? undefined : parseBytes(text);
  if (text !== undefined && bytes === undefined) throw wrong(option, text, "a size, as in 500MB or 10GB");
  return bytes;
}

function parseSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  // Timers have a maximum.
  if (!(seconds > 0 && seconds <= 86400)) throw wrong("timeout", text, "seconds, as in 120, at most 86400");
  return seconds;
}

function wrong(option: string, text: string, expected: string): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", `${option} "${text}": expected ${expected}`);
}
