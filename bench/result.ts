/** The result file: its fields, version and validation. */

import type { Vec3 } from "../src/volume.ts";
import { median, spread } from "./numbers.ts";
import type { Scenario } from "./scenarios.ts";

/** Version of the result file, increased whenever the meaning of a field changes. */
export const SCHEMA = "voxel-volume-bench/1";

/** One stage of the pipeline; all times are in milliseconds. */
export interface Stage {
  /** Name as in stages.ts; joined by " + " if several stages were timed together. */
  readonly name: string;
  readonly ms: number;
  /** Bytes read and written. Each value is counted once per pass. */
  readonly bytes: number;
}

export interface GridOutcome {
  readonly dims: Vec3;
  readonly gridDims: Vec3;
  /** Reduced grids are smaller than requested, to fit the GPU. */
  readonly reduced: boolean;
  readonly filledVoxels: number;
  /**
   * Time from the file's bytes in memory until the GPU has finished the first picture, with shaders already compiled.
   */
  readonly firstPictureMs: number;
  /** Time of all stages from submission until the GPU has finished: the medians of the two halves of the runs. */
  readonly pipelineMs: readonly [number, number];
  readonly runs: number;
  readonly stages: readonly Stage[];
  /** GPU memory held once the picture is drawn. */
  readonly heldBytes: number;
  /** Peak of GPU memory until then. */
  readonly peakBytes: number;
}

export interface FramesOutcome {
  /** Number of frames in an orbit and number of orbits: 2, or 1 if a single frame exceeded the scenario's time. */
  readonly frames: number;
  readonly orbits: number;
  /** Median of each orbit, from submission until the GPU has finished. */
  readonly medians: readonly number[];
  readonly p95: number;
  /** Median of the GPU time of all passes, if the device has timestamps. */
  readonly gpuMs?: number;
  /** Median GPU time of each pass. */
  readonly passes?: Readonly<Record<string, number>>;
  readonly visibleFaces?: number;
  readonly visibleVoxels?: number;
}

export interface FidelityOutcome {
  /** Decibels against the exact picture; null for equal pictures. */
  readonly dB: number | null;
  /** PNG, as a data: URL. */
  readonly picture?: string;
}

export interface TurningOutcome {
  readonly framesPerSecond: number;
  /** Pixels per side that the element draws while it rotates. */
  readonly movingSize: number;
}

interface Outcomes {
  grid: GridOutcome;
  frames: FramesOutcome;
  fidelity: FidelityOutcome;
  turning: TurningOutcome;
}

/** A scenario with its `outcome`, or with the reason in `failed`; and the time it took, in `seconds`. */
export type RowOf<K extends keyof Outcomes> = Extract<Scenario, { measure: K }> & {
  readonly seconds: number;
  readonly outcome?: Outcomes[K];
  readonly failed?: string;
};
export type Row = { [K in keyof Outcomes]: RowOf<K> }[keyof Outcomes];
export type Outcome = Outcomes[keyof Outcomes];

/** The command line and matplotlib, both timed from the start of the process to the finished picture. */
export interface Article {
  /** Size of the canvas, in pixels per side. */
  readonly canvas: number;
  readonly commandLine: readonly {
    readonly resolution: string;
    readonly blend: string;
    readonly ms: number;
  }[];
  readonly matplotlib: readonly MatplotlibTime[];
  /** matplotlib's version, or why it was not measured. */
  readonly version?: string;
  readonly missing?: string;
}

export interface MatplotlibTime {
  readonly side: number;
  readonly ms: number;
  /** Set if `ms` was extrapolated linearly in voxels from the two largest measured sides. */
  readonly extrapolated?: true;
}

export interface Result {
  readonly schema: typeof SCHEMA;
  readonly version: string;
  readonly commit: string;
  readonly date: string;
  readonly machine: { readonly os: string; readonly cpu: string; readonly cores: number };
  readonly backend: {
    readonly name: string;
    /** Version of the browser, or of the package webgpu. */
    readonly version: string;
    readonly adapter: string;
    readonly driver?: string;
    readonly software: boolean;
    readonly timestamps: boolean;
  };
  readonly input: {
    readonly name: string;
    readonly sha256: string;
    readonly dims: Vec3;
    readonly dtype: string;
  };
  /** Bandwidth of a copy between buffers, in bytes per second, read and written. */
  readonly copyBandwidth: number;
  /** Time from a new device to the first picture of a few voxels, mostly for compiling. */
  readonly compileMs: number;
  readonly rows: readonly Row[];
  readonly article?: Article;
  /** Duration of the whole run. */
  readonly seconds: number;
}

