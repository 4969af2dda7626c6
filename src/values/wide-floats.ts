/** Scalars of 8 bytes in 4, and how it is done for floats; wide-integers.ts does it for integers. */

import type { Volume } from "../volume.ts";
import type { Codes } from "./codes.ts";
import { MAX_F32 } from "./raw-values.ts";

/** What is left of them without `offset`, in units of `unit`. */
export interface Narrowed {
  readonly kind: Codes["kind"];
  readonly offset: number;
  readonly unit: number;
  /** Codes of the scalars from `first` to `end` (exclusive). */
  codes(first: number, end: number): Uint8Array;
  /** Of integers that such codes cannot tell apart: the distinct ones in order, and ranks among them as 16-bit codes. */
  listed?(
    falling: boolean,
  ): { readonly scalars: Float64Array; codes(first: number, end: number): Uint8Array } | undefined;
}

export function viewOf({ data }: Volume): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

export function narrowedFloats(volume: Volume): Narrowed {
  const { slope, intercept, littleEndian } = volume;
  const view = viewOf(volume);
  const isPresent = (scalar: number) => Math.abs(scalar * slope + intercept) <= MAX_F32;
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < view.byteLength; at += 8) {
    const scalar = view.getFloat64(at, littleEndian);
    if (!isPresent(scalar)) continue;
    if (scalar < least) least = scalar;
    if (scalar > most) most = scalar;
  }
  const offset = least <= most ? least : 0;
  // A power of 2, to lose nothing; halves, for the range may exceed the largest number.
  const halfRange = most / 2 - least / 2;
  const unit = halfRange > 0 ? 2 ** Math.floor(Math.log2(halfRange)) : 1;
  const codes = (first: number, end: number) => {
    const rest = new Float32Array(end - first);
    for (let i = first; i < end; i++) {
      const scalar = view.getFloat64(8 * i, littleEndian);
      rest[i - first] = isPresent(scalar) ? scalar / unit - offset / unit : Number.NaN;
    }
    return new Uint8Array(rest.buffer);
  };
  return { kind: "float", offset, unit, codes };
}
