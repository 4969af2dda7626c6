/** One run of the fuzzer: an input, how it is read, and checks of the result. */

import type { ReadVolumeOptions, Source, VolumeFile as VolumeFileType } from "../../../src/read/index.ts";
import { type Box, boxVoxels, DTYPES, type Vec3, type Volume, wholeBox } from "../../../src/volume.ts";
import { mutated } from "./mutations.ts";
import { Random } from "./random.ts";
import { fromBytes, fromFiles, fromUrl, VolumeFile, VoxelVolumeError } from "./reader.ts";
import type { Files } from "./seeds.ts";
import type { UnreliableServer } from "./unreliable-server.ts";

/** Error codes with which reading may reject. */
const CODES = [
  "unsupported-format",
  "corrupt-file",
  "entry-not-found",
  "too-large",
  "network",
  "invalid-option",
];
/** Time limit of a read, in ms. */
const LONGEST = 5000;

export interface Run {
  readonly files: Files;
  readonly source: Source;
  /** Options of the reads, one after the other. */
  readonly options: readonly ReadVolumeOptions[];
  readonly budget: number | undefined;
}

/** The run with this seed and number; some runs use `server`. */
export function runOf(seed: string, run: number, all: readonly Files[], server: UnreliableServer): Run {
  const random = new Random(seed, run);
  const files = mutated(random.pick(all), random, all);
  return {
    files,
    source: sourceOf(files, random, server),
    // The last read has default options, so that it reaches the voxels.
    options: [...Array.from({ length: random.int(2) }, () => optionsFor(files, random)), {}],
    budget: random.pick([undefined, undefined, 0, 100, 1e6]),
  };
}

function sourceOf(files: Files, random: Random, server: UnreliableServer): Source {
  const [[name, bytes], ...others] = files;
  const where = random.next();
  if (where < 0.05) return fromUrl(server.serve(files, name, random));
  if (where < 0.3) return fromFiles([...files].map(([name, bytes]) => new File([bytes.slice()], name)));
  return fromBytes(name, bytes, Object.fromEntries(others));
}

function optionsFor(files: Files, random: Random): ReadVolumeOptions {
  const names = [...files.keys(), "a", "study/b.nii", "c.nii.gz", "", "\n"];
  return {
    ...(random.chance(0.15) && { entry: random.pick(names) }),
    ...(random.chance(0.3) && { frame: random.pick([0, 1, 1, 2, -1, 0.5, 1e9, Number.NaN]) }),
    ...(random.chance(0.15) && { component: random.pick([0, 1, 3, -1, 0.5, 1e9]) }),
    ...(random.chance(0.02) && { signal: AbortSignal.timeout(random.int(3)) }),
  };
}

/** Number of reads that returned a volume or an error of each code. */
export type Tally = Map<string, number>;

/** Performs the reads of a run; returns a description of each failed check. */
export async function findings({ source, options, budget }: Run, tally: Tally): Promise<string[]> {
  const file = new VolumeFile(source, budget === undefined ? {} : { budget });
  const found: string[] = [];
  for (const one of options) {
    const start = performance.now();
    found.push(...(await inTime(outcome(file, one, tally))));
    const ms = performance.now() - start;
    if (ms > LONGEST) found.push(`the read took ${Math.round(ms)} ms`);
  }
  return found;
}

/** The promise's result, or a finding if it takes too long. */
async function inTime(promise: Promise<string[]>): Promise<string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[]>((resolve) => {
    timer = setTimeout(() => resolve([`the read did not settle within ${LONGEST} ms`]), LONGEST);
  });
  const settled = await Promise.race([promise, late]);
  clearTimeout(timer);
  return settled;
}

async function outcome(file: VolumeFileType, options: ReadVolumeOptions, tally: Tally): Promise<string[]> {
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  try {
    const { volume, entries } = await file.read(options);
    count("volume");
    const unlike = entries.filter(
      ({ dims, frames, spacing }) => !areLengths([...dims, frames]) || !areSizes(spacing),
    );
    return [
      ...(await wrongIn(volume)),
      ...unlike.map((entry) => `the entry ${JSON.stringify(entry)} is none`),
    ];
  } catch (error) {
    if (options.signal?.aborted && error === options.signal.reason) return [];
    count(error instanceof VoxelVolumeError ? error.code : "foreign");
    return wrongInError(error);
  }
}

function wrongInError(error: unknown): string[] {
  if (!(error instanceof VoxelVolumeError))
    return [`a foreign error: ${(error as Error)?.stack ?? String(error)}`];
  const { code, message } = error;
  return [
    ...(CODES.includes(code) ? [] : [`the code ${code} of an error`]),
    ...(/^[^\p{Cc}\p{Bidi_C}]{1,300}$/u.test(message) && message.length <= 300
      ? []
      : [`the message ${JSON.stringify(message)}`]),
    ...(/undefined|\[object|NaN bytes/.test(message) ? [`nonsense in the message ${message}`] : []),
  ];
}

async function wrongIn(volume: Volume): Promise<string[]> {
  const { dims, dtype, spacing, affine, levels, slope, intercept, displayRange, frames, frame } = volume;
  const wrong: string[] = [];
  const check = (isRight: boolean, what: string) => {
    if (!isRight) wrong.push(what);
  };
  check(dims.length === 3 && areLengths(dims), `dims ${dims}`);
  check(dtype in DTYPES, `dtype ${dtype}`);
  check(areSizes(spacing), `spacing ${spacing}`);
  check(affine.length === 16 && affine.every(Number.isFinite), `affine ${affine}`);
  check(
    Number.isFinite(slope) && slope !== 0 && Number.isFinite(intercept),
    `slope ${slope}, intercept ${intercept}`,
  );
  check(
    !displayRange || (displayRange.every(Number.isFinite) && displayRange[0] < displayRange[1]),
    `range ${displayRange}`,
  );
  check(
    areLengths([frames]) && Number.isInteger(frame) && frame >= 0 && frame < frames,
    `frame ${frame} of ${frames}`,
  );
  check(levels.length > 0 && String(levels[0].dims) === String(dims), `levels ${JSON.stringify(levels)}`);
  if (wrong.length > 0) return wrong;
  const whole = await volume.read(0, wholeBox(dims));
  const size = DTYPES[dtype];
  check(
    whole.length === size * dims[0] * dims[1] * dims[2],
    `${whole.length} bytes for ${dims.join(" x ")} ${dtype}`,
  );
  // The last voxel, alone and in its slice.
  const end = dims;
  for (const start of [[0, 0, dims[2] - 1], dims.map((n) => n - 1)] as unknown as Vec3[]) {
    const box: Box = { start, end };
    const bytes = await volume.read(0, box);
    check(bytes.length === size * boxVoxels(box), `${bytes.length} bytes for ${start} to ${end} of ${dtype}`);
    check(Buffer.compare(bytes, whole.subarray(-bytes.length)) === 0, `other bytes for ${start} to ${end}`);
  }
  return wrong;
}

const areLengths = (lengths: readonly number[]) => lengths.every((n) => Number.isInteger(n) && n > 0);
const areSizes = (spacing: Vec3) =>
  spacing.length === 3 && spacing.every((mm) => Number.isFinite(mm) && mm > 0);
