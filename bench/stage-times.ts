/** Times of the pipeline's stages and of the passes of frames. */

import type { Renderer } from "../src/engine/renderer.ts";
import type { DrawnSettings } from "../src/options/settings.ts";
import type { Volume } from "../src/volume.ts";
import { median } from "./numbers.ts";
import type { FramesOutcome } from "./result.ts";

/**
 * Milliseconds per stage for devices without timestamps. Runs start at successive stages; the difference between two
 * such runs is the time of the first stage. Stages that share a key of the pipeline count as one. `whole` is the time
 * of all stages.
 */
export async function stageWallTimes(
  renderer: Renderer,
  volume: Volume,
  whole: number,
  settings: DrawnSettings,
): Promise<Record<string, number>> {
  const { transform, resolution, crop } = settings;
  const [[low, high], y, z] = crop;
  // The same values under a different key: see stage-keys.ts.
  const from: [string, DrawnSettings][] = [
    ["transform", { ...settings, transform: transform && { ...transform, ...{ again: true } } }],
    ["resize", { ...settings, antialias: settings.antialias ? settings.antialias : (0 as never) }],
    ["tables", { ...settings, crop: [[low + Number.EPSILON, high], y, z] }],
  ].filter(
    ([name]) => (name !== "transform" || transform) && (name !== "resize" || resolution !== "native"),
  ) as [string, DrawnSettings][];
  const walls: [string, number][] = [["measure", whole]];
  for (const [name, again] of from) {
    const started = performance.now();
    await renderer.update(volume, again);
    walls.push([name, performance.now() - started]);
    await renderer.update(volume, settings);
  }
  return Object.fromEntries(walls.map(([name, ms], i) => [name, Math.max(0, ms - (walls[i + 1]?.[1] ?? 0))]));
}

/** Medians over frames of the GPU time of each pass, and of all passes together. */
export function gpuTimes(frames: { label: string; ms: number }[][]): Pick<FramesOutcome, "gpuMs" | "passes"> {
  const total = (passes: { ms: number }[]) => passes.reduce((sum, { ms }) => sum + ms, 0);
  const labels = [...new Set(frames.flat().map(({ label }) => label))];
  const passes = labels.map((label) => [
    label,
    median(frames.map((passes) => total(passes.filter((pass) => pass.label === label)))),
  ]);
  return { gpuMs: median(frames.map(total)), passes: Object.fromEntries(passes) };
}
