/**
 * `npm run bench:commits -- COMMIT [INPUT]`: compares the working tree with another commit. Both are measured
 * alternately on one machine, so disturbances affect both. `--help` lists the options.
 */

import { existsSync, mkdtempSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, platform, release, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { EngineSession, makeEnginePage } from "./commits/engine-session.ts";
import { CHANGES, FRAME_CASES, measureChange, measureFrames } from "./commits/frames.ts";
import { type CommitsOptions, parseCommitsOptions, USAGE } from "./commits/options.ts";
import { measureRender, type RenderCase } from "./commits/render.ts";
import { type FailedRow, HEAD_LINE, type Row, rowLine, type TreeName } from "./commits/rows.ts";
import { commitOf, openOtherTree, removeOtherTree } from "./commits/trees.ts";
import { niftiFile } from "./nifti-file.ts";
import { LARGE, readInput } from "./peers/scenes.ts";
import { resampledToUint8 } from "./resample.ts";

/** dist/bench, once built. */
const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const SAMPLE = resolve(HERE, "../sample/attention.zip");
/** Rows for the input, and for the input resampled to the size of a head at 1 mm. */
const RENDERS = ["render native", "render large"];
const SCHEMA = "voxel-volume-commits/1";

type Rows = (Row | FailedRow)[];
type Folders = Record<TreeName, string>;

async function main(): Promise<void> {
  const options = parseCommitsOptions(process.argv.slice(2));
  if (!options) return console.log(USAGE);
  const names = [...RENDERS, ...[...FRAME_CASES, ...CHANGES].map(({ name }) => name)];
  if (!names.some(options.wants))
    throw new Error(`no row has all these words; there are ${names.join(", ")}`);
  const input = resolve(options.input ?? SAMPLE);
  if (!existsSync(input)) throw new Error(`there is no file ${options.input}`);
  const temporary = mkdtempSync(join(tmpdir(), "voxel-volume-commits-"));
  process.once("exit", () => removeOtherTree(ROOT, temporary));
  const folders: Folders = { own: ROOT, other: await openOtherTree(ROOT, options.commit, temporary) };
  const commits = { other: await commitOf(folders.other), own: await commitOf(folders.own) };
  console.log(`${basename(input)}; other is ${commits.other}, own is ${commits.own}`);
  console.log(HEAD_LINE);
  await writeFile(
    join(temporary, "large.nii"),
    niftiFile(LARGE, await resampledToUint8(await readInput(input), LARGE)),
  );
  const rows: Rows = [];
  await measureCommandLine(options, input, temporary, folders, rows);
  const adapter = await measureEngines(options, input, temporary, folders, rows);
  const output = resolve(options.output);
  const machine = { os: `${platform()} ${release()}`, cpu: cpus()[0]?.model.trim(), cores: cpus().length };
  const { runs, frames, size } = options;
  const about = {
    ...{ schema: SCHEMA, date: new Date().toISOString(), machine, adapter },
    ...{ input: basename(input), commits, runs, frames, size },
  };
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, `${JSON.stringify({ ...about, rows }, null, 1)}\n`);
  console.log(output);
}

/** Measures one case. Adds its rows, or the reason for its failure, to `rows` and prints them. */
async function addRows(rows: Rows, name: string, measure: () => Promise<readonly Row[]>): Promise<boolean> {
  let added: readonly (Row | FailedRow)[];
  try {
    added = await measure();
  } catch (error) {
    const failed = (error as Error).message.replace(/^page\.\w+: (Error: )?/, "").split("\n")[0];
    added = [{ name, failed }];
  }
  rows.push(...added);
  for (const row of added) console.log(rowLine(row));
  return !added.some((row) => "failed" in row);
}

async function measureCommandLine(
  { wants, runs, size, browser }: CommitsOptions,
  input: string,
  temporary: string,
  folders: Folders,
  rows: Rows,
): Promise<void> {
  const inputs = [input, join(temporary, "large.nii")];
  const cases = RENDERS.map(
    (name, i): RenderCase => ({ name, input: inputs[i], options: ["--blend", "exact"] }),
  );
  for (const one of cases.filter(({ name }) => wants(name)))
    await addRows(rows, one.name, () => measureRender(one, { folders, temporary, runs, size, browser }));
}

async function measureEngines(
  { wants, runs, frames, budgetMs, size, browser }: CommitsOptions,
  input: string,
  temporary: string,
  folders: Folders,
  rows: Rows,
): Promise<string> {
  const orbits = FRAME_CASES.filter(({ name }) => wants(name));
  const changes = CHANGES.filter(({ name }) => wants(name));
  if (orbits.length + changes.length === 0) return "none";
  await makeEnginePage(temporary, ROOT, folders);
  const session = await EngineSession.open(temporary, input, size, browser);
  const add = async (name: string, measure: () => Promise<Row>) => {
    if (!(await addRows(rows, name, async () => [await measure()]))) await session.restart();
  };
  try {
    for (const one of orbits) await add(one.name, () => measureFrames(session, one, { frames, budgetMs }));
    for (const one of changes) await add(one.name, () => measureChange(session, one, runs));
    return session.adapter;
  } finally {
    await session.close();
  }
}

// An interrupted run must exit normally, as temporary files are removed on exit.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  await main();
} catch (error) {
  console.error(`bench:commits: ${(error as Error).message.split("\n")[0]}`);
  process.exitCode = 1;
}
