/** The pipeline's stages in the benchmark: which passes belong to each, and how many bytes it has to move. */

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

/** Milliseconds of each stage that ran (see STAGES), summed over its passes. */
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
 * Bytes that each stage reads and writes. Every value is counted once per pass, however often it is read. Reads served
 * by caches are not counted, so the share of the copy bandwidth is a lower bound. `source` is the shape of the stored
 * values on the GPU, `grid` that of the grid.
 */
export function stageBytes(volume: Volume, source: Vec3, grid: Vec3): Record<StageName, number> {
  const [n, resized] = [source, grid].map(count);
  const stored = Math.min(4, DTYPES[volume.dtype]);
  const isResized = n !== resized;
  const bricks = resized / BRICK_VOXELS;
  // A range has two words if values have four bytes, as in a resized grid.
  const [sourceWords, words] = [stored === 4, stored === 4 || isResized].map((wide) => (wide ? 2 : 1));
  return {
    // Each value once, and one range per brick. A resized grid is measured, too.
    measure:
      n * stored +
      (n / BRICK_VOXELS) * F32 * sourceWords +
      (isResized ? resized * F32 + bricks * F32 * 2 : 0),
    // Uses the histogram, except for values of four bytes.
    transform: stored === 4 ? n * stored : 0,
    // Eight neighbours per voxel of the result, or the whole field.
    resize: isResized ? Math.min(n, 8 * resized) * stored + resized * F32 : 0,
    // Reads ranges, writes words, and makes three passes for distances.
    tables: bricks * F32 * (words + 1 + 6),
  };
}
