/** The stages of the pipeline as the benchmark counts them: which passes belong to each, and the bytes it has to move. */

import { DTYPES, type Vec3, type Volume } from "../src/volume.ts";

export const STAGES = ["decode", "normalize", "transform", "resize", "cut", "colour", "distance"] as const;
export type StageName = (typeof STAGES)[number];

/** The stage of a pass, by its label; a pass without an entry belongs to the stage of the next one. */
const STAGE_OF: Record<string, StageName> = {
  decode: "decode",
  normalize: "normalize",
  transform: "transform",
  blur: "resize",
  resize: "resize",
  cut: "cut",
  color: "colour",
  distance: "distance",
};

/** Milliseconds of each stage that ran (see STAGES), from its passes in their order. */
export function stageTimes(passes: readonly { label: string; ms: number }[]): Record<string, number> {
  const times: Record<string, number> = {};
  let waiting = 0;
  for (const { label, ms } of passes) {
    const stage = STAGE_OF[label];
    waiting += ms;
    if (!stage) continue;
    times[stage] = (times[stage] ?? 0) + waiting;
    waiting = 0;
  }
  return times;
}

const count = (dims: Vec3) => dims[0] * dims[1] * dims[2];
const F32 = 4;

/**
 * Bytes that each stage reads and writes, every value counted once a pass however often it is asked for: what caches
 * spare is not counted, so the share of the copy bandwidth is a lower bound. `source` is the field's shape before the
 * resize, `grid` after it, `kept` what the crop leaves.
 */
export function stageBytes(volume: Volume, source: Vec3, grid: Vec3, kept: Vec3): Record<StageName, number> {
  const [stored, n, resized, m] = [volume.dims, source, grid, kept].map(count);
  const fits = stored === n;
  return {
    // A volume that does not fit is decoded in slabs, each resized at once.
    decode: stored * (DTYPES[volume.dtype] + F32) + (fits ? 0 : (Math.min(stored, 8 * n) + n) * F32),
    // The statistics read the field; the pass reads and writes it.
    normalize: 3 * n * F32,
    transform: 3 * n * F32,
    // Eight neighbours a voxel of the result, or the whole field.
    resize: n === resized ? 0 : (Math.min(n, 8 * resized) + resized) * F32,
    cut: 2 * m * F32,
    colour: 3 * m * F32,
    // A pass an axis.
    distance: 6 * m * F32,
  };
}
