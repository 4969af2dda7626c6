/** Runs all programs, round by round, so disturbances of the machine affect all of them. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shownTime } from "../table.ts";
import type { Job } from "./pages/measure-program.ts";
import type { Program } from "./programs.ts";
import { figuresOf } from "./result.ts";
import { type PageRun, runPage } from "./run-page.ts";
import { type Scene, viridis } from "./scenes.ts";

/** Number of rounds. */
export const ROUNDS = 3;
/** Time limit of the frames of one page per round. */
const FRAMES_MS = 15_000;

/** A program with the results of its rounds. */
export interface Measured {
  readonly program: Program;
  /** One run of each page, for every round that succeeded. */
  readonly rounds: PageRun[][];
  /** Why its preparation or a round failed. */
  failed?: string;
}

export interface RoundOptions {
  /** URL of the server of the pages, with a trailing slash. */
  readonly url: string;
  readonly scenes: readonly Scene[];
  /** Pixels per side. */
  readonly size: number;
  /** Maximum number of frames of an orbit. */
  readonly frames: number;
  readonly browser?: string;
  /** Folder for screenshots. */
  readonly pictures: string;
}

/** Adds rounds to `measured`. A program that has failed and never succeeded is not tried again. */
export async function measureRounds(measured: readonly Measured[], options: RoundOptions): Promise<void> {
  for (let round = 1; round <= ROUNDS; round++) {
    for (const one of measured) {
      if (one.failed && one.rounds.length === 0) continue;
      const name = `[${round}/${ROUNDS}] ${one.program.scene}, ${one.program.name}`;
      try {
        const pages = await runPages(one.program, options);
        one.rounds.push(pages);
        const { firstPictureMs, frameMs } = figuresOf([pages]);
        console.log(`${name}: first picture ${shownTime(firstPictureMs)}, frame ${shownTime(frameMs)}`);
      } catch (error) {
        one.failed = (error as Error).message;
        console.log(`${name} failed: ${one.failed}`);
      }
    }
  }
}

/** Opens each page of a program once. */
async function runPages(program: Program, options: RoundOptions): Promise<PageRun[]> {
  const { scene, blend, pages } = program;
  const { url, scenes, size, frames, browser, pictures } = options;
  const { dims } = scenes.find(({ name }) => name === scene) as Scene;
  const job: Job = {
    ...{ scene, data: `${scene}.bin`, dims, colors: viridis(), size, frames, budgetMs: FRAMES_MS },
    ...(blend && { blend }),
  };
  const runs: PageRun[] = [];
  for (const page of pages) {
    const run = await runPage(url, page, job, browser);
    const file = [scene, page, ...(blend ? [blend] : [])].join("-");
    await writeFile(join(pictures, `${file}.png`), run.screenshot);
    if (run.covered === 0) throw new Error("its picture is empty");
    runs.push(run);
  }
  return runs;
}
