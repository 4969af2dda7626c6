/**
 * `npm run bench -- --against vtk.js,niivue,three.js`: compares other programs with this one, in one browser and one
 * run.
 */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, platform, release, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inputOf } from "../../src/cli/input.ts";
import { trustedPages } from "../../src/cli/pages.ts";
import { serve } from "../../src/cli/server.ts";
import { type Peer, programsOf, SCENES } from "./programs.ts";
import { figuresOf, type ProgramResult, type Ratio, ratiosOf } from "./result.ts";
import { type Measured, measureRounds, ROUNDS } from "./rounds.ts";
import { makeScene, readInput, type Scene } from "./scenes.ts";
import { type Checkout, copyOwnScript, installPeer, makePage } from "./site.ts";
import { programLines, ratioLines } from "./table.ts";

export interface CompareOptions {
  /** Path of a volume file. */
  readonly input: string;
  readonly peers: readonly Peer[];
  /** Pixels per side. */
  readonly size: number;
  /** Maximum number of frames of an orbit. */
  readonly frames: number;
  /** Path of a browser; found automatically if omitted. */
  readonly browser?: string;
  /** The .json file to write. Screenshots are written to the folder of the same name without the extension. */
  readonly output: string;
}

const SCHEMA = "voxel-volume-peers/1";

/** dist/bench, once built. The sources of the pages are two folders up. */
const HERE = dirname(fileURLToPath(import.meta.url));
const CHECKOUT: Checkout = { root: resolve(HERE, "../.."), dist: resolve(HERE, "..") };

export async function comparePeers(options: CompareOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "voxel-volume-peers-"));
  try {
    await compare(options, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare({ input, peers, size, frames, browser, output }: CompareOptions, folder: string) {
  const volume = await readInput(input);
  const programs = SCENES.flatMap((scene) => programsOf(scene, peers));
  const measured = programs.map((program): Measured => ({ program, rounds: [] }));
  const scenes = await Promise.all(
    SCENES.filter((name) => programs.some(({ scene }) => scene === name)).map((name) =>
      makeScene(name, volume),
    ),
  );
  const versions = await install(folder, peers, measured);
  const site = join(folder, "site");
  await makeSite(site, folder, scenes, measured);
  const pictures = output.replace(/\.json$/, "");
  await mkdir(pictures, { recursive: true });
  const server = await serve(trustedPages(site), await inputOf(input));
  try {
    await measureRounds(measured, { url: server.url, scenes, size, frames, browser, pictures });
  } finally {
    server.close();
  }
  const results = measured.map(({ program, rounds, failed }): ProgramResult => {
    const { name, scene, method, peer } = program;
    const figures = rounds.length > 0 ? figuresOf(rounds) : undefined;
    return { scene, name, method, own: !peer, ...(failed && { failed }), ...(figures && { figures }) };
  });
  const ratios = ratiosOf(results);
  for (const scene of scenes) tell(scene, size, results, ratios);
  const [any] = measured.flatMap(({ rounds }) => rounds.flat());
  const result = {
    schema: SCHEMA,
    date: new Date().toISOString(),
    machine: { os: `${platform()} ${release()}`, cpu: cpus()[0]?.model.trim(), cores: cpus().length },
    ...(any && { browser: { version: any.browserVersion, adapter: any.adapter, software: any.software } }),
    ...{ input: basename(input), size, rounds: ROUNDS, versions },
    scenes: scenes.map(({ name, dims, filled }) => ({ name, dims, filled })),
    results,
    ratios,
  };
  await writeFile(output, `${JSON.stringify(result, null, 1)}\n`);
  console.log(`\n${output}; screenshots are in ${pictures}`);
}

/** Installs the other programs. A program that cannot be installed counts as failed. */
async function install(folder: string, peers: readonly Peer[], measured: readonly Measured[]) {
  const versions: Record<string, string> = {};
  for (const peer of peers) {
    try {
      versions[peer] = await installPeer(folder, peer);
      console.log(`${peer} ${versions[peer]}`);
    } catch (error) {
      const failed = (error as Error).message;
      for (const one of measured) if (one.program.peer === peer) one.failed = failed;
      console.log(failed);
    }
  }
  return versions;
}

/** Writes the files that the browser loads. A program whose page cannot be built counts as failed. */
async function makeSite(
  site: string,
  packages: string,
  scenes: readonly Scene[],
  measured: readonly Measured[],
): Promise<void> {
  await copyOwnScript(site, CHECKOUT);
  await makePage(site, "probe", CHECKOUT, packages);
  for (const { name, bytes } of scenes) await writeFile(join(site, `${name}.bin`), bytes);
  for (const one of measured) {
    if (one.failed) continue;
    try {
      for (const page of one.program.pages) await makePage(site, page, CHECKOUT, packages);
    } catch (error) {
      one.failed = `its page could not be made: ${(error as Error).message.split("\n")[1]}`;
    }
  }
}

/** Prints the tables of one scene. */
function tell(
  { name, dims, filled }: Scene,
  size: number,
  results: readonly ProgramResult[],
  ratios: readonly Ratio[],
): void {
  const about = `${dims.join("x")} voxels, ${filled.toLocaleString("en")} filled, ${size}x${size} pixels`;
  const lines = [
    `\n${name}: ${about}`,
    ...programLines(results.filter(({ scene }) => scene === name)),
    "",
    ...ratioLines(ratios.filter(({ scene }) => scene === name)),
  ];
  for (const line of lines) console.log(line);
}
