#!/usr/bin/env node
/** The command line: reads the arguments, runs one command, reports errors in one line. */

import manifest from "../../package.json" with { type: "json" };
import { VoxelVolumeError } from "../errors.ts";
import { readArguments } from "./arguments.ts";
import { exitOnSignals } from "./cleanup.ts";
import { exportStage } from "./commands/export.ts";
import { info } from "./commands/info.ts";
import { page } from "./commands/page.ts";
import { render } from "./commands/render.ts";
import { setup } from "./commands/setup.ts";
import { view } from "./commands/view.ts";
import type { CommandName, Values } from "./options.ts";
import { say } from "./say.ts";
import { usage } from "./usage.ts";

const COMMANDS: Readonly<Record<CommandName, (input: string, values: Values) => Promise<void>>> = {
  render,
  export: exportStage,
  page,
  info,
  view,
  setup,
};

async function main(argv: string[]): Promise<void> {
  const { command, input = "", values } = readArguments(argv);
  if (command !== undefined) await COMMANDS[command](input, values);
  else console.log(values.help ? usage(manifest.version) : manifest.version);
}

exitOnSignals();
// The reader of the output may close it early, as `head` does.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 1));
main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof VoxelVolumeError;
  const message = known ? `${error.code}: ${error.message}` : (error as Error).message;
  say(message.split("\n")[0]);
  process.exitCode = known && error.code === "invalid-option" ? 2 : 1;
});
