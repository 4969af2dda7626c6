/** The stages of the pipeline as the benchmark counts them: which passes belong to each, and the bytes it has to move. */

import { DTYPES, type Vec3, type Volume } from "../src/volume.ts";

export const STAGES = ["measure", "transform", "resize", "tables"] as const;
export type StageName = (typeof STAGES)[number];

/** The stage of a pass, by its label. */
const STAGE_OF: Record<string, StageName> = {
  measure: "measure",
  mean: "transform",
  blur: "resize",
  resize: "resize",
  "cut-range": "tables",
  "transfer-table": "tables",
  "filled-keys": "tables",
  "brick-table": "tables",
  "brick-distance": "tables",
};

/** Milliseconds of each stage that ran (see STAGES), from its passes. */
export function stageTimes(passes: readonly { label: string; ms: number }[]): Record<string, number> {
  const times: Record<string, number> = {};
  for (const { label, ms } of passes) {
    const stage = STAGE_OF[label];
    if (stage) times[stage] = (times[stage] ?? 0) + ms;
  }
  return times;
}

const count = (dims: Vec3) => dims[0] * dims[1] * dims[2];
const F32 = 4;
const BRICK_VOXELS = 64;

/**
 * Bytes that each stage reads and writes, every value counted once a pass however often it is asked for: what caches
 * spare is not counted, so the share of the copy bandwidth is a lower bound. `source` is the shape of the stored values on
 * the GPU, `grid` that of the grid.
 */
export function stageBytes(volume: Volume, source: Vec3, grid: Vec3): Record<StageName, number> {
  const [n, resized] = [source, grid].map(count);
  const stored = Math.min(4, DTYPES[volume.dtype]);
  const isResized = n !== resized;
  const bricks = resized / BRICK_VOXELS;
  // A range takes two words where values have four bytes, as those of a resized grid have.
  const [sourceWords, words] = [stored === 4, stored === 4 || isResized].map((wide) => (wide ? 2 : 1));
  return {
    // The values once, a range a brick; a resized grid is measured, too.
    measure:
      n * stored +
      (n / BRICK_VOXELS) * F32 * sourceWords +
      (isResized ? resized * F32 + bricks * F32 * 2 : 0),
    // From the histogram, but for values of four bytes.
    transform: stored === 4 ? n * stored : 0,
    // Eight neighbours a voxel of the result, or the whole field.
    resize: isResized ? Math.min(n, 8 * resized) * stored + resized * F32 : 0,
    // Ranges in, words out, and three passes for distances.
    tables: bricks * F32 * (words + 1 + 6),
  };
}
