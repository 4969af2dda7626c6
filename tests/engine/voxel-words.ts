/** Compares voxel words (colour index and alpha) with expected values. */

import { colorEntry } from "../../src/options/value-scale.ts";
import { valuesIn } from "../../src/values/raw-values.ts";
import "../support/all-colormaps.ts";
import { expect } from "../support/gpu.ts";
import { size, worst } from "../support/oracle.ts";
import type { VolumeWithData } from "../support/volume-data.ts";
import { alphas, colors } from "./support.ts";

/** The values of all voxels, in data units. */
export function valuesOf(volume: VolumeWithData): Float64Array {
  const read = valuesIn(volume, volume.data);
  return Float64Array.from({ length: size(volume.dims) }, (_, i) => read(i));
}

/** Alpha as stored in a voxel word: in 65,535 steps, and filled if it is above 0. */
export const stepped = (alpha: number) => (alpha > 0 ? Math.max(1, Math.round(0xffff * alpha)) / 0xffff : 0);

/** Expects these words to match `expected`, except for colours at the edge of an index. */
export function expectWords(
  words: Uint32Array,
  expected: readonly { color: number; alpha: number }[],
  name: string,
): void {
  const alpha = expected.map((one) => (Number.isNaN(one.alpha) ? 0 : stepped(one.alpha)));
  expect(worst(alphas(words), alpha), `${name}: alpha`).toBeLessThan(3e-5);
  const entries = colors(words);
  const wrong = expected.filter(({ color }, i) => {
    const isOnEdge = Math.abs(color * 256 - Math.round(color * 256)) < 1e-2;
    return alpha[i] > 0 && entries[i] > 0 && Math.abs(entries[i] - colorEntry(color)) > Number(isOnEdge);
  });
  expect(wrong, `${name}: colours`).toEqual([]);
}
