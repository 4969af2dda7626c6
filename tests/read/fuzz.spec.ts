/**
 * Damaged and hostile files: each read gives a valid volume or a clear error, quickly and with little memory. A run
 * depends only on the seed and its number: VOXEL_VOLUME_FUZZ_SEED and _RUNS choose others, _FIRST the first one.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { expect, test } from "playwright/test";
import type { ErrorCode } from "../../src/errors.ts";
import { MemoryWatch } from "./fuzz/memory-watch.ts";
import { findings, type Run, runOf, type Tally } from "./fuzz/reading.ts";
import { type Files, filesIn, seeds } from "./fuzz/seeds.ts";
import { UnreliableServer } from "./fuzz/unreliable-server.ts";
import { Watchdog } from "./fuzz/watchdog.ts";

const {
  VOXEL_VOLUME_FUZZ_SEED: SEED = "1",
  VOXEL_VOLUME_FUZZ_RUNS = "20000",
  VOXEL_VOLUME_FUZZ_FIRST = "0",
} = process.env;
const [RUNS, FIRST] = [Number(VOXEL_VOLUME_FUZZ_RUNS), Number(VOXEL_VOLUME_FUZZ_FIRST)];
/** Folder for inputs with findings. */
const OUTPUT = "tests/output/fuzz";
/** Most bytes of memory that a read may allocate besides twice the size of its input. */
const MEMORY = 64 * 2 ** 20;
/** Error codes that many runs must produce. */
const REACHED: readonly ErrorCode[] = [
  "unsupported-format",
  "corrupt-file",
  "entry-not-found",
  "network",
  "invalid-option",
];
/** Number of findings after which the test ends. */
const ENOUGH = 10;
/** Seconds after which a run that blocks even timers is ended. */
const HANGS = 20;

test("damaged files give a valid volume or a clear error", async () => {
  test.setTimeout(60_000 + RUNS * 30);
  const tally: Tally = new Map();
  expect(await fuzz(SEED, RUNS, await seeds(join("tests", "read", "fixtures")), tally)).toEqual([]);
  if (RUNS < 1000) return;
  // If nearly all runs fail early, they test nothing.
  const reads = [...tally.values()].reduce((sum, count) => sum + count, 0);
  expect(tally.get("volume")).toBeGreaterThan(reads / 10);
  for (const code of REACHED) expect(tally.get(code), code).toBeGreaterThan(reads / 1000);
});

test("damaged files of the shared cases give a valid volume or a clear error", async () => {
  const cases = filesIn("../shared/cases");
  test.skip(cases.length === 0, "there is no ../shared");
  expect(await fuzz(`${SEED} of cases`, Math.ceil(RUNS / 20), cases, new Map())).toEqual([]);
});

/** Findings of these runs, each with seed and number. */
async function fuzz(seed: string, runs: number, all: readonly Files[], tally: Tally): Promise<string[]> {
  const found: string[] = [];
  const server = new UnreliableServer();
  await server.start();
  const memory = new MemoryWatch();
  const watchdog = new Watchdog(seed, HANGS);
  let number = FIRST;
  let run: Run | undefined;
  const report = (what: string) => {
    found.push(
      `seed ${seed}, run ${number}: ${what} (its input is in ${run && written(seed, number, run.files)})`,
    );
  };
  const stop = catchingStrays((kind, cause) => report(`${kind}: ${(cause as Error)?.stack ?? cause}`));
  const before = resources();
  memory.start();
  try {
    for (; number < FIRST + runs && found.length < ENOUGH; number++) {
      watchdog.run(number);
      run = runOf(seed, number, all, server);
      const input = [...run.files.values()].reduce((sum, { length }) => sum + length, 0);
      const held = getHeapStatistics().external_memory;
      memory.reset();
      for (const what of await findings(run, tally)) report(what);
      const taken = Math.max(memory.largest, getHeapStatistics().external_memory - held);
      if (taken > MEMORY + 2 * input) report(`${taken} bytes of memory for an input of ${input}`);
    }
    // Wait for the rest of the last runs.
    await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    memory.stop();
    server.close();
    stop();
    await watchdog.stop();
  }
  const open = await leftOpen(before);
  if (open.length > 0) found.push(`seed ${seed}: left open: ${open.join(", ")}`);
  return found;
}

/** Catches uncaught errors, instead of the test runner, until the returned function is called. */
function catchingStrays(caught: (kind: string, cause: unknown) => void): () => void {
  const events = ["unhandledRejection", "uncaughtException"] as const;
  const others = events.map((event) => [event, process.listeners(event as "uncaughtException")] as const);
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event, (cause: unknown) => caught(event, cause));
  }
  return () => {
    for (const [event, listeners] of others) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event as "uncaughtException", listener);
    }
  };
}

/** Number of active resources, by kind. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

/** Kinds with more active resources than before, even after some seconds. */
async function leftOpen(before: ReadonlyMap<string, number>): Promise<string[]> {
  for (let left = 50; ; left--) {
    const more = [...resources()].filter(([kind, count]) => count > (before.get(kind) ?? 0));
    // The timer below does not count.
    if (more.length === 0 || left === 0) return more.map(([kind, count]) => `${kind} x ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Writes an input to a folder, whose path it returns. */
function written(seed: string, number: number, files: Files): string {
  const folder = join(OUTPUT, `${seed}-${number}`.replace(/\W/g, "_"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) {
    writeFileSync(join(folder, name.replace(/[^\w.-]/g, "_").slice(-100)), bytes);
  }
  return folder;
}
