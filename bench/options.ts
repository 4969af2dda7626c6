/** The options of `npm run bench`. */

import { parseArgs } from "node:util";
import { PEERS, type Peer } from "./peers/programs.ts";
import { BLENDS, PARTS, type Part } from "./scenarios.ts";

export const USAGE = `npm run bench -- [INPUT] [options]

INPUT is a volume file; the built-in sample where none is given.

  --size 400             canvas, in pixels a side
  --resolutions 25,50,75,100,native,2x
  --synthetic 128,256,512   sides of volumes made by a formula
  --blends weighted,exact   (also ${BLENDS.slice(2).join(", ")})
  --frames 24            of an orbit, at most; each is measured over two orbits
  --view full            full, cut or diagonal
  --only ${PARTS.join(",")}
                         the first three where it is not given; the others are for docs/transparency.md
  --matplotlib 10,20     sides at which matplotlib draws; 50 takes minutes
  --budget 220           seconds for all scenarios; what takes longer is told
  --backend chromium     or dawn: Node with the npm package webgpu
  --dawn FOLDER          where webgpu is installed, if not here (also $VOXEL_VOLUME_DAWN)
  --browser PATH         Chrome or Chromium to use (also $VOXEL_VOLUME_BROWSER)
  --output FILE.json     the report is written beside it, as FILE.html (bench/output/result.json)

  --against ${PEERS.join(",")}
                         installs these in a temporary folder and compares them with voxel-volume, and does nothing
                         else: --size (800), --frames, --browser and --output (bench/output/peers.json) apply
`;

export interface BenchOptions {
  readonly input: string | undefined;
  readonly canvas: number;
  readonly resolutions: readonly string[];
  readonly synthetic: readonly number[];
  readonly blends: readonly string[];
  readonly frames: number;
  readonly view: string;
  readonly parts: readonly Part[];
  readonly matplotlib: readonly number[];
  readonly budgetMs: number;
  readonly backend: "chromium" | "dawn";
  readonly dawn: string | undefined;
  readonly browser: string | undefined;
  readonly output: string;
  /** The programs to compare with; if there are any, the benchmark's own measurements are skipped. */
  readonly against: readonly Peer[];
}

/**
 * Parses the arguments of the command; undefined if help is requested.
 * @throws Error that says what was expected.
 */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const text = (fallback?: string) => ({ type: "string" as const, default: fallback });
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      size: text(),
      resolutions: text("25,50,75,100,native,2x"),
      synthetic: text("128,256,512"),
      blends: text("weighted,exact"),
      frames: text("24"),
      view: text("full"),
      only: text("resolutions,synthetic,article"),
      matplotlib: text("10,20"),
      budget: text("220"),
      backend: text("chromium"),
      dawn: text(process.env.VOXEL_VOLUME_DAWN),
      browser: text(process.env.VOXEL_VOLUME_BROWSER),
      output: text(),
      against: text(),
      help: { type: "boolean" },
    },
    allowPositionals: true,
  });
  if (values.help) return undefined;
  if (positionals.length > 1) throw new Error(`one INPUT at a time; "${positionals[1]}" is too many`);
  const against = values.against?.split(",") ?? [];
  const output = values.output ?? `bench/output/${against.length > 0 ? "peers" : "result"}.json`;
  if (!output.endsWith(".json")) throw new Error(`output "${output}": expected the name of a .json file`);
  const list = (name: "resolutions" | "synthetic" | "blends" | "only" | "matplotlib") =>
    (values[name] as string).split(",").filter(Boolean);
  const oneOf = <T extends string>(name: string, value: string, known: readonly T[]): T => {
    if (!known.includes(value as T))
      throw new Error(`${name} "${value}": expected one of ${known.join(", ")}`);
    return value as T;
  };
  const whole = (name: string, value: string | undefined): number => {
    if (!/^[1-9]\d{0,5}$/.test(value ?? ""))
      throw new Error(`${name} "${value}": expected a whole number above 0`);
    return Number(value);
  };
  return {
    input: positionals[0],
    canvas: whole("size", values.size ?? (against.length > 0 ? "800" : "400")),
    resolutions: list("resolutions").map((resolution) => {
      if (/^(native|[1-9]\d*|[1-9]\d*x|\d+x\d+x\d+)$/.test(resolution)) return resolution;
      throw new Error(`resolutions "${resolution}": expected native, 50, 2x or 100x120x68`);
    }),
    synthetic: list("synthetic").map((side) => whole("synthetic", side)),
    blends: list("blends").map((blend) => oneOf("blends", blend, BLENDS)),
    frames: whole("frames", values.frames),
    view: oneOf("view", values.view as string, ["full", "cut", "diagonal"]),
    parts: list("only").map((part) => oneOf("only", part, PARTS)),
    matplotlib: list("matplotlib").map((side) => whole("matplotlib", side)),
    budgetMs: 1000 * whole("budget", values.budget),
    backend: oneOf("backend", values.backend as string, ["chromium", "dawn"]),
    dawn: values.dawn,
    browser: values.browser,
    output,
    against: against.map((name) => oneOf("against", name, PEERS)),
  };
}
