/** 64-bit integers in fewer bits. */

import type { Volume } from "../volume.ts";
import { type Narrowed, viewOf } from "./wide-floats.ts";

/** Distinct integers that codes of 16 bits can number. */
const MOST_RANKS = 65536;

/** 32-bit codes where the range allows, else floats. High and low halves apart: BigInt is slow. */
export function narrowedIntegers(volume: Volume, signed: boolean): Narrowed {
  const { littleEndian } = volume;
  const view = viewOf(volume);
  const [highAt, lowAt] = littleEndian ? [4, 0] : [0, 4];
  // Signed numbers in the order of unsigned ones.
  const flip = signed ? 0x80000000 : 0;
  const high = (i: number) => (view.getUint32(8 * i + highAt, littleEndian) ^ flip) >>> 0;
  const low = (i: number) => view.getUint32(8 * i + lowAt, littleEndian);
  const count = view.byteLength / 8;
  let [least, most] = [0, 0];
  for (let i = 1; i < count; i++) {
    const h = high(i);
    if (h < high(least) || (h === high(least) && low(i) < low(least))) least = i;
    if (h > high(most) || (h === high(most) && low(i) > low(most))) most = i;
  }
  const [leastHigh, leastLow] = [high(least), low(least)];
  const rest = (i: number) => (high(i) - leastHigh) * 2 ** 32 + (low(i) - leastLow);
  const isNarrow = rest(most) < 2 ** 32;
  const codes = (first: number, end: number) => {
    const rests = isNarrow ? new Uint32Array(end - first) : new Float32Array(end - first);
    for (let i = first; i < end; i++) rests[i - first] = rest(i);
    return new Uint8Array(rests.buffer);
  };
  const offset = (leastHigh - flip) * 2 ** 32 + leastLow;
  const listed = (falling: boolean) => rankedIntegers(count, high, low, flip, falling);
  return { kind: isNarrow ? "unsigned" : "float", offset, unit: 1, codes, ...(isNarrow ? {} : { listed }) };
}

/** Ranks of 64-bit integers, given by their halves; undefined where there are more than 16 bits can number. */
function rankedIntegers(
  count: number,
  high: (i: number) => number,
  low: (i: number) => number,
  flip: number,
  falling: boolean,
): ReturnType<NonNullable<Narrowed["listed"]>> {
  const found = new Map<number, Map<number, number>>();
  const pairs: (readonly [high: number, low: number])[] = [];
  let [lastHigh, lastLow] = [-1, -1];
  for (let i = 0; i < count; i++) {
    const [h, l] = [high(i), low(i)];
    if (h === lastHigh && l === lastLow) continue;
    [lastHigh, lastLow] = [h, l];
    const ranks = found.get(h) ?? new Map<number, number>();
    found.set(h, ranks);
    if (ranks.has(l)) continue;
    if (pairs.length === MOST_RANKS) return undefined;
    ranks.set(l, 0);
    pairs.push([h, l]);
  }
  pairs.sort(([a, b], [c, d]) => a - c || b - d);
  if (falling) pairs.reverse();
  for (const [rank, [h, l]] of pairs.entries()) found.get(h)?.set(l, rank);
  const codes = (first: number, end: number) => {
    const ranks = new Uint16Array(end - first);
    for (let i = first; i < end; i++) ranks[i - first] = found.get(high(i))?.get(low(i)) ?? 0;
    return new Uint8Array(ranks.buffer);
  };
  return { scalars: Float64Array.from(pairs, ([h, l]) => (h - flip) * 2 ** 32 + l), codes };
}
