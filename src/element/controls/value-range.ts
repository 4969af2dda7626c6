/** The range of a volume's raw values, found in steps that leave the page responsive. */

import { rangeOf, sliceOf } from "../../values/raw-values.ts";
import type { ScalarImage } from "../../volume.ts";

/** Milliseconds of work between two pauses. */
const WORK_MS = 8;

/** Lowest and highest value; undefined where all are missing. Rejects with the signal's reason. */
export async function valueRange(
  volume: ScalarImage,
  signal: AbortSignal,
): Promise<[number, number] | undefined> {
  let [low, high] = [Infinity, -Infinity];
  let began = performance.now();
  for (let z = 0; z < volume.dims[2]; z++) {
    const range = rangeOf(sliceOf(volume, 2, z).values);
    if (range) [low, high] = [Math.min(low, range[0]), Math.max(high, range[1])];
    if (performance.now() - began < WORK_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    began = performance.now();
  }
  return low <= high ? [low, high] : undefined;
}
