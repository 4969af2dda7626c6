#!/usr/bin/env node
/** The command line: reads the arguments, runs one command, reports errors in one line. */

import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { VoxelVolumeError } from "../errors.ts";
import { COLORMAPS } from "../options/colormaps.ts";
import { OPTION_DOCS } from "../options/option-docs.ts";
import { OPTION_NAMES, OPTIONS } from "../options/options.ts";
import { exportStage, info, render, type Values, view } from "./commands.ts";
import { STAGES } from "./headless.ts";

const { version } = manifest;
const SWITCHES = ["help", "version", "json", "antialias", "colorbar"];

const USAGE = `voxel-volume ${version}: see a 3-D array as semi-transparent voxels

  voxel-volume render INPUT -o OUT.png    draw a picture
  voxel-volume export INPUT -o OUT.npy --stage ${STAGES.join("|")}
  voxel-volume info INPUT                 list the volumes in a file
  voxel-volume view INPUT                 open it in a browser, to turn it

INPUT is a path or URL of a volume: NIfTI, Analyze, NumPy, NRRD, MetaImage, MGH, TIFF or DICOM, gzipped or in a zip;
or a folder, as of the slices of a DICOM series.

  -o, --output FILE   what to write
  --size 1200x1200    of the picture, in pixels
  --samples 16        a pixel, on a square grid: smooth edges (1)
  --background white  any CSS colour, or transparent
  --stats FILE.json   write counts, statistics and times
  --entry PATH        volume inside a zip (the largest)
  --frame N           frame of a 4-D volume (0)
  --labels FILE       names and colours of labels: a table of FreeSurfer, ITK-SNAP or 3D Slicer, CSV, TSV or JSON
  --json              info: as JSON
  --port N            view: of the local server (any)
  --browser PATH      Chrome or Chromium to use (also $VOXEL_VOLUME_BROWSER)
  --help, --version

Options of the picture, as the attributes of <voxel-volume>:

${OPTION_NAMES.map((name) => `  --${name.padEnd(14)} ${OPTION_DOCS[name].replaceAll("`", "")}${shownDefault(OPTIONS[name].default)}`).join("\n")}

Colour maps:

${COLORMAPS.join(", ").replace(/(.{1,96})(?: |$)/g, "  $1\n")}`;

function shownDefault(text: string): string {
  return text === "" || text === "false" ? "" : ` (${text})`;
}

const COMMANDS: Record<
  string,
  { run: (input: string, values: Values) => Promise<void>; options: readonly string[] }
> = {
  render: {
    run: render,
    options: [
      "output",
      "size",
      "samples",
      "background",
      "stats",
      "entry",
      "frame",
      "labels",
      "browser",
      ...OPTION_NAMES,
    ],
  },
  export: {
    run: exportStage,
    options: ["output", "stage", "stats", "entry", "frame", "labels", "browser", ...OPTION_NAMES],
  },
  info: { run: info, options: ["json", "entry", "frame", ...OPTION_NAMES] },
  view: { run: view, options: ["entry", "frame", "labels", "port", ...OPTION_NAMES] },
};

/** Options with their texts, and the other arguments. */
function parse(argv: string[]): { values: Record<string, unknown>; positionals: string[] } {
  const options = Object.fromEntries(
    [...SWITCHES, ...Object.values(COMMANDS).flatMap(({ options }) => options)].map((name) => [
      name,
      { type: SWITCHES.includes(name) ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  // parseArgs takes "--azimuth -40" for two options.
  const args: string[] = [];
  // The value of --axes may be left out: what follows may be the input instead.
  const isWord = (text = "") => /^[a-z]+$/i.test(text) && !existsSync(text);
  const bare = (arg: string, i: number) => arg === "--axes" && !isWord(argv[i + 1]);
  for (const arg of argv.map((arg, i) => (bare(arg, i) ? "--axes=voxels" : arg))) {
    const last = args.at(-1) ?? "";
    const takesText = /^--[a-z]+$/.test(last) && options[last.slice(2)]?.type === "string";
    if (takesText && /^-[\d.]/.test(arg)) args[args.length - 1] = `${last}=${arg}`;
    else args.push(arg);
  }
  try {
    return parseArgs({
      args,
      options: { ...options, output: { type: "string", short: "o" } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new VoxelVolumeError("invalid-option", (error as Error).message.split(/\. |\n/)[0]);
  }
}

async function main(argv: string[]): Promise<void> {
  const { values, positionals } = parse(argv);
  if (values.help || argv.length === 0) return void console.log(USAGE);
  if (values.version) return void console.log(version);
  const [name, input, ...rest] = positionals;
  if (!Object.hasOwn(COMMANDS, name ?? ""))
    throw new VoxelVolumeError(
      "invalid-option",
      `there is no command "${name ?? ""}": render, export, info or view`,
    );
  const command = COMMANDS[name];
  if (!input) throw new VoxelVolumeError("invalid-option", `${name} needs an INPUT: a path or a URL`);
  if (rest.length > 0)
    throw new VoxelVolumeError("invalid-option", `one INPUT at a time; "${rest[0]}" is too many`);
  const foreign = Object.keys(values).find((option) => !command.options.includes(option));
  if (foreign) throw new VoxelVolumeError("invalid-option", `${name} has no option --${foreign}`);
  const texts = Object.entries(values).map(([option, value]) => [option, String(value)]);
  await command.run(input, Object.fromEntries(texts));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof VoxelVolumeError;
  const message = known ? `${error.code}: ${error.message}` : (error as Error).message;
  console.error(`voxel-volume: ${message.split("\n")[0]}`);
  process.exitCode = known && error.code === "invalid-option" ? 2 : 1;
});
