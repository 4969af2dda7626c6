/** Converts 64-bit integers to fewer bits. */

import type { Volume } from "../volume.ts";
import { eachSlab } from "./slabs.ts";
import { type ListedIntegers, type Narrowed, viewOf } from "./wide-floats.ts";

/** Number of distinct integers that 16-bit codes can represent. */
const MOST_RANKS = 65536;

/** High and low halves of integers, the high ones in unsigned order. BigInt would be slow. */
interface Halves {
  readonly count: number;
  high(i: number): number;
  low(i: number): number;
}

/** Uses 32-bit codes if the range allows, else floats. */
export async function narrowedIntegers(volume: Volume, signed: boolean): Promise<Narrowed> {
  const { littleEndian } = volume;
  const [highAt, lowAt] = littleEndian ? [4, 0] : [0, 4];
  const flip = signed ? 0x80000000 : 0;
  const halves = (scalars: Uint8Array): Halves => {
    const view = viewOf(scalars);
    return {
      count: scalars.length / 8,
      high: (i) => (view.getUint32(8 * i + highAt, littleEndian) ^ flip) >>> 0,
      low: (i) => view.getUint32(8 * i + lowAt, littleEndian),
    };
  };
  let [leastHigh, leastLow, mostHigh, mostLow] = [Infinity, Infinity, -1, -1];
  await eachSlab(volume, (bytes) => {
    const { count, high, low } = halves(bytes);
    for (let i = 0; i < count; i++) {
      const [h, l] = [high(i), low(i)];
      if (h < leastHigh || (h === leastHigh && l < leastLow)) [leastHigh, leastLow] = [h, l];
      if (h > mostHigh || (h === mostHigh && l > mostLow)) [mostHigh, mostLow] = [h, l];
    }
  });
  const rest = (h: number, l: number) => (h - leastHigh) * 2 ** 32 + (l - leastLow);
  const isNarrow = rest(mostHigh, mostLow) < 2 ** 32;
  const codes = (scalars: Uint8Array) => {
    const { count, high, low } = halves(scalars);
    const rests = isNarrow ? new Uint32Array(count) : new Float32Array(count);
    for (let i = 0; i < count; i++) rests[i] = rest(high(i), low(i));
    return new Uint8Array(rests.buffer);
  };
  const offset = (leastHigh - flip) * 2 ** 32 + leastLow;
  const listed = (falling: boolean) => rankedIntegers(volume, halves, flip, falling);
  return { kind: isNarrow ? "unsigned" : "float", offset, unit: 1, codes, ...(isNarrow ? {} : { listed }) };
}

/** Ranks of 64-bit integers; undefined if there are more than 16 bits can represent. */
async function rankedIntegers(
  volume: Volume,
  halves: (scalars: Uint8Array) => Halves,
  flip: number,
  falling: boolean,
): Promise<ListedIntegers | undefined> {
  const found = new Map<number, Map<number, number>>();
  const pairs: (readonly [high: number, low: number])[] = [];
  await eachSlab(volume, (bytes) => {
    const { count, high, low } = halves(bytes);
    let [lastHigh, lastLow] = [-1, -1];
    for (let i = 0; i < count && pairs.length <= MOST_RANKS; i++) {
      const [h, l] = [high(i), low(i)];
      if (h === lastHigh && l === lastLow) continue;
      [lastHigh, lastLow] = [h, l];
      const ranks = found.get(h) ?? new Map<number, number>();
      found.set(h, ranks);
      if (ranks.has(l)) continue;
      ranks.set(l, 0);
      pairs.push([h, l]);
    }
  });
  if (pairs.length > MOST_RANKS) return undefined;
  pairs.sort(([a, b], [c, d]) => a - c || b - d);
  if (falling) pairs.reverse();
  for (const [rank, [h, l]] of pairs.entries()) found.get(h)?.set(l, rank);
  const codes = (scalars: Uint8Array) => {
    const { count, high, low } = halves(scalars);
    const ranks = new Uint16Array(count);
    for (let i = 0; i < count; i++) ranks[i] = found.get(high(i))?.get(low(i)) ?? 0;
    return new Uint8Array(ranks.buffer);
  };
  return { scalars: Float64Array.from(pairs, ([h, l]) => (h - flip) * 2 ** 32 + l), codes };
}