/** Rows of the measured file, without those of synthetic volumes. */
export const ofInput = <T extends { volume: string }>(rows: readonly T[]) =>
  rows.filter(({ volume }) => volume === "input");

/** The rows of one kind that have an outcome. */
export function measured<K extends keyof Outcomes>(
  { rows }: Pick<Result, "rows">,
  measure: K,
): (RowOf<K> & { outcome: Outcomes[K] })[] {
  return rows.filter((row) => row.measure === measure && row.outcome) as never;
}

/** Median time of a frame, over both orbits or the only one. */
export const frameMs = ({ medians }: FramesOutcome) => median(medians);
/** Mean of the two medians of the pipeline's time. */
export const pipelineMs = ({ pipelineMs: [a, b] }: GridOutcome) => (a + b) / 2;

/** Two passes of one run with a spread up to this count as equal: 10 %. */
export const AGREEMENT = 0.1;

/** The spread between the two passes of each row that has two, widest first. */
export function spreads(result: Pick<Result, "rows">): { scenario: Scenario; spread: number }[] {
  const grids = measured(result, "grid")
    .filter(({ outcome }) => outcome.runs > 1)
    .map((row) => ({ scenario: row, spread: spread(row.outcome.pipelineMs) }));
  const frames = measured(result, "frames")
    .filter(({ outcome }) => outcome.orbits > 1)
    .map((row) => ({ scenario: row, spread: spread(row.outcome.medians as [number, number]) }));
  return [...grids, ...frames].sort((a, b) => b.spread - a.spread);
}

const FIELDS: Record<string, string> = {
  ...{ version: "string", commit: "string", date: "string", seconds: "number" },
  ...{ "machine.os": "string", "machine.cpu": "string", "machine.cores": "number" },
  ...{ "backend.name": "string", "backend.version": "string", "backend.adapter": "string" },
  ...{ "backend.software": "boolean", "backend.timestamps": "boolean" },
  ...{ "input.name": "string", "input.sha256": "string", "input.dims": "object", "input.dtype": "string" },
  ...{ copyBandwidth: "number", compileMs: "number" },
};

const OUTCOMES: Record<string, Record<string, string>> = {
  grid: { gridDims: "object", filledVoxels: "number", firstPictureMs: "number", stages: "object" },
  frames: { frames: "number", medians: "object", p95: "number" },
  fidelity: { dB: "number or null" },
  turning: { framesPerSecond: "number" },
};

/**
 * Parses and validates a result file.
 * @throws Error that names the invalid field.
 */
export function parseResult(json: unknown): Result {
  const schema = at(json, "schema");
  if (schema !== SCHEMA) throw new Error(`schema: expected "${SCHEMA}", found ${JSON.stringify(schema)}`);
  check(json, FIELDS, "");
  const rows = at(json, "rows");
  if (!Array.isArray(rows)) throw new Error("rows: expected an array");
  rows.forEach((row, i) => {
    const measure = at(row, "measure");
    const fields = typeof measure === "string" ? OUTCOMES[measure] : undefined;
    if (!fields) throw new Error(`rows[${i}]: its measure is unknown`);
    if (at(row, "outcome") !== undefined) check(at(row, "outcome"), fields, `rows[${i}].outcome.`);
    else if (typeof at(row, "failed") !== "string")
      throw new Error(`rows[${i}]: neither an outcome nor why it failed`);
  });
  return json as Result;
}

function check(value: unknown, fields: Record<string, string>, path: string): void {
  for (const [name, types] of Object.entries(fields)) {
    const found = at(value, name);
    const type = found === null ? "null" : typeof found;
    if (!types.split(" or ").includes(type))
      throw new Error(`${path}${name}: expected ${types}, found ${type}`);
  }
}

function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined | null)?.[name], value);
}
